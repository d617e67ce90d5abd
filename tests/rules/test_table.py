"""The rule table itself: complete, sourced, in step with its compiled form, and refused whole when it is bad."""

import copy
import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from diary.domain.degrees import fine
from diary.domain.diary_format import check_diary
from diary.domain.timestamp import microseconds
from diary.domain.urgency import Urgency
from diary.rules import load_table
from diary.rules.answers import NO, YES
from diary.rules.examples import NOW, example_diary, says
from diary.rules.limits import call_temperature, limit
from diary.rules.narrowed import Narrowed
from diary.rules.schema import TableError, check_table, compile_table, read_files
from diary.rules.table import FILE, RuleTable
from tests.rules import small_table

ROWS = [
    "T1",
    "T2",
    "T3",
    "T4",
    "T5",
    "T6",
    "T7",
    "T8",
    "T9",
    "B1",
    "B2",
    "B3",
    "B4",
    "B5",
    "B6",
    "B7",
    "B8",
    "B9",
    "B10",
    "B11",
    "B12",
    "O1",
    "O2",
    "O3",
    "O4",
    "O5",
    "H0",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "H7",
    "R1",
    "R2",
    "R3",
    "R4",
    "R5",
    "X1",
    "X2",
    "X3",
    "X4",
    "A1",
    "N1",
    "N2",
    "N3",
    "N4",
    "N5",
    "N6",
    "N7",
    "N8",
    "N9",
    "N10",
    "N11",
    "N12",
    "N13",
    "N14",
    "N15",
    "N16",
    "N17",
    "N18",
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
    "S6",
    "S7",
    "S8",
    "S9",
    "S10",
    "S11",
    "S12",
    "S13",
    "S14",
    "S15",
    "S16",
    "M1",
    "M2",
    "M3",
    "M4",
    "M5",
    "M6",
    "M7",
    "M8",
    "M9",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C8",
    "L1",
    "L2",
    "L3",
    "L4",
    "L5",
    "L6",
    "L7",
]
"""Every row of the evidence, part 5."""

_files = cache(read_files)

DOCS = Path(__file__).parents[2] / "docs"


def test_every_row_of_the_evidence_is_a_rule_or_is_said_to_be_another() -> None:
    table = load_table()
    rules = [rule.id for rule in table.rules]
    assert sorted([*rules, *table.data["same_as"]]) == sorted(ROWS)
    assert len(rules) == len(set(rules))


def test_the_compiled_form_is_what_the_toml_files_say() -> None:
    assert compile_table() == json.loads(Path(FILE).read_text(encoding="utf-8"))
    check_table()


@pytest.mark.parametrize("rule", load_table().rules, ids=lambda rule: rule.id)
def test_every_rule_has_a_source_an_example_for_each_answer_and_a_place_in_the_documents(rule: Any) -> None:
    assert rule.source
    assert set(rule.letter.split("/")) <= {"A", "P", "J"}
    row = next(file["rule"][rule.id] for _, file in _files() if rule.id in file.get("rule", {}))
    said = {example["says"] for example in row["examples"]}
    wanted = {level.urgency.word for level in rule.levels} | {"no"}
    assert said == (wanted if rule.is_never_unknown else wanted | {"unknown"})
    for example in row["examples"]:
        assert says(load_table(), rule, example["given"]) == example["says"]
    assert f"| {rule.id} | {rule.letter} | {rule.source} |" in (DOCS / "clinical-sources.md").read_text(
        encoding="utf-8"
    )


def test_rows_that_are_not_rules_stand_in_the_documents_with_the_reason() -> None:
    text = (DOCS / "clinical-sources.md").read_text(encoding="utf-8")
    for row, other in load_table().data["same_as"].items():
        assert f"| {row} |" in text
        assert other["why"] in text


def test_the_version_stands_in_the_changelog() -> None:
    assert f"## {load_table().version}" in (DOCS / "rules-changelog.md").read_text(encoding="utf-8")


def test_a_milder_level_never_has_the_sentence_of_the_worst() -> None:
    for rule in load_table().rules:
        sentences = [level.says for level in rule.levels]
        assert len(set(sentences)) == len(sentences), rule.id


