"""Without a connection: what a phone may keep, and how what waited on it comes in.

A phone keeps pages on which nobody has typed anything (see ``kept``), the rules with their sentences, and the *carry*:
as much of the record as the rules can see. ADR 7 says why.
"""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, current_app, json, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale, gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from diary.domain.access import Permission
from diary.domain.diary_file import dump
from diary.domain.reading import RANGES
from diary.domain.urgency import Urgency
from diary.domain.vocabulary import ITEM_POINTS
from diary.extensions import db
from diary.forms.check_in import CheckInForm
from diary.forms.fields import NONE_OF_THESE, TickField
from diary.forms.neuro_check import ChildCheckForm, NeuroCheckForm, check_form
from diary.rules import load_table
from diary.rules.table import Rule, RuleTable
from diary.services import flag, neuro_check, record
from diary.views import presenters, words
from diary.views.access import requires, this_diary
from diary.views.advice import PageReader, numbers_to_call, odd_words, title
from diary.views.phrases import said_by_a_phone

blueprint = Blueprint("offline", __name__)

KEPT_PAGES: Final = {
    "check_in.new": "kept.check_in",
    "log.quick": "kept.log",
    "neuro_check.new": "kept.neuro_check",
    "kept.phone": "kept.phone",
}
"""Each page that works without a connection, with the empty one that a phone keeps in its place."""

KEPT_FILES: Final = (
    "diary.css",
    "neuro-check.css",
    "vendor/nhsuk.css",
    "vendor/atkinson-hyperlegible-next.woff2",
    "vendor/nhsuk-icon-cross.svg",
    "favicon.svg",
)


def signed_out(**_: str) -> ResponseReturnValue:
    """Say so, to a script that has no page to show."""
    return jsonify(account=None), HTTPStatus.UNAUTHORIZED


def typed_at(now: datetime) -> datetime:
    """When the form in this request was filled in: now, unless it waited on a phone. Never later than now."""
    try:
        said = datetime.fromisoformat(request.headers.get("Typed-At", ""))
    except ValueError:
        return now
    return min(said, now) if said.tzinfo and said.year >= now.year - 1 else now


@blueprint.get("/worker.js")
@requires(Permission.SEE_PUBLIC_PAGE)
def worker() -> ResponseReturnValue:
    """The script that answers while there is no connection; it changes whenever a file that it keeps does."""
    folder = Path(current_app.static_folder or "")
    files, version = _kept_files(folder)
    addresses = [url_for("static", filename=name) for name in files]
    # A part of a script is asked for by its plain address.
    addresses += [address.split("?")[0] for address in addresses if ".js?" in address]
    script = (folder / "worker.js").read_text(encoding="utf-8")
    says = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(addresses)};\n"
    return Response(script.replace("// The server writes VERSION and FILES here.\n", says), mimetype="text/javascript")


@cache
def _kept_files(folder: Path) -> tuple[tuple[str, ...], str]:
    scripts = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.js"))
    files = (*KEPT_FILES, *(name for name in scripts if name != "worker.js"))
    return files, sha256(b"".join((folder / name).read_bytes() for name in files)).hexdigest()[:12]


def _version() -> str:
    """Whether a phone's scripts, rules and pages are of today: as soon as it changes, all of them are fetched again."""
    files = _kept_files(Path(current_app.static_folder or ""))[1]
    return f"{files}-{_rules_version(load_table(), str(get_locale()))}"


