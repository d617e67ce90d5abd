"""A check-in form means the same to the phone as to the server: what was read, and what the rules find in it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.datastructures import MultiDict

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.diary_file import check_in_to_json, dose_to_json, dump
from diary.domain.medicine import Dose
from diary.domain.neuro_check import NeuroPlan
from diary.domain.record import PatientRecord
from diary.domain.treatment import Baseline, CarePlan, Infusion, Patient
from diary.domain.urgency import Urgency
from diary.domain.vocabulary import ITEM_POINTS
from diary.forms.check_in import CheckInForm
from diary.forms.neuro_check import check_form
from diary.rules import Finding, judge, judge_since, load_table
from diary.views.advice import cards_of_findings
from diary.views.offline import choices, neuro_asks, rules_said
from diary.views.presenters import call_lines
from tests.cast import CONTACT
from tests.journeys.conftest import Elsewhere, Opens

PAGES = 100


@pytest.fixture
def modules(opens: Opens) -> Page:
    """A page that holds the phone's own modules, as it is served them."""
    page = opens().goes_to("/help-now").page
    page.evaluate(
        """async () => {
            for (const name of ["check-in", "neuro-check", "verdict", "said"]) {
                Object.assign(window, await import(`/static/js/${name}.js`));
            }
        }"""
    )
    return page


ODD = ("", " ", "x", "-1", "0", "007", "1.5", "97.0", "1e3", "٣", "1,2,3", ".5", "5.", "450")
CLOCKS = ("", "", "00:05", "01:30", "06:59", "9.05", "12:00", "23:50", "24:00", "x")
ANSWERS = {
    "by": ("", "patient", "caregiver"),
    "temperature": ("37,2", "38.0", "38.4", "100.4", "384", "3.84", "1004", "98.60", "45", *ODD),
    "temperature_unit": ("", "Cel", "Cel", "[degF]"),
    "temperature_site": ("", "oral", "ear"),
    "systolic": ("120", "88", "300", *ODD),
    "diastolic": ("80", "130", *ODD),
    "position": ("", "sitting", "lying"),
    "standing_systolic": ("95", "100", *ODD),
    "standing_diastolic": ("60", *ODD),
    "pulse": ("72", "130", *ODD),
    "at_rest": ("", "yes", "no"),
    "oxygen": ("97", "89", "9", "100", *ODD),
    "no_oxygen_number": ("", "", "y"),
    "respiratory_rate": ("16", "32", *ODD),
    "neuro_score": ("10", "7", "11", *ODD),
    "capd_score": ("4", "12", *ODD),
    "fever_medicine_time": CLOCKS,
    "fever_medicine_reason": ("", "felt_hot", "other"),
    "fever_medicine_agreed": ("", "yes", "no"),
    "on_date": ("", "", "2026-03-29", "2026-03-30", "2026-03-01", "2025-10-26", "2026-02-30", "2026-04-02", "x"),
    "at_time": CLOCKS,
    "note": ("", " a note ", "  "),
}


def a_page(chance: Random, asks: dict[str, list[str]]) -> list[list[str]]:
    """The fields of one page, as a browser sends them: some left out, some empty, some odd."""
    fields = [[name, chance.choice(values)] for name, values in ANSWERS.items() if chance.random() < 0.6]
    for name, ids in asks.items():
        if ids and chance.random() < 0.5:
            fields += [[name, each] for each in chance.sample([*ids, "none"], chance.randint(1, min(2, len(ids))))]
    return fields


POINTS = ("", "0", "1", "1", "1", "2", "3", "skipped", "refused", "not_possible", "x")
NEURO_ANSWERS = {
    "by": ("", "patient", "caregiver"),
    **dict.fromkeys(ITEM_POINTS, POINTS),
    "capd_score": ANSWERS["capd_score"],
}


def a_neuro_check(chance: Random, asks: dict[str, list[str]]) -> list[list[str]]:
    """The same of a neuro check: sometimes all is left out, sometimes everything is right, often one is too sleepy."""
    share = chance.choice((0, 0.3, 0.9))
    fields = [[name, chance.choice(values)] for name, values in NEURO_ANSWERS.items() if chance.random() < share]
    if chance.random() < 0.3:
        fields += [[name, str(points)] for name, points in ITEM_POINTS.items() if name not in dict(fields)]
    if chance.random() < 0.3:
        fields.append(["too_sleepy", chance.choice(("y", "", "false"))])
    for name, ids in asks.items():
        if ids and chance.random() < 0.7:
            fields += [[name, each] for each in chance.sample([*ids, "none"], chance.randint(1, min(2, len(ids))))]
    return fields