def test_emergency_and_call_begin_with_the_bell_and_nerves_and_pressure_do_not_drive() -> None:
    for rule in load_table().rules:
        for level in rule.levels:
            if level.urgency.word in ("emergency", "call"):
                assert level.do[0].startswith("In hospital or clinic?")
                assert ("Do not drive." in level.do) == (rule.area in ("blood_pressure", "brain_and_nerves")), rule.id


@pytest.mark.parametrize("rule_id", ["B1", "B2", "B3", "B4", "B11", "S3"])
def test_a_low_pressure_or_a_faint_is_told_to_lie_down(rule_id: str) -> None:
    assert all(any("Lie down" in sentence for sentence in level.do) for level in load_table().rule(rule_id).levels)


def test_no_sentence_says_that_all_is_well() -> None:
    for rule in load_table().rules:
        for level in rule.levels:
            for forbidden in ("you are fine", "normal range", "safe", "grade", "a bit", "a little", "wait until"):
                assert forbidden not in level.says.lower()


def test_a_chart_reads_its_lines_off_the_table() -> None:
    table = load_table()
    assert limit(table, "T1", "temperature") == 38
    assert limit(table, "B1", "systolic") == 90
    assert limit(table, "B11", "systolic") is None
    assert call_temperature(table, "uk") == pytest.approx(37.5)
    eight_hours, none = table.masking_window("antipyretic"), table.masking_window("anti_seizure")
    assert eight_hours is not None
    assert eight_hours.total_seconds() == 8 * 3600
    assert none is None
    assert table.lookback.days >= 14
    with pytest.raises(KeyError):
        table.rule("Z9")


# A small table is compiled to what can be said by hand.


def test_a_rule_is_compiled_with_what_it_asks_says_and_needs() -> None:
    compiled = compile_table(small_table.files().items())
    up_to_80 = {"op": "age", "bounds": [["at_most", 80]]}
    warm = {"op": "reading", "kind": "temperature", "bounds": [["at_least", fine("37.5", "Cel")]]}
    fever, late, tired = compiled["rules"]
    assert fever == {
        "id": "T1",
        "area": "temperature",
        "about": ["crs"],
        "source": "A study",
        "letter": "A/J",
        "levels": [
            {
                "urgency": "call",
                "when": {
                    "op": "all",
                    "of": [{"op": "named", "name": "adult"}, {"op": "named", "name": "fever"}, up_to_80],
                },
                "says": "You have a fever.",
                "says_caregiver": "They have a fever.",
                # The advice of the file first, then of the row, then of the level.
                "add": ["lie_down", "drink", "rest"],
                "needs": [["temperature"]],
            },
            {
                "urgency": "watch",
                "when": {"op": "all", "of": [warm, up_to_80]},
                "says": "You are warm.",
                # Who need not ring is not told what the file and the row add.
                "add": ["rest"],
                "needs": [["temperature"]],
                "recheck": 900,
            },
        ],
        "reads": ["temperature"],
        "keeps_open": "C1",
        "recheck_kinds": ["temperature"],
        "recheck_can_wait": True,
    }
    assert late["needs_schedule"] is tired["counts_flags"] is tired["never_unknown"] is True
    assert "counts_flags" not in late
    assert "needs_schedule" not in tired
    assert [level["urgency"] for level in tired["levels"]] == ["emergency", "emergency"]


def test_a_judgement_looks_back_as_far_as_the_longest_window_and_a_day_and_what_belongs_together() -> None:
    spoilt = small_table.files()
    assert compile_table(spoilt.items())["lookback"] == (3 * 24 + 24 + 2) * 3600
    spoilt["0.toml"]["named"]["long_ago"] = {"any": ["fever", {"sign": ["tired"], "within": "10 d"}]}
    assert compile_table(spoilt.items())["lookback"] == (10 * 24 + 24 + 2) * 3600
    spoilt["0.toml"]["again_within"] = "11 d"
    assert compile_table(spoilt.items())["lookback"] == (11 * 24 + 11 * 24 + 2) * 3600