@blueprint.get("/manifest.webmanifest")
@requires(Permission.SEE_PUBLIC_PAGE)
def manifest() -> ResponseReturnValue:
    """What a phone needs to know to put the diary on its home screen."""
    icons = (("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("maskable-512", "512x512", "maskable"))
    said = {
        "id": url_for("home.first"),
        "name": gettext("Symptom diary"),
        "short_name": gettext("Diary"),
        "lang": str(get_locale()).replace("_", "-"),
        "start_url": url_for("log.first"),
        "scope": url_for("home.first"),
        "display": "standalone",
        "background_color": "#f2f4f3",
        "theme_color": "#0a4a50",
        "icons": [
            {
                "src": url_for("static", filename=f"icons/{name}.png"),
                "sizes": sizes,
                "type": "image/png",
                "purpose": purpose,
            }
            for name, sizes, purpose in icons
        ],
        "shortcuts": [
            {"name": gettext("Log one number"), "url": url_for("log.first")},
            {"name": gettext("Numbers to call"), "url": url_for("help_now.show")},
        ],
    }
    return Response(json.dumps(said), mimetype="application/manifest+json")


@blueprint.get("/rules.json")
@requires(Permission.SEE_PUBLIC_PAGE)
def rules() -> ResponseReturnValue:
    """The rule table for a phone."""
    return Response(json.dumps(rules_said()), mimetype="application/json")


def rules_said() -> dict[str, Any]:
    """The rule table with every sentence in the reader's language, and with what number is possible."""
    table = load_table()
    said: dict[str, Any] = {**table.data, "rules": [_said(rule) for rule in table.rules]}
    for facts in ("readings", "signs", "medicines"):
        said[facts] = {key: {**each, "words": gettext(each["words"])} for key, each in table.data[facts].items()}
    said["words"] = said_by_a_phone(PageReader(None, datetime.now(UTC)))
    said["missing"] = {key: gettext(words) for key, words in table.data["missing"].items()}
    said["possible"] = {kind: [float(bound) for bound in each.possible] for kind, each in RANGES.items()}
    said["odd"] = odd_words()
    return said


@cache
def _rules_version(table: RuleTable, language: str) -> str:
    """What stands for all that ``/rules.json`` says. Saying it takes too long to be done for every carry."""
    with force_locale(language):
        return sha256(json.dumps([table.version, rules_said()]).encode()).hexdigest()[:12]


def _said(rule: Rule) -> dict[str, Any]:
    levels = [
        {**level.data, "says": gettext(level.says), "do": [gettext(sentence) for sentence in level.do]}
        for level in rule.levels
    ]
    return {**rule.data, "levels": levels}


@blueprint.get("/diaries/<diary_id>/carry")
@requires(Permission.RECORD_CHECK_IN, signed_out=signed_out)
def carry(diary_id: str) -> ResponseReturnValue:
    """What a phone needs to judge a check-in by itself, and which pages to keep; with a token for what waits on it."""
    diary, now = this_diary(), datetime.now(UTC)
    window = record.load_window(db.session, diary, now - load_table().lookback, now)
    form = CheckInForm(diary=diary, now=now, formdata=None)
    return jsonify(
        diary=diary_id,
        account=current_user.id,
        token=generate_csrf(),
        version=_version(),
        name=words.isolated(diary.patient_name),
        emergency_number=diary.contact.emergency_number or gettext("112, 911 or 999"),
        numbers={urgency.word: numbers_to_call(urgency, diary.contact) for urgency in Urgency if urgency},
        asks=choices(form),
        neuro_check=neuro_asks(check_form(diary, neuro_check.load_plan(db.session, diary_id), now, formdata=None)),
        record=dump(window),
        call={"first": presenters.who_calls(diary), "last": presenters.always_so(diary)},
        open=[title(each, diary) for each in flag.open_flags(db.session, diary_id, now)],
        keep={
            url_for(address, diary_id=diary_id): url_for(page, diary_id=diary_id)
            for address, page in KEPT_PAGES.items()
        }
        | {url_for(each): url_for(each) for each in ("offline.rules", "help_now.show")},
    )


def choices(form: CheckInForm) -> dict[str, list[str]]:
    """What the check-in asks this patient and not everybody, field by field, with the choices."""
    return _offered(*form.sign_fields, form.fever_medicine) | ({form.capd_score.name: []} if form.is_child else {})


def neuro_asks(form: NeuroCheckForm | ChildCheckForm) -> dict[str, Any]:
    """What the neuro check asks this patient: its items with their points, or of a child what the check-in asks."""
    if isinstance(form, NeuroCheckForm):
        return {"points": ITEM_POINTS, "never": form.plan.not_possible}
    return {"asks": _offered(form.signs) | ({form.capd_score.name: []} if form.plan.uses_capd else {})}


def _offered(*fields: TickField) -> dict[str, list[str]]:
    return {field.name: [each.value for each in field.choices if each.value != NONE_OF_THESE] for field in fields}