def a_diary(born_on: date) -> Diary:
    return Diary(
        id="d",
        patient_name="Alice",
        patient=Patient(born_on, "Europe/London"),
        country="GB",
        temperature_unit="Cel",
        contact=CONTACT,
        care_plan=CarePlan(profile="uk", infusions=(Infusion(date(2026, 3, 9)),), baseline=Baseline(systolic_mmhg=130)),
    )


DIARIES = {"adult": a_diary(date(1966, 1, 1)), "child": a_diary(date(2018, 1, 1))}
NOW = datetime(2026, 3, 30, 7, 30, 12, 345000, UTC)
"""The morning after the clocks went forward."""


def same_times(data: Any) -> Any:
    """The data with every time as an instant."""
    return {key: datetime.fromisoformat(value) if key == "at" else value for key, value in data.items() if key != "id"}


Reads = Callable[[list[list[str]]], tuple[Any, CheckIn, CheckIn, tuple[Dose, ...]]]
"""Reads a page: its form, the check-in, the same if every refused number is true, and its doses."""


@pytest.mark.parametrize("who", DIARIES)
def test_it_reads_and_judges_every_form_as_the_server_does(app: Flask, elsewhere: Elsewhere, modules: Page, who: str):
    diary = DIARIES[who]
    record = PatientRecord(patient=diary.patient, care_plan=diary.care_plan)

    def carried() -> tuple[dict[str, Any], dict[str, Any]]:
        with app.test_request_context(method="POST"):
            asks = choices(CheckInForm(diary=diary, now=NOW, formdata=None, meta={"csrf": False}))
            return {"asks": asks, "record": dump(record)}, rules_said()

    carry, table = elsewhere(carried)

    chance = Random(who)  # noqa: S311 - the same pages on every run.
    typed = [a_page(chance, carry["asks"]) for _ in range(PAGES)]
    on_the_server = elsewhere(
        lambda: [read_by_the_server(app, record, fields, check_in_form(diary)) for fields in typed]
    )
    on_the_phone = modules.evaluate(READ, ["read", typed, carry, table, NOW.isoformat()])
    for fields, ours, theirs in zip(typed, on_the_server, on_the_phone, strict=True):
        assert comparable(theirs) == ours, fields


PLANS = {
    "adult": (NeuroPlan(), NeuroPlan(not_possible=("town", "sentence"))),
    "child": (NeuroPlan(), NeuroPlan(uses_capd=True)),
}