def test_a_rule_of_the_table_says_what_its_row_says() -> None:
    table = RuleTable(compile_table(small_table.files().items()))
    fever, late, tired = table.rules
    assert (fever.id, fever.number, fever.area, fever.about) == ("T1", 0, "temperature", ("crs",))
    assert (fever.source, fever.letter, fever.reads) == ("A study", "A/J", {"temperature"})
    assert (fever.keeps_open, fever.recheck_kinds, fever.recheck_can_wait) == ("C1", ("temperature",), True)
    assert (late.number, late.keeps_open, late.recheck_kinds) == (1, None, ())
    assert late.recheck_can_wait is False
    assert [rule.is_never_unknown for rule in table.rules] == [False, False, True]
    assert [rule.needs_schedule for rule in table.rules] == [False, True, False]
    assert [rule.counts_flags for rule in table.rules] == [False, False, True]
    assert (table.assessable_rules, table.schedule_rules, table.flag_rules) == ((fever,), (late,), (tired,))
    assert [table.rule(rule_id) for rule_id in ("A1", "C1", "T1")] == [tired, late, fever]
    call, watch = fever.levels
    assert (call.urgency, call.says, call.says_caregiver) == (Urgency.CALL, "You have a fever.", "They have a fever.")
    assert (watch.urgency, watch.says, watch.says_caregiver) == (Urgency.WATCH, "You are warm.", "You are warm.")
    assert (call.recheck_seconds, watch.recheck_seconds) == (None, 900)
    assert call.do == ("Ring your team.", "Lie down.", "Drink.", "Rest.")
    assert watch.do == ("Measure again.", "Rest.")


def test_the_table_knows_its_times_and_what_counts_as_one() -> None:
    table = RuleTable(compile_table(small_table.files().items()))
    assert table.version == "2.0.0"
    assert table.together == microseconds(NOW) - microseconds(NOW - timedelta(hours=2))
    assert table.lookback == timedelta(days=4, hours=2)
    assert table.masking_window("antipyretic") == timedelta(hours=8)
    assert table.masking_window("anti_seizure") is None
    assert table.masking_window("co-trimoxazole") is None
    assert (table.group_of("T1"), table.group_of("C1")) == ("heat", "C1")


def test_a_rule_can_say_yes_when_something_is_logged_for_each_fact_that_a_level_needs() -> None:
    spoilt = small_table.files()
    spoilt["1.toml"]["rule"]["T1"]["call"]["when"] = {"all": ["fever", {"sign": ["tired", "seizure"]}]}
    spoilt["1.toml"]["rule"]["T1"]["watch"]["when"] = {"reading": "pulse", "above": 120}
    spoilt["1.toml"]["rule"]["T1"]["examples"] = [
        {"given": {"temperature": "38.0 Cel", "signs": ["tired"]}, "says": "call"},
        {"given": {"pulse": 121}, "says": "watch"},
        {"given": {"temperature": "37.9 Cel", "pulse": 120}, "says": "no"},
        {"given": {}, "says": "unknown"},
    ]
    rule = RuleTable(compile_table(spoilt.items())).rule("T1")
    assert rule.reads == {"temperature", "tired", "seizure", "pulse"}
    assert rule.can_say_yes(frozenset({"temperature", "seizure"}))
    assert rule.can_say_yes(frozenset({"pulse"}))
    assert not rule.can_say_yes(frozenset({"temperature", "dose:steroid"}))
    assert not rule.can_say_yes(frozenset({"tired", "seizure"}))
    assert not rule.can_say_yes(frozenset())


def test_an_example_that_says_nothing_stands_for_an_adult_on_treatment_day_5() -> None:
    assert example_diary({}) == {
        "format": "symptom-diary/1",
        "patient": {"born_on": "1986-01-01", "time_zone": "UTC"},
        "care_plan": {"profile": "standard", "infusions": [{"on": "2026-03-09"}]},
        "doses": [],
        "check_ins": [{"at": "2026-03-14T08:00:00+00:00", "by": "patient"}],
    }


