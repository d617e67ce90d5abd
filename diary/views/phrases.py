"""What a phone says by itself: the words and sentences, in the reader's language, that static/js/said.js fills in."""

from typing import Any

from flask_babel import gettext

from diary.domain.check_in import READINGS
from diary.domain.sign import SIGNS
from diary.rules.explain import phrases
from diary.views import words
from diary.views.advice import PageReader


def said_by_a_phone(reader: PageReader) -> dict[str, Any]:
    """The reasons of a card, and the facts to say on the telephone. What is to be filled in stands as ``%(name)s``."""
    return {
        **phrases(reader),
        "kinds": {kind: str(words.KINDS[kind]) for kind in READINGS},
        "signs": {sign.id: gettext(sign.words) for sign in SIGNS.values()},
        "medicines": {kind: str(name) for kind, name in words.MEDICINES.items()},
        "statuses": {status: str(name) for status, name in words.STATUSES.items()},
        "sites": {site: str(name) for site, name in words.SITES.items()},
        "not_given": gettext("not given"),
        "a_minute": gettext("%(number)s a minute", number="%(number)s"),
        "not_at_rest": gettext("%(beats)s, not at rest", beats="%(beats)s"),
        "no_number": gettext("no number shown"),
        "not_done": gettext("not done, too sleepy or confused"),
        "no_score": gettext("no score"),
        "out_of_10": gettext("%(number)s out of 10", number="%(number)s"),
        "infusion": gettext("Infusion"),
        "day": gettext("%(on)s, today is day %(day)s", on="%(on)s", day="%(day)s"),
        "signs_lately": gettext("Signs in the last 24 hours"),
        "doses_lately": gettext("Medicines in the last 3 days"),
        "none_logged": gettext("none logged"),
    }