@pytest.mark.parametrize("who", PLANS)
def test_it_reads_and_judges_every_neuro_check_as_the_server_does(
    app: Flask, elsewhere: Elsewhere, modules: Page, who: str
):
    diary = DIARIES[who]
    record = PatientRecord(patient=diary.patient, care_plan=diary.care_plan)
    chance = Random(who)  # noqa: S311 - the same pages on every run.
    for plan in PLANS[who]:

        def carried(plan: NeuroPlan = plan) -> tuple[dict[str, Any], dict[str, Any]]:
            with app.test_request_context(method="POST"):
                form = check_form(diary, plan, NOW, formdata=None, meta={"csrf": False})
                return {"neuro_check": neuro_asks(form), "record": dump(record)}, rules_said()

        carry, table = elsewhere(carried)
        typed = [a_neuro_check(chance, carry["neuro_check"].get("asks", {})) for _ in range(PAGES // 2)]
        reads = neuro_form(diary, plan)
        on_the_server = elsewhere(
            lambda typed=typed, reads=reads: [read_by_the_server(app, record, each, reads) for each in typed]
        )
        on_the_phone = modules.evaluate(READ, ["readNeuroCheck", typed, carry, table, NOW.isoformat()])
        for fields, ours, theirs in zip(typed, on_the_server, on_the_phone, strict=True):
            assert comparable(theirs) == ours, (plan, fields)


READ = """([reader, typed, carry, table, typedAt]) => typed.map((fields) => {
    const { checkIn, ifTrue, doses, refused } = window[reader](fields, carry, table.possible, typedAt);
    const path = reader === "read" ? "/check-ins/new" : "/neuro-check/new";
    const { findings, unchecked, record } = verdict(table, carry, [], { id: "x", path, fields, typed_at: typedAt });
    const said = findings.map(({ rule, urgency }) => `${rule} ${urgency}`);
    const speaker = new Speaker(carry, table, document.documentElement.lang);
    const card = (urgency) => findings.filter((finding) => finding.urgency === urgency);
    const because = ["emergency", "call", "today", "watch"].flatMap((urgency) => speaker.because(card(urgency)));
    const distinct = (all) => [...new Set(all)].sort();
    const now = Math.max(Date.parse(typedAt), Date.parse(checkIn.at));
    const call = speaker.callLines({ first: [], last: [] }, record, now);
    const words = { said: distinct(said), because: distinct(because), call };
    return { checkIn, ifTrue, doses, isRefused: refused.size > 0, unchecked, ...words };
})"""


def comparable(read: dict[str, Any]) -> dict[str, Any]:
    """The same with every time as an instant."""
    return read | {
        "checkIn": same_times(read["checkIn"]),
        "ifTrue": same_times(read["ifTrue"]),
        "doses": list(map(same_times, read["doses"])),
        "call": [[title, re.sub("[\u2068\u2069]", "", text)] for title, text in read["call"]],
    }


def check_in_form(diary: Diary) -> Reads:
    def read(fields: list[list[str]]) -> tuple[Any, CheckIn, CheckIn, tuple[Dose, ...]]:
        form = CheckInForm(MultiDict(fields), diary=diary, now=NOW, meta={"csrf": False})
        form.validate()
        return form, form.to_check_in(), form.to_check_in(if_true=True), form.to_doses()

    return read


def neuro_form(diary: Diary, plan: NeuroPlan) -> Reads:
    def read(fields: list[list[str]]) -> tuple[Any, CheckIn, CheckIn, tuple[Dose, ...]]:
        form = check_form(diary, plan, NOW, formdata=MultiDict(fields), meta={"csrf": False})
        form.validate()
        return form, form.to_check_in(), form.to_check_in(), ()

    return read


def read_by_the_server(app: Flask, before: PatientRecord, fields: list[list[str]], reads: Reads) -> dict[str, Any]:
    with app.test_request_context(method="POST"):
        form, check_in, if_true, doses = reads(fields)
        return judged_by_the_server(before, form, check_in, if_true, doses)


def judged_by_the_server(
    before: PatientRecord, form: Any, check_in: CheckIn, if_true: CheckIn, doses: tuple[Dose, ...]
) -> dict[str, Any]:
    # As it is read back: an hour that the clock left out is another hour then.
    check_in, if_true = (replace(each, at=each.at.astimezone(UTC)) for each in (check_in, if_true))
    doses = tuple(replace(each, at=each.at.astimezone(UTC)) for each in doses)
    record = replace(before, check_ins=(check_in,), doses=doses)
    since = min([check_in.at, *(dose.at for dose in doses)])

    def found(version: CheckIn) -> list[Finding]:
        return list(judge_since(load_table(), replace(record, check_ins=(version,)), since, ()))

    findings = found(check_in)
    said = {(each.rule, each.urgency) for each in findings}
    if replace(if_true, id=check_in.id) != check_in:
        findings += [
            each for each in found(if_true) if each.urgency >= Urgency.CALL and (each.rule, each.urgency) not in said
        ]
    judged = judge(load_table(), record, check_in.at)
    cards = cards_of_findings(findings, CONTACT, form.diary)
    return comparable(
        {
            "checkIn": check_in_to_json(check_in),
            "ifTrue": check_in_to_json(if_true),
            "doses": list(map(dose_to_json, doses)),
            "isRefused": bool({name for name in form.errors if name}),
            "said": sorted({f"{each.rule} {each.urgency.word}" for each in findings}),
            "because": sorted({fact for card in cards for fact in card.because}),
            "call": list(map(list, call_lines(form.diary, record, max(NOW, check_in.at))[2:-2])),
            "unchecked": {"missing": list(judged.missing), "partly": list(judged.partly)},
        }
    )