def test_an_example_is_spelt_out_as_a_diary() -> None:
    plan = {"day": 30, "age": 7, "profile": "uk", "call_temperature": "37.8", "baseline": {"systolic_mmhg": 90}}
    doses = [{"ago": "1 h", "medicine": "nsaid"}, {"ago": "2 d", "medicine": "steroid", "status": "missed"}]
    pressure = {"systolic": 90, "diastolic": 60, "position": "lying", "standing_systolic": 80, "standing_diastolic": 50}
    readings = {"temperature": "100.4 [degF]", "pulse": 99, "at_rest": False, "no_number": True, "respiratory_rate": 20}
    checks = {"neuro_score": 9, "capd_score": 3, "signs": ["tired"], "absent": ["seizure"], "doses_absent": ["steroid"]}
    before = [{"ago": "15 min", "oxygen_saturation": 97}, {"ago": "3 h", "not_done": "too_sleepy_or_confused"}]
    diary = example_diary({**plan, **pressure, **readings, **checks, "doses": doses, "before": before, "overdue": {}})
    assert check_diary(diary) == {
        "format": "symptom-diary/1",
        "patient": {"born_on": "2019-01-01", "time_zone": "UTC"},
        "care_plan": {
            "profile": "uk",
            "infusions": [{"on": "2026-02-12"}],
            "baseline": {"systolic_mmhg": 90},
            "call_temperature_celsius": "37.8",
        },
        "doses": [
            {"at": "2026-03-14T07:00:00+00:00", "medicine": "nsaid", "status": "taken"},
            {"at": "2026-03-12T08:00:00+00:00", "medicine": "steroid", "status": "missed"},
        ],
        "check_ins": [
            {"at": "2026-03-14T07:45:00+00:00", "by": "patient", "oxygen_saturation": {"value": 97}},
            {
                "at": "2026-03-14T05:00:00+00:00",
                "by": "patient",
                "neuro_check": {"not_done": "too_sleepy_or_confused"},
            },
            {
                "at": "2026-03-14T08:00:00+00:00",
                "by": "patient",
                "temperature": {"value": "100.4", "unit": "[degF]"},
                "blood_pressure": {"systolic": 90, "diastolic": 60, "position": "lying"},
                "standing_blood_pressure": {"systolic": 80, "diastolic": 50},
                "pulse": {"value": 99, "at_rest": False},
                "oxygen_saturation": {"no_number": True},
                "respiratory_rate": {"value": 20},
                "neuro_check": {"score": 9},
                "capd": {"score": 3},
                "signs": ["tired"],
                "signs_absent": ["seizure"],
                "doses_absent": ["steroid"],
            },
        ],
    }


# A bad table names every fault.


def bad(change: Any) -> list[str]:
    """The faults of the table after ``change`` was made to its files."""
    files = copy.deepcopy(_files())
    change(dict(files))
    with pytest.raises(TableError) as refused:
        compile_table(files)
    return [f"{path}: {sentence}" for path, sentence in refused.value.faults]


def level(files: dict[str, Any], **parts: Any) -> None:
    """T2's only level with other parts."""
    files["01-temperature.toml"]["rule"]["T2"]["emergency"].update(parts)


