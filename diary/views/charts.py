"""Charts: the trends as pictures that the browser fetches, and the same data as a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from diary.domain.access import Permission
from diary.domain.diary import Diary
from diary.domain.record import PatientRecord
from diary.domain.treatment import ADULT_AGE
from diary.domain.urgency import Urgency
from diary.extensions import db
from diary.reports.charts import ChartRequest, FlagMark, Layout, PictureShelf, Theme, Thresholds, cache_key
from diary.reports.charts.charted import is_fever_medicine
from diary.rules import load_table
from diary.rules.limits import call_temperature, limit
from diary.rules.masking import masking_windows
from diary.services import flag, record
from diary.views import chart_words, words
from diary.views.access import requires, this_diary

blueprint = Blueprint("charts", __name__, url_prefix="/diaries/<diary_id>/charts")

SHELF: Final = PictureShelf()
SPANS: Final = {"7": 7, "30": 30, "100": 100, "all": 36500}
TABLE_LENGTH: Final = 200


@blueprint.get("/")
@requires(Permission.SEE_DIARY)
def show(diary_id: str) -> ResponseReturnValue:
    """Show the trends, with the same data as a table below."""
    span = _span()
    seen, asked = _record(span), _request(span)
    return render_template("charts.html", **chart_words.page(seen, asked, this_diary(), span, TABLE_LENGTH))


@blueprint.get("/trends.svg")
@requires(Permission.SEE_DIARY)
def trends(diary_id: str) -> ResponseReturnValue:
    """The picture. One that the browser has already is neither drawn nor sent again."""
    span = _span()
    seen, asked = _record(span), _request(span)
    key = cache_key(seen, asked)
    if request.if_none_match.contains_weak(key):
        response = Response(status=304)
    else:
        response = Response(SHELF.picture(seen, asked).svg, mimetype="image/svg+xml")
    # Weak, as compressing makes it: the same picture may be other bytes.
    response.set_etag(key, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def picture_file(span: str) -> bytes:
    """The picture as a file of its own, for a wide page and in light colours."""
    return SHELF.picture(_record(span), replace(_request(span), layout="wide", theme="light")).svg


def _span() -> str:
    span = request.args.get("days", "30")
    return span if span in SPANS else abort(404)


def _record(span: str) -> PatientRecord:
    now = datetime.now(UTC)
    since = max(now - timedelta(days=SPANS[span]), datetime(1990, 1, 1, tzinfo=UTC))
    return record.load_window(db.session, this_diary(), since, now)


def _request(span: str) -> ChartRequest:
    diary, now = this_diary(), datetime.now(UTC)
    layout: Layout = "wide" if request.args.get("layout") == "wide" else "phone"
    theme: Theme = "dark" if request.args.get("theme") == "dark" else "light"
    since = max(now - timedelta(days=SPANS[span]), datetime(1990, 1, 1, tzinfo=UTC))
    masked = record.load_masked(db.session, diary, since, now)
    raised = flag.flags_between(db.session, diary.id, since, now)
    return ChartRequest(
        thresholds=_thresholds(diary, now),
        flags=tuple(
            FlagMark(finding.at, finding.urgency)
            for each in raised
            for finding in each.findings
            if finding.urgency >= Urgency.TODAY and finding.at >= since
        ),
        fever_medicine_lasts=masking_windows(load_table())["antipyretic", "taken"],
        masked=tuple((dose.at, until) for dose, until in masked if not is_fever_medicine(dose)),
        temperature_unit=diary.temperature_unit,
        layout=layout,
        theme=theme,
        language=str(get_locale()),
        translate=gettext,
        format_number=words.number,
        format_date=words.short_day,
    )


def _thresholds(diary: Diary, now: datetime) -> Thresholds:
    """The table's own limits for this person. A child's limits depend on age, and are not drawn."""
    table, age = load_table(), diary.patient.age_at(now)
    if age is not None and age < ADULT_AGE:
        return Thresholds(temperature_celsius=limit(table, "T1", "temperature"))
    return Thresholds(
        temperature_celsius=limit(table, "T1", "temperature"),
        call_temperature_celsius=diary.care_plan.call_temperature_celsius
        or call_temperature(table, diary.care_plan.profile),
        low_systolic_mmhg=_whole(limit(table, "B1", "systolic")),
        fast_pulse_per_minute=_whole(limit(table, "H2", "pulse")),
        low_oxygen_percent=_whole(limit(table, "O1", "oxygen_saturation")),
    )


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
