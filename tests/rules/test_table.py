"""The rule table itself: complete, sourced, in step with its compiled form, and refused whole when it is bad."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from diary.rules import load_table
from diary.rules.answers import NO, YES
from diary.rules.examples import says
from diary.rules.limits import call_temperature, limit
from diary.rules.narrowed import Narrowed
from diary.rules.schema import TableError, check_table, compile_table, read_files
from diary.rules.table import FILE

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
    row = next(file["rule"][rule.id] for _, file in read_files() if rule.id in file.get("rule", {}))
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


# A bad table names every fault.


def bad(change: Any) -> list[str]:
    """The faults of the table after ``change`` was made to its files."""
    files = copy.deepcopy(read_files())
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


BAD_ROWS: dict[str, tuple[Any, str]] = {
    "no source": (lambda rule: rule.pop("source"), "T2: no source"),
    "no letter": (lambda rule: rule.pop("letter"), "T2: letter must be made of A, P and J"),
    "a strange letter": (lambda rule: rule.update(letter="A/Q"), "T2: letter must be made of A, P and J"),
    "nothing it is about": (lambda rule: rule.pop("about"), "T2.about: unknown “”"),
    "a strange key": (lambda rule: rule.update(colour="red"), "T2.colour: is not a key of a rule"),
    "no level": (lambda rule: rule.pop("emergency"), "T2: has no level"),
    "no sentence": (lambda rule: rule["emergency"].pop("says"), "T2.emergency: no sentence"),
    "no example": (lambda rule: rule.update(examples=[]), "T2: no example says unknown"),
    "an example of another level": (
        lambda rule: rule["examples"].append({"given": {}, "says": "watch"}),
        "T2: an example says watch, which the rule cannot",
    ),
    "a contradicted example": (
        lambda rule: rule["examples"].append({"given": {"temperature": "36.6 Cel"}, "says": "emergency"}),
        "T2.examples[3]: says emergency and is contradicted: the rule says no",
    ),
    "an example that is no diary": (
        lambda rule: rule["examples"].append({"given": {"temperature": "99.9 Cel"}, "says": "no"}),
        "T2.examples[3]: is no diary",
    ),
    "the same sentence twice": (
        lambda rule: rule.update(watch={**rule["emergency"], "recheck": "1 h"}, recheck_kinds=["temperature"]),
        "T2: two levels say the same sentence",
    ),
    "a watch without a recheck": (
        lambda rule: rule.update(watch={"when": rule["emergency"]["when"], "says": "…"}),
        "T2.watch: watch needs a recheck",
    ),
    "a recheck of nothing": (lambda rule: rule["emergency"].update(recheck="1 h"), "T2: a recheck needs recheck_kinds"),
    "unknown advice": (lambda rule: rule.update(add=["dance"]), "T2.emergency: unknown advice “dance”"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_named(name: str) -> None:
    change, sentence = BAD_ROWS[name]
    assert any(sentence in fault for fault in bad(lambda files: change(files["01-temperature.toml"]["rule"]["T2"])))


def test_all_faults_are_named_at_once() -> None:
    def change(files: dict[str, Any]) -> None:
        level(files, when={"reading": "glucose", "above": 3})
        files["01-temperature.toml"]["rule"]["T1"].pop("source")

    faults = bad(change)
    assert "T1: no source" in faults
    assert "T2.emergency.when.reading: unknown reading “glucose”" in faults


def test_an_id_cannot_stand_twice() -> None:
    def change(files: dict[str, Any]) -> None:
        files["07-medicines.toml"]["rule"]["T1"] = copy.deepcopy(files["01-temperature.toml"]["rule"]["T1"])

    assert "T1: stands twice" in bad(change)


def test_a_file_of_rules_has_a_title() -> None:
    assert "07-medicines.toml: a file with rules needs an area and a title" in bad(
        lambda files: files["07-medicines.toml"].pop("title")
    )


def test_a_condition_cannot_name_itself_by_any_way() -> None:
    def change(files: dict[str, Any]) -> None:
        files["00-vocabulary.toml"]["named"]["one"] = {"any": ["two", {"sign": ["tired"]}]}
        files["00-vocabulary.toml"]["named"]["two"] = {"all": ["one", "one"]}

    assert {"named.one: names itself", "named.two: names itself"} <= set(bad(change))


def test_a_condition_may_be_named_twice_on_the_way_round() -> None:
    def change(files: dict[str, Any]) -> None:
        named = files["00-vocabulary.toml"]["named"]
        named["one"] = {"any": ["two", "two", {"sign": ["tired"]}]}
        named["two"] = {"any": ["three", {"sign": ["tired"]}]}
        named["three"] = {"any": ["two", {"sign": ["tired"]}]}

    faults = bad(change)
    assert "named.two: names itself" in faults
    assert "named.one: names itself" not in faults


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


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[rule", encoding="utf-8")
    with pytest.raises(TableError, match="broken"):
        read_files(tmp_path)


def test_it_does_not_start_with_a_table_that_was_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = copy.deepcopy(load_table().data)
    changed["version"] = "0.0.1"
    monkeypatch.setattr(load_table(), "data", changed)
    with pytest.raises(TableError, match="run “diary rules --compile”"):
        check_table()