BAD_CONDITIONS = {
    "an unknown reading": ({"reading": "glucose", "above": 3}, "T2.emergency.when.reading: unknown reading “glucose”"),
    "a missing unit": ({"reading": "temperature", "above": 38}, "T2.emergency.when.above: unit missing"),
    "a unit without a number": (
        {"reading": "temperature", "above": "x Cel"},
        "T2.emergency.when.above: “x” is no decimal",
    ),
    "no bound": ({"reading": "temperature"}, "T2.emergency.when: a reading needs a bound"),
    "a number that is not whole": (
        {"reading": "pulse", "above": 3.5},
        "T2.emergency.when.above: must be a whole number",
    ),
    "no usual value": ({"reading": "respiratory_rate", "rise_at_least": 3}, "respiratory_rate has no usual value"),
    "a difference that is no number": (
        {"reading": "systolic", "drop_at_least": {"limit": "child_low_systolic"}},
        "T2.emergency.when.drop_at_least: must be a whole number",
    ),
    "a second kind in a window": ({"reading": "pulse", "above": 3, "within": "2 h"}, "pulse has a second kind"),
    "no duration": ({"reading": "systolic", "above": 3, "within": "soon"}, "“soon” is no duration"),
    "an unknown earlier reading": (
        {"reading": "systolic", "above": 3, "again": {"reading": "glucose"}},
        "T2.emergency.when.again.reading: unknown reading “glucose”",
    ),
    "another earlier reading without a bound": (
        {"reading": "systolic", "above": 3, "again": {"reading": "resting_diastolic"}},
        "T2.emergency.when.again: another reading needs its own bound",
    ),
    "an unknown setting": ({"reading": "systolic", "above": {"setting": "mood"}}, "unknown setting “mood”"),
    "an unknown limit": ({"reading": "systolic", "above": {"limit": "sky"}}, "unknown limit “sky”"),
    "a strange factor": (
        {"reading": "systolic", "above": {"limit": "child_fast_pulse", "times": "1.3"}},
        "times must be a whole number or a half",
    ),
    "an unknown sign": ({"sign": ["happy"]}, "T2.emergency.when.sign: unknown sign “happy”"),
    "an unknown medicine": ({"dose": ["tea"], "status": ["taken"], "within": "2 h"}, "unknown medicine “tea”"),
    "an unknown status": (
        {"dose": ["steroid"], "status": ["lost"], "within": "2 h"},
        "T2.emergency.when.status: must list",
    ),
    "an unknown reason": (
        {"dose": ["steroid"], "status": ["taken"], "within": "2 h", "reason": "bored"},
        "unknown reason “bored”",
    ),
    "an unknown profile": ({"patient": "profile", "is": "mars"}, "T2.emergency.when.is: must be one of standard, uk"),
    "an unknown patient fact": ({"patient": "height", "above": 2}, "unknown “height”: age, treatment_day or profile"),
    "a baseline that nobody sets": (
        {"baseline": "respiratory_rate", "above": 2},
        "“respiratory_rate” has no usual value",
    ),
    "an unknown lateness": ({"overdue": "lunch", "above": "1 h"}, "T2.emergency.when.overdue: unknown “lunch”"),
    "an unknown name": ("hot", "T2.emergency.when: no condition is named “hot”"),
    "no condition": (7, "T2.emergency.when: is no condition"),
    "two atoms at once": ({"sign": ["tired"], "reading": "pulse", "above": 1}, "must have exactly one of"),
    "a key of another atom": ({"sign": ["tired"], "above": 1}, "T2.emergency.when.above: does not belong to “sign”"),
    "nothing logged": ({"patient": "age", "at_least": 18}, "T2.emergency: could say yes with nothing logged"),
}


@pytest.mark.parametrize("name", BAD_CONDITIONS)
def test_a_bad_condition_is_named(name: str) -> None:
    condition, sentence = BAD_CONDITIONS[name]
    assert any(sentence in fault for fault in bad(lambda files: level(files, when=condition)))


