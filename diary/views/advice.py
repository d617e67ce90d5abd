"""Advice cards: what to do, in the order of urgency, with the numbers to call and the reasons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from flask_babel import gettext

from diary.domain.contact import Contact, tel
from diary.domain.diary import Diary
from diary.domain.flag import Flag, OwnNumbers, Raised
from diary.domain.urgency import Urgency
from diary.rules import Finding, Reason, load_table
from diary.rules.explain import Reader, reason_words
from diary.rules.table import Level
from diary.views import words


class PageReader(Reader):
    """Words for a page: the reader's language and numbers, and the patient's own clock."""

    def __init__(self, diary: Diary | None, at: datetime) -> None:
        super().__init__(diary.patient.time_zone if diary else "UTC", at)

    def translate(self, sentence: str) -> str:
        return gettext(sentence)

    def number(self, decimal: str, unit: str) -> str:
        return super().number(words.number(Decimal(decimal)), unit)

    def time(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return words.local_clock(local) if local.date() == self.today else words.local_moment(local)


class Answer(NamedTuple):
    """One rule's answer at one moment, on its way to a card."""

    rule: str
    urgency: Urgency
    at: datetime
    reasons: Sequence[Reason]
    version: str
    own_numbers: OwnNumbers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One rule's answer as a reader sees it: its sentence, what was logged, and where the rule comes from."""

    rule: str
    says: str
    source: str
    version: str
    own_numbers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything of one urgency: what to do comes once, however many rules say so."""

    urgency: str
    points: tuple[Point, ...]
    do: tuple[str, ...]
    rechecks: tuple[str, ...]
    because: tuple[str, ...]
    numbers: tuple[tuple[str, str, str], ...]


def cards_of_findings(findings: Iterable[Finding], contact: Contact | None, diary: Diary | None = None) -> list[Card]:
    """Cards for findings that were made just now. Without a diary, times are said in UTC and nothing is known."""
    version = load_table().version
    return _cards([Answer(f.rule, f.urgency, f.at, f.reasons, version) for f in findings], contact, diary)


def cards_of_raised(raised: Iterable[Raised], diary: Diary) -> list[Card]:
    """Cards for findings that were kept with their reasons and their version of the table."""
    kept = [
        Answer(
            each.rule,
            each.urgency,
            each.at,
            tuple(map(Reason.from_json, each.reasons)),
            each.table_version,
            each.own_numbers,
        )
        for each in raised
    ]
    return _cards(kept, diary.contact, diary)


def cards_of_flags(flags: Iterable[Flag], diary: Diary) -> list[Card]:
    """Cards for open flags: each with its most urgent finding."""
    worst = (max(flag.findings, key=lambda finding: (finding.urgency, finding.at)) for flag in flags)
    return cards_of_raised(worst, diary)


def title(flag: Flag, diary: Diary) -> str:
    """A flag in one line."""
    return says(flag.rule, flag.urgency, diary)


def says(rule: str, urgency: Urgency, diary: Diary) -> str:
    """A rule's sentence at one urgency."""
    return fill(_level(rule, urgency).says, diary.contact, diary)


def odd_words() -> str:
    """What to say of a number that was refused although it would be urgent if it were true (rule C8)."""
    return gettext(_level("C8", Urgency.WATCH).says)


def _cards(answers: Sequence[Answer], contact: Contact | None, diary: Diary | None) -> list[Card]:
    """One card for each urgency, the most urgent first; only the first has the buttons."""
    cards: list[Card] = []
    for urgency in sorted({answer.urgency for answer in answers}, reverse=True):
        points = [answer for answer in answers if answer.urgency is urgency]
        do = (sentence for answer in points for sentence in _level(answer.rule, urgency).do)
        cards.append(
            Card(
                urgency=urgency.word,
                points=tuple(_point(answer, contact, diary) for answer in points),
                do=tuple(dict.fromkeys(fill(sentence, contact, diary) for sentence in do)),
                rechecks=tuple(dict.fromkeys(_rechecks(points, diary))),
                because=tuple(_because(points, diary)),
                numbers=numbers_to_call(urgency, contact) if contact and not cards and urgency > Urgency.WATCH else (),
            )
        )
    return cards


def _point(answer: Answer, contact: Contact | None, diary: Diary | None) -> Point:
    return Point(
        rule=answer.rule,
        says=fill(_level(answer.rule, answer.urgency).says, contact, diary),
        source=load_table().rule(answer.rule).source,
        version=answer.version,
        own_numbers=_own_numbers_words(answer.own_numbers, diary) if answer.own_numbers and diary else "",
    )


def _own_numbers_words(own: OwnNumbers, diary: Diary) -> str:
    return gettext(
        "This uses numbers that your care team gave, written down by %(name)s on %(when)s.",
        name=own.by,
        when=words.day(diary.patient.local(own.at).date()),
    )


def _because(answers: Sequence[Answer], diary: Diary | None) -> Iterator[str]:
    """What was logged: each fact once, however many rules read it."""
    seen = set()
    for answer in answers:
        for reason in answer.reasons:
            fact = (reason.fact, reason.kind, reason.at, reason.value)
            if fact not in seen:
                seen.add(fact)
                yield reason_words(reason, load_table(), PageReader(diary, answer.at))


def _rechecks(answers: Sequence[Answer], diary: Diary | None) -> Iterator[str]:
    """When to measure again, on the patient's clock."""
    for answer in sorted(answers, key=lambda answer: answer.at):
        seconds = _level(answer.rule, answer.urgency).recheck_seconds
        if seconds is not None:
            time = PageReader(diary, answer.at).time(answer.at + timedelta(seconds=seconds))
            yield gettext("Measure again at %(time)s.", time=time)


def _level(rule: str, urgency: Urgency) -> Level:
    return next(level for level in load_table().rule(rule).levels if level.urgency is urgency)


def fill(message: str, contact: Contact | None, diary: Diary | None) -> str:
    """A sentence of the table with the patient's name and the emergency number in it."""
    emergency = (contact and contact.emergency_number) or gettext("112, 911 or 999")
    name = words.isolated(diary.patient_name) if diary else gettext("The child")
    return gettext(message).replace("%(emergency_number)s", emergency).replace("%(name)s", name)


def numbers_to_call(urgency: Urgency, contact: Contact) -> tuple[tuple[str, str, str], ...]:
    """Whom to call, in the order in which to call."""
    team = (words.isolated(contact.team_name) or gettext("Your care team"), contact.team_number)
    night = (gettext("Care team at night"), contact.night_number)
    emergency = (gettext("Emergency"), contact.emergency_number)
    order = (emergency, team, night) if urgency is Urgency.EMERGENCY else (team, night, emergency)
    return tuple((label, number, tel(number)) for label, number in order if number)
