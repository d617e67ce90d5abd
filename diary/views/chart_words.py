"""The charts in words: what the picture shows, how far back it reaches, and the same data as a table."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from diary.domain.check_in import READINGS
from diary.domain.diary import Diary
from diary.domain.neuro_check import NeuroCheck
from diary.domain.record import PatientRecord
from diary.reports.charts import ChartRequest, TrendRow, alt_text, trend_rows
from diary.views import words


def page(seen: PatientRecord, asked: ChartRequest, diary: Diary, span: str, length: int) -> dict[str, Any]:
    """The trends, and the same data as a table."""
    rows = trend_rows(seen)
    # A column in which nothing stands is only in the way of the thumb that scrolls the table.
    kinds = [kind for kind in READINGS if any(_value(row, kind) is not None for row in rows[:length])]
    spans = {"7": gettext("7 days"), "30": gettext("30 days"), "100": gettext("100 days"), "all": gettext("All")}

    def picture(layout: str, theme: str) -> str:
        return url_for("charts.trends", diary_id=diary.id, days=span, layout=layout, theme=theme)

    return {
        "picture": picture,
        "alt": alt_text(seen, asked),
        "spans": [
            (text, url_for("charts.show", diary_id=diary.id, days=days), days == span) for days, text in spans.items()
        ],
        "headings": [
            gettext("When"),
            gettext("Day"),
            *(str(words.KINDS[kind]) for kind in kinds),
            gettext("Fever medicine"),
        ],
        "rows": [_table_row(row, kinds, diary) for row in rows[:length]],
        "is_cut": len(rows) > length,
    }


def _value(row: TrendRow, kind: str) -> Any:
    """What a row of the table holds of one kind; ``None`` where nothing was logged."""
    if kind != "neuro_check":
        return getattr(row, kind)
    is_given = row.neuro_score is not None or row.neuro_not_done is not None
    return NeuroCheck(score=row.neuro_score, not_done=row.neuro_not_done) if is_given else None


def _table_row(row: TrendRow, kinds: Sequence[str], diary: Diary) -> list[str]:
    values = [_value(row, kind) for kind in kinds]
    return [
        words.short_moment(row.at, diary),
        "" if row.treatment_day is None else str(row.treatment_day),
        *("" if value is None else words.reading_of(kind, value) for kind, value in zip(kinds, values, strict=True)),
        ", ".join(str(words.MEDICINES.get(dose.kind, dose.medicine)) for dose in row.fever_medicines),
    ]
