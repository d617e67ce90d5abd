"""The rule table as a page, in plain words made from the data itself."""

from decimal import Decimal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain import degrees
from diary.domain.access import Permission
from diary.domain.reading import TemperatureUnit
from diary.extensions import db
from diary.rules import load_table
from diary.rules.describe import describe, describe_named
from diary.rules.explain import Reader
from diary.services import care_team
from diary.views import set_up_words, words
from diary.views.access import requires, this_diary
from diary.views.advice import fill

blueprint = Blueprint("rules", __name__)


class TableReader(Reader):
    """Words for the page: the reader's language and numbers, temperatures in the unit that they measure in."""

    def __init__(self, unit: TemperatureUnit) -> None:
        super().__init__()
        self.unit = unit

    def translate(self, sentence: str) -> str:
        return fill(sentence, None, None)

    def number(self, decimal: str, unit: str) -> str:
        if unit == "Cel" and self.unit == "[degF]":
            decimal, unit = degrees.words(degrees.fine(decimal, "Cel"), "[degF]"), "[degF]"
        return super().number(words.number(Decimal(decimal)), unit)

    def difference(self, decimal: str, unit: str) -> str:
        if unit == "Cel" and self.unit == "[degF]":
            decimal, unit = degrees.words_of_difference(degrees.fine_difference(decimal, "Cel"), "[degF]"), "[degF]"
        return super().number(words.number(Decimal(decimal)), unit)


@blueprint.get("/rules")
@requires(Permission.SEE_PUBLIC_PAGE)
def show() -> ResponseReturnValue:
    """Show the table to anybody, as it is for nobody in particular."""
    unit: TemperatureUnit = "[degF]" if request.args.get("unit") == "F" else "Cel"
    return _page(TableReader(unit), own=[])


@blueprint.get("/diaries/<diary_id>/rules")
@requires(Permission.SEE_DIARY)
def of_diary(diary_id: str) -> ResponseReturnValue:
    """Show the table with the numbers of the person's own care plan marked as such."""
    diary = this_diary()
    note = care_team.care_plan_note(db.session, diary_id)
    return _page(TableReader(diary.temperature_unit), own=set_up_words.own_numbers(diary, note))


def _page(reader: TableReader, own: list[str]) -> ResponseReturnValue:
    table = load_table()
    areas = [
        (
            gettext(area["title"]),
            [(rule, describe(rule, table, reader)) for rule in table.rules if rule.area == area["id"]],
        )
        for area in table.data["areas"]
    ]
    return render_template(
        "rules.html",
        version=table.version,
        areas=areas,
        about=table.data["about"],
        named=describe_named(table, reader),
        own=own,
        unit=reader.unit,
    )