BAD_ROWS: dict[str, tuple[Any, list[str]]] = {
    "no source": (lambda rule: rule.pop("source"), ["T1: no source"]),
    "no letter": (lambda rule: rule.pop("letter"), ["T1: letter must be made of A, P and J"]),
    "a strange letter": (lambda rule: rule.update(letter="A/Q"), ["T1: letter must be made of A, P and J"]),
    "nothing it is about": (lambda rule: rule.update(about=[]), ["T1.about: unknown “”"]),
    "not saying what it is about": (lambda rule: rule.pop("about"), ["T1.about: unknown “”"]),
    "about something strange": (lambda rule: rule.update(about=["crs", "luck"]), ["T1.about: unknown “luck”"]),
    "a strange key": (lambda rule: rule.update(colour="red"), ["T1.colour: is not a key of a rule"]),
    "a strange key of a level": (
        lambda rule: rule["call"].update(color="red"),
        ["T1.call.color: is not a key of a level"],
    ),
    "no level": (
        lambda rule: (rule.pop("call"), rule.pop("watch")),
        [
            "T1: has no level",
            "T1: an example says call, which the rule cannot",
            "T1: an example says watch, which the rule cannot",
        ],
    ),
    "no condition": (lambda rule: rule["call"].pop("when"), ["T1.call.when: is no condition"]),
    "no sentence": (lambda rule: rule["call"].pop("says"), ["T1.call: no sentence"]),
    "nothing that must be logged": (
        lambda rule: rule["call"].update(when="adult"),
        ["T1.call: could say yes with nothing logged"],
    ),
    "the same sentence twice": (
        lambda rule: rule["watch"].update(says="You have a fever."),
        ["T1: two levels say the same sentence"],
    ),
    "a watch without a recheck": (lambda rule: rule["watch"].pop("recheck"), ["T1.watch: watch needs a recheck"]),
    "a recheck of nothing": (lambda rule: rule.pop("recheck_kinds"), ["T1: a recheck needs recheck_kinds"]),
    "a recheck at no time": (
        lambda rule: rule["watch"].update(recheck="soon"),
        ["T1.watch.recheck: “soon” is no duration such as 15 min, 24 h or 14 d"],
    ),
    "strange advice": (lambda rule: rule.update(add=["dance"]), ["T1.call: unknown advice “dance”"]),
    "strange advice of a mild level": (
        lambda rule: rule["watch"].update(add=["rest", "dance"]),
        ["T1.watch: unknown advice “dance”"],
    ),
    "no examples": (
        lambda rule: rule.pop("examples"),
        [
            "T1: no example says call",
            "T1: no example says no",
            "T1: no example says unknown",
            "T1: no example says watch",
        ],
    ),
    "no example that is unknown": (lambda rule: rule["examples"].pop(), ["T1: no example says unknown"]),
    "an example of another level": (
        lambda rule: rule["examples"].append({"given": {}, "says": "today"}),
        ["T1: an example says today, which the rule cannot"],
    ),
    "an example that is never unknown": (
        lambda rule: rule.update(never_unknown=True),
        ["T1: an example says unknown, which the rule cannot"],
    ),
    "an example of which nothing is said": (
        lambda rule: rule["examples"].append({"given": {}}),
        ["T1: an example says None, which the rule cannot"],
    ),
    "an example of nothing": (
        lambda rule: rule["examples"].append({"says": "no"}),
        ["T1.examples[4]: is no diary: 'given'"],
    ),
    "a contradicted example": (
        lambda rule: rule["examples"].insert(0, {"given": {"temperature": "38.0 Cel"}, "says": "watch"}),
        ["T1.examples[0]: says watch and is contradicted: the rule says call"],
    ),
    "an example that is no diary": (
        lambda rule: rule["examples"].append({"given": {"temperature": "99.9 Cel"}, "says": "no"}),
        [
            "T1.examples[4]: is no diary: check_ins[0].temperature.value: 99.9 is not possible in Cel; it must be from "
            "30.0 to 43.5; was it measured in [degF]?"
        ],
    ),
    "an example of a strange reading": (
        lambda rule: rule["examples"].append({"given": {"temprature": "38.0 Cel"}, "says": "unknown"}),
        ["T1.examples[4]: is no diary: 'temprature'"],
    ),
    "an example of no time": (
        lambda rule: rule["examples"].append(
            {"given": {"before": [{"ago": "lately", "pulse": 80}]}, "says": "unknown"}
        ),
        ["T1.examples[4]: is no diary: “lately” is no duration"],
    ),
    "two bad examples": (
        lambda rule: rule["examples"].extend(
            [{"given": {"temperature": "38.0"}, "says": "call"}, {"given": {}, "says": "no"}]
        ),
        [
            "T1.examples[4]: is no diary: check_ins[0].temperature.unit: “” is not known; it must be one of "
            "Cel, [degF]",
            "T1.examples[5]: says no and is contradicted: the rule says unknown",
        ],
    ),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_named(name: str) -> None:
    change, sentences = BAD_ROWS[name]
    spoilt = small_table.files()
    change(spoilt["1.toml"]["rule"]["T1"])
    assert small_table.faults(spoilt) == sentences


BAD_FILES: dict[str, tuple[Any, list[str]]] = {
    "nothing wrong": (lambda shared, area: None, []),
    "a strange key": (lambda shared, area: area.update(redaings={}), ["1.toml.redaings: is not a key of a file"]),
    "no area": (lambda shared, area: area.pop("area"), ["1.toml: a file with rules needs an area and a title"]),
    "no title": (lambda shared, area: area.pop("title"), ["1.toml: a file with rules needs an area and a title"]),
    "strange advice": (lambda shared, area: area.update(add=["dance"]), ["T1.call: unknown advice “dance”"]),
    "a row that stands in another file": (
        lambda shared, area: area["rule"].update(C1=copy.deepcopy(small_table.files()["2.toml"]["rule"]["C1"])),
        ["C1: stands twice"],
    ),
    "no version": (lambda shared, area: shared.pop("version"), ["version: is missing"]),
    "no time that belongs together": (
        lambda shared, area: shared.pop("together"),
        ["together: “None” is no duration such as 15 min, 24 h or 14 d"],
    ),
    "no time of an earlier reading": (
        lambda shared, area: shared.update(again_within="a day"),
        ["again_within: “a day” is no duration such as 15 min, 24 h or 14 d"],
    ),
    "an urgency that is not described": (
        lambda shared, area: shared["urgency"].pop("today"),
        ["urgency.today: is missing"],
    ),
    "a medicine that masks for no time": (
        lambda shared, area: shared["medicine"]["anti_seizure"].update(masks_for="long"),
        ["medicine.anti_seizure.masks_for: “long” is no duration such as 15 min, 24 h or 14 d"],
    ),
    "a bad condition with a name": (
        lambda shared, area: shared["named"].update(old="elderly"),
        ["named.old: no condition is named “elderly”"],
    ),
    "two that are wrong": (
        lambda shared, area: (shared.pop("version"), shared["named"].update(old="elderly"), area.pop("title")),
        [
            "1.toml: a file with rules needs an area and a title",
            "named.old: no condition is named “elderly”",
            "version: is missing",
        ],
    ),
    "a bad condition and a level without one": (
        lambda shared, area: (
            area["rule"]["T1"]["call"].update(when="hot"),
            area["rule"]["T1"]["watch"].update(when="adult"),
        ),
        [
            "T1.call.when: no condition is named “hot”",
            "T1.watch: could say yes with nothing logged",
        ],
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named(name: str) -> None:
    change, sentences = BAD_FILES[name]
    spoilt = small_table.files()
    change(spoilt["0.toml"], spoilt["1.toml"])
    assert small_table.faults(spoilt) == sentences


def test_all_faults_are_named_at_once_a_line_each() -> None:
    spoilt = small_table.files()
    spoilt["0.toml"].pop("version")
    spoilt["1.toml"]["rule"]["T1"]["call"]["when"] = {"reading": "glucose", "above": 3}
    spoilt["2.toml"]["rule"]["C1"].pop("source")
    with pytest.raises(TableError) as refused:
        compile_table(spoilt.items())
    assert str(refused.value) == ("version: is missing\nT1.call.when.reading: unknown reading “glucose”\nC1: no source")


def test_a_condition_cannot_name_itself_by_any_way() -> None:
    spoilt = small_table.files()
    spoilt["0.toml"]["named"] |= {
        "first": {"any": ["third", "fever"]},
        "second": {"all": ["first", "adult"]},
        "third": {"all": ["second", "second"]},
        "leads_there": {"any": ["first", "second", "third"]},
        "itself": {"any": ["itself", "fever"]},
    }
    spoilt["1.toml"]["rule"]["T1"]["call"]["when"] = {"all": ["fever", "leads_there"]}
    spoilt["1.toml"]["rule"]["T1"]["watch"]["when"] = "itself"
    spoilt["2.toml"]["rule"]["C1"].pop("source")
    assert small_table.faults(spoilt) == [
        "named.first: names itself",
        "named.second: names itself",
        "named.third: names itself",
        "named.itself: names itself",
        "C1: no source",
    ]


# The table as it stands for one kind of patient.

ADULT, CHILD = (load_table().data["named"][name] for name in ("adult", "child"))


def for_adults() -> Narrowed:
    return Narrowed(load_table(), {repr(ADULT): YES, repr(CHILD): NO})


def test_what_the_patient_has_decided_falls_away() -> None:
    narrow = for_adults().narrow
    adult, child, fever = ({"op": "named", "name": name} for name in ("adult", "child", "fever"))
    faint, pain = {"op": "sign", "ids": ["fainted"]}, {"op": "sign", "ids": ["chest_pain"]}
    yes, no = {"op": "known", "answer": YES}, {"op": "known", "answer": NO}
    assert narrow(ADULT) == narrow(adult) == yes
    assert narrow(CHILD) == narrow(child) == no
    assert narrow({"op": "all", "of": [adult, faint]}) == narrow({"op": "any", "of": [child, faint]}) == faint
    assert narrow({"op": "all", "of": [faint, child]}) == narrow({"op": "any", "of": [child, child]}) == no
    assert narrow({"op": "any", "of": [faint, adult]}) == narrow({"op": "all", "of": [adult, adult]}) == yes
    for op, decided in (("all", adult), ("any", child)):
        assert narrow({"op": op, "of": [faint, decided, pain]}) == {"op": op, "of": [faint, pain]}
    profile = {"op": "profile", "is": "uk"}
    assert narrow(profile) == profile, "nobody said which numbers are used"
    assert narrow(fever) == fever, "under its name its answer is remembered"


def test_a_rule_for_children_is_not_asked_for_an_adult_and_not_unknown() -> None:
    table, pressure = load_table(), load_table().rule("B11")
    assert for_adults().levels(pressure) == ()
    assert [level.urgency.word for level, _ in Narrowed(table, {}).levels(pressure)] == ["emergency", "call"]
    low = frozenset({"systolic"})
    assert pressure not in for_adults().firing(low, low)
    assert pressure in Narrowed(table, {}).firing(low, low)
    assert pressure.number not in for_adults().unknown_when_bare()
    assert pressure.number in Narrowed(table, {}).unknown_when_bare()
    assert table.rule("B1").number in for_adults().unknown_when_bare()


def test_only_a_rule_that_reads_something_new_and_has_all_it_needs_can_raise_anything() -> None:
    def raising(new: set[str], logged: set[str]) -> set[str]:
        return {rule.id for rule in for_adults().firing(frozenset(new), frozenset(logged))}

    assert {"B1", "B2"} & raising({"systolic"}, {"systolic"}) == {"B1"}
    assert {"B1", "B2", "T1"} & raising({"systolic"}, {"systolic", "temperature"}) == {"B1", "B2"}
    assert {"B1", "B2", "T1"} & raising({"temperature"}, {"systolic", "temperature"}) == {"B2", "T1"}


def test_a_rule_is_touched_by_whatever_it_reads() -> None:
    touched = {rule.id for rule in for_adults().touched(frozenset({"systolic"}))}
    assert {"B1", "B2", "T1", "C2"} & touched == {"B1", "B2"}


def test_what_was_worked_out_once_is_kept() -> None:
    table, low = for_adults(), frozenset({"systolic"})
    assert table.named("fever") is table.named("fever")
    assert table.levels(load_table().rule("B1")) is table.levels(load_table().rule("B1"))
    assert table.firing(low, low) is table.firing(low, low)
    assert table.touched(low) is table.touched(low)
    assert table.unknown_when_bare() is table.unknown_when_bare()


def test_what_it_remembers_of_patterns_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diary.rules.narrowed.REMEMBERED", 2)
    systolic, pulse, seizure = (frozenset({key}) for key in ("systolic", "pulse", "seizure"))
    table = for_adults()
    first = table.firing(systolic, systolic)
    table.firing(pulse, pulse)
    assert table.firing(systolic, systolic) is first
    assert "N1" in {rule.id for rule in table.firing(seizure, seizure)}
    again = table.firing(systolic, systolic)
    assert again is not first
    assert again == first


def test_the_files_are_read_by_name_and_others_are_left() -> None:
    assert [name for name, _ in read_files()][:2] == ["00-vocabulary.toml", "01-temperature.toml"]
    assert dict(read_files())["01-temperature.toml"]["title"] == "Temperature"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"[rule", "Expected ']'"), (b"same = 1\nsame = 2", "Cannot overwrite a value"), (b"title = '\xb0C'", "utf-8")],
)
def test_a_file_that_is_no_toml_is_named(content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "1-sound.toml").write_bytes("title = '38 °C'".encode())
    (tmp_path / "2-broken.toml").write_bytes(content)
    with pytest.raises(TableError, match=f"2-broken.toml: .*{sentence}") as refused:
        read_files(tmp_path)
    assert [path for path, _ in refused.value.faults] == ["2-broken.toml"]
    (tmp_path / "2-broken.toml").rename(tmp_path / "2-broken.txt")
    assert read_files(tmp_path) == [("1-sound.toml", {"title": "38 °C"})]


def test_it_does_not_start_with_a_table_that_was_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = copy.deepcopy(load_table().data)
    changed["version"] = "0.0.1"
    monkeypatch.setattr(load_table(), "data", changed)
    with pytest.raises(TableError) as refused:
        check_table()
    assert str(refused.value) == "compiled.json: is not what the TOML files say; run “diary rules --compile”"
