"""A condition as plain data: how it is read from the table, and what it reads, needs and leaves to the patient."""

from typing import Any

import pytest

from diary.domain.degrees import CELSIUS, FAHRENHEIT
from diary.domain.vocabulary import SIGN_IDS
from diary.rules.language import ConditionReader, seconds
from diary.rules.nodes import all_parts, needs, of_patient, parts, reads, uses_setting

READINGS: dict[str, Any] = {"pulse": {"also": {"reading": "moving", "when": "counts"}}, "systolic": {}, "diastolic": {}}
ADULT = {"op": "age", "bounds": [["at_least", 18]]}
PAIN = {"op": "sign", "ids": ["pain"]}
FAINT = {"op": "sign", "ids": ["faint"]}
LOW = {"op": "reading", "kind": "systolic", "bounds": [["below", 90]]}
NAMED: dict[str, Any] = {
    "counts": PAIN,
    "adult": ADULT,
    "ill": {"op": "any", "of": [{"op": "named", "name": "counts"}, FAINT]},
    "ill_adult": {"op": "all", "of": [{"op": "named", "name": "adult"}, FAINT]},
}


def named(name: str) -> dict[str, Any]:
    return {"op": "named", "name": name}


def test_parts_are_the_node_and_all_inside_it_and_all_parts_follow_names() -> None:
    without = {"op": "dose", "kinds": ["tea"], "without": LOW}
    node = {"op": "all", "of": [named("ill"), without]}
    assert list(parts(node)) == [node, named("ill"), without, LOW]
    assert list(all_parts(node, NAMED)) == [
        node,
        named("ill"),
        NAMED["ill"],
        named("counts"),
        PAIN,
        FAINT,
        without,
        LOW,
    ]


def test_it_reads_every_fact_that_can_matter() -> None:
    assert reads(LOW, NAMED, READINGS) == {"systolic"}
    assert reads({**LOW, "again": {"kind": "diastolic"}}, NAMED, READINGS) == {"systolic", "diastolic"}
    assert reads({**LOW, "again": {}}, NAMED, READINGS) == {"systolic"}
    assert reads({"op": "reading", "kind": "pulse", "bounds": []}, NAMED, READINGS) == {"pulse", "moving", "pain"}
    assert reads({"op": "dose", "kinds": ["tea", "any"]}, NAMED, READINGS) == {"dose:tea", "dose:any"}
    assert reads({"op": "any", "of": [named("ill"), ADULT]}, NAMED, READINGS) == {"pain", "faint"}


def test_all_needs_something_of_each_part_and_any_something_of_one() -> None:
    assert needs({"op": "all", "of": [LOW, named("ill"), ADULT]}, NAMED, READINGS) == [{"systolic"}, {"pain", "faint"}]
    assert needs({"op": "any", "of": [LOW, named("ill")]}, NAMED, READINGS) == [{"systolic", "pain", "faint"}]
    assert needs({"op": "any", "of": [LOW, ADULT]}, NAMED, READINGS) is None
    assert needs({"op": "all", "of": [ADULT]}, NAMED, READINGS) is None
    assert needs(ADULT, NAMED, READINGS) is None


def test_what_the_patient_alone_decides_is_left_of_it() -> None:
    assert of_patient(LOW, NAMED) is None
    assert of_patient({"op": "all", "of": [LOW, ADULT]}, NAMED) == ADULT
    assert of_patient({"op": "any", "of": [LOW, ADULT]}, NAMED) is None
    assert of_patient(named("adult"), NAMED) == named("adult")
    assert of_patient(named("ill"), NAMED) is None
    assert of_patient(named("ill_adult"), NAMED) == named("adult")
    child = {"op": "age", "bounds": [["below", 18]]}
    both = {"op": "any", "of": [{"op": "all", "of": [ADULT, LOW]}, {"op": "all", "of": [child, LOW]}]}
    assert of_patient(both, NAMED) == {"op": "any", "of": [ADULT, child]}
    assert of_patient({"op": "all", "of": [ADULT, ADULT, LOW]}, NAMED) == ADULT


def test_a_setting_is_seen_wherever_it_stands() -> None:
    assert uses_setting({"op": "all", "of": [LOW, {**LOW, "bounds": [["above", {"setting": "x"}]]}]})
    assert not uses_setting({"op": "all", "of": [LOW, {**LOW, "bounds": [["above", {"limit": "x"}]]}]})


# How a condition of the table becomes that data.

VOCABULARY: dict[str, Any] = {
    "reading": {
        "temperature": {"unit": "Cel", "baseline": "temperature_celsius"},
        "systolic": {"unit": "mmHg", "baseline": "systolic_mmhg"},
        "breaths": {"unit": "/min"},
        "pulse": {"unit": "/min", "also": {"reading": "moving", "when": "counts"}},
    },
    "limit": {"low": {}},
    "setting": {"call": {}},
    "overdue": {"reply": {"unit": "time"}, "missed": {"unit": "count"}},
    "extra_sign": {"no_number": {}},
}
NOTHING: dict[str, Any] = {"op": "any", "of": []}
"""A condition that is no, whatever is known."""


def read(condition: object) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The data of a condition that stands at ``when``, and its faults."""
    reader = ConditionReader(VOCABULARY, ["adult", "counts"])
    node = reader.read(condition, "when")
    return node, reader.faults


def bounds(condition: dict[str, Any]) -> Any:
    node, faults = read(condition)
    assert faults == []
    return node["bounds"]


def test_a_duration_is_a_whole_number_a_space_and_a_unit() -> None:
    assert [seconds(text) for text in ("15 min", "24 h", "14 d", "0 h", "-1 min")] == [900, 86_400, 1_209_600, 0, -60]
    for text in ("", "15", "min", " min", "15min", "15  min", "15 min ", "15 weeks", "1.5 h", "5- h", "² h", 15, None):
        assert seconds(text) is None, text


CONDITIONS: list[tuple[Any, dict[str, Any]]] = [
    ("adult", {"op": "named", "name": "adult"}),
    (
        {"all": ["adult", {"any": ["counts", {"sign": ["tired"]}]}]},
        {
            "op": "all",
            "of": [
                {"op": "named", "name": "adult"},
                {"op": "any", "of": [{"op": "named", "name": "counts"}, {"op": "sign", "ids": ["tired"]}]},
            ],
        },
    ),
    (
        {"reading": "systolic", "below": 90, "within": "2 h", "usual": 120, "again": {"after": "15 min"}},
        {
            "op": "reading",
            "kind": "systolic",
            "bounds": [["below", 90]],
            "within": 7200,
            "usual": 120,
            "again": {"after": 900},
        },
    ),
    (
        {"reading": "systolic", "below": 90, "again": {"reading": "breaths", "above": 20, "within": "1 d"}},
        {
            "op": "reading",
            "kind": "systolic",
            "bounds": [["below", 90]],
            "again": {"kind": "breaths", "bounds": [["above", 20]], "within": 86_400},
        },
    ),
    (
        {"reading": "systolic", "below": 90, "again": {"reading": "systolic", "below": 100}},
        {
            "op": "reading",
            "kind": "systolic",
            "bounds": [["below", 90]],
            "again": {"bounds": [["below", 100]]},
        },
    ),
    ({"sign": ["tired", "no_number"]}, {"op": "sign", "ids": ["tired", "no_number"]}),
    (
        {"sign": "any", "except": ["tired"], "within": "24 h"},
        {"op": "sign", "ids": sorted(SIGN_IDS - {"tired"}), "within": 86_400},
    ),
    ({"sign": "any"}, {"op": "sign", "ids": sorted(SIGN_IDS)}),
    (
        {"dose": ["steroid", "nsaid"], "status": ["taken", "stopped"], "within": "8 h"},
        {"op": "dose", "kinds": ["steroid", "nsaid"], "statuses": ["taken", "stopped"], "within": 28_800},
    ),
    (
        {
            "dose": "any",
            "status": ["taken"],
            "within": "2 h",
            "reason": "felt_hot",
            "agreed_with_team": False,
            "unless_agreed": True,
            "first_dose": True,
            "without_reading_before": {"reading": "breaths", "above": 20},
        },
        {
            "op": "dose",
            "kinds": ["any"],
            "statuses": ["taken"],
            "within": 7200,
            "reason": "felt_hot",
            "agreed": False,
            "unless_agreed": True,
            "first_dose": True,
            "without": {"op": "reading", "kind": "breaths", "bounds": [["above", 20]]},
        },
    ),
    ({"patient": "age", "at_least": 12, "below": 18}, {"op": "age", "bounds": [["at_least", 12], ["below", 18]]}),
    (
        {"patient": "treatment_day", "at_most": 30, "default": 0},
        {"op": "treatment_day", "bounds": [["at_most", 30]], "default": 0},
    ),
    ({"patient": "profile", "is": "uk"}, {"op": "profile", "is": "uk"}),
    ({"baseline": "systolic", "missing": False}, {"op": "usual", "kind": "systolic", "missing": False}),
    ({"baseline": "systolic", "above": 100}, {"op": "usual", "kind": "systolic", "bounds": [["above", 100]]}),
    (
        {"baseline": "temperature", "above": "36.5 Cel"},
        {"op": "usual", "kind": "temperature", "bounds": [["above", CELSIUS * 73 // 2]]},
    ),
    (
        {"overdue": "reply", "at_least": "1 h", "below": "2 h"},
        {"op": "overdue", "what": "reply", "bounds": [["at_least", 3600], ["below", 7200]]},
    ),
    ({"overdue": "missed", "above": 1}, {"op": "overdue", "what": "missed", "bounds": [["above", 1]]}),
    ({"flags": "today", "within": "24 h"}, {"op": "flags", "urgency": "today", "within": 86_400}),
]


@pytest.mark.parametrize(("condition", "node"), CONDITIONS, ids=str)
def test_a_condition_of_the_table_becomes_plain_data(condition: Any, node: dict[str, Any]) -> None:
    assert read(condition) == (node, [])


def test_bounds_stand_in_one_order_however_the_row_gives_them() -> None:
    words = ["at_least", "above", "at_most", "below", "drop_at_least", "drop_at_least_percent", "rise_at_least"]
    given = {word: number for number, word in enumerate(words)}
    in_order = [[word, number] for number, word in enumerate(words)]
    assert bounds({"reading": "systolic", **dict(reversed(given.items()))}) == in_order


def test_a_temperature_is_read_in_its_unit_and_a_difference_has_no_freezing_point() -> None:
    for text, number in (("38.0 Cel", 38 * CELSIUS), ("32 [degF]", 0), ("50 [degF]", 18 * FAHRENHEIT)):
        assert bounds({"reading": "temperature", "at_least": text}) == [["at_least", number]]
    for text, number in (("1.0 Cel", CELSIUS), ("2 [degF]", 2 * FAHRENHEIT)):
        for word in ("drop_at_least", "rise_at_least"):
            assert bounds({"reading": "temperature", word: text}) == [[word, number]]
    assert bounds({"reading": "temperature", "drop_at_least_percent": 5}) == [["drop_at_least_percent", 5]]


def test_a_bound_may_be_a_limit_or_a_setting() -> None:
    def below(number: dict[str, Any]) -> Any:
        return bounds({"reading": "systolic", "below": number})[0][1]

    assert below({"setting": "call"}) == {"setting": "call"}
    assert below({"limit": "low"}) == {"limit": "low"}
    assert below({"limit": "low", "plus": 10}) == {"limit": "low", "plus": 10}
    for times, halves in (("1.5", 3), (1.5, 3), (2, 4), ("2.0", 4), ("0.5", 1)):
        assert below({"limit": "low", "times": times}) == {"limit": "low", "times": [halves, 2]}


UNIT_MISSING = "unit missing: a temperature names one of Cel, [degF]"
NO_DURATION = "is no duration such as 15 min, 24 h or 14 d"
STATUSES = "must list some of taken, missed, stopped"

UNREADABLE: list[tuple[Any, list[tuple[str, str]]]] = [
    ("hot", [("when", "no condition is named “hot”")]),
    (7, [("when", "is no condition")]),
    (
        {"sign": ["tired"], "flags": "today"},
        [
            (
                "when",
                "must have exactly one of reading, sign, dose, patient, baseline, overdue, flags, all, any",
            )
        ],
    ),
    ({"reading": "mood", "above": 1}, [("when.reading", "unknown reading “mood”")]),
    ({"baseline": "mood", "above": 1}, [("when.baseline", "“mood” has no usual value")]),
    ({"baseline": "breaths", "above": 1}, [("when.baseline", "“breaths” has no usual value")]),
    ({"overdue": "lunch", "above": "1 h"}, [("when.overdue", "unknown “lunch”")]),
]
"""Conditions of which nothing can be made."""


@pytest.mark.parametrize(("condition", "faults"), UNREADABLE, ids=str)
def test_an_unreadable_condition_is_named_and_stands_as_no(condition: Any, faults: list[tuple[str, str]]) -> None:
    assert read(condition) == (NOTHING, faults)


BAD_PARTS: list[tuple[Any, list[tuple[str, str]]]] = [
    (
        {"all": ["hot", {"any": ["adult", 7]}]},
        [("when.all[0]", "no condition is named “hot”"), ("when.all[1].any[1]", "is no condition")],
    ),
    (
        {"sign": ["happy"], "above": 1, "is": "uk"},
        [
            ("when.above", "does not belong to “sign”"),
            ("when.is", "does not belong to “sign”"),
            ("when.sign", "unknown sign “happy”"),
        ],
    ),
    ({"sign": "any", "except": ["happy"]}, [("when.sign", "unknown sign “happy”")]),
    ({"sign": ["tired"], "within": "soon"}, [("when.within", f"“soon” {NO_DURATION}")]),
    ({"reading": "systolic"}, [("when", "a reading needs a bound")]),
    ({"reading": "systolic", "below": "90"}, [("when.below", "must be a whole number")]),
    ({"reading": "systolic", "below": True}, [("when.below", "must be a whole number")]),
    ({"reading": "systolic", "below": 90, "within": "soon"}, [("when.within", f"“soon” {NO_DURATION}")]),
    (
        {"reading": "pulse", "above": 100, "within": "2 h"},
        [("when.within", "pulse has a second kind and is only judged as it is now")],
    ),
    (
        {"reading": "breaths", "rise_at_least": 5},
        [("when.rise_at_least", "breaths has no usual value to be compared with")],
    ),
    (
        {"reading": "systolic", "drop_at_least": {"limit": "low"}},
        [("when.drop_at_least", "must be a whole number")],
    ),
    ({"reading": "temperature", "above": 38}, [("when.above", UNIT_MISSING)]),
    ({"reading": "temperature", "above": "38 degrees Cel"}, [("when.above", UNIT_MISSING)]),
    ({"reading": "temperature", "above": "warm Cel"}, [("when.above", "“warm” is no decimal")]),
    (
        {"reading": "temperature", "drop_at_least_percent": "5 Cel"},
        [("when.drop_at_least_percent", "must be a whole number")],
    ),
    ({"reading": "systolic", "below": {"setting": "mood"}}, [("when.below", "unknown setting “mood”")]),
    ({"reading": "systolic", "below": {"limit": "sky"}}, [("when.below", "unknown limit “sky”")]),
    ({"reading": "systolic", "below": {"plus": 1}}, [("when.below", "unknown limit “None”")]),
    *(
        (
            {"reading": "systolic", "below": {"limit": "low", "times": times}},
            [("when.below", "times must be a whole number or a half")],
        )
        for times in ("1.3", "1.05", ".5", "twice", "²")
    ),
    (
        {"reading": "systolic", "below": 90, "again": {"reading": "mood", "above": 1}},
        [("when.again.reading", "unknown reading “mood”")],
    ),
    (
        {"reading": "systolic", "below": 90, "again": {"reading": "breaths", "within": "soon"}},
        [("when.again.within", f"“soon” {NO_DURATION}"), ("when.again", "another reading needs its own bound")],
    ),
    (
        {"reading": "systolic", "below": 90, "again": {"reading": "breaths", "rise_at_least": "5"}},
        [
            ("when.again.rise_at_least", "breaths has no usual value to be compared with"),
            ("when.again.rise_at_least", "must be a whole number"),
        ],
    ),
    (
        {"dose": ["steroid", "tea"], "status": ["taken"], "within": "2 h", "reason": "bored"},
        [("when.dose", "unknown medicine “tea”"), ("when.reason", "unknown reason “bored”")],
    ),
    ({"dose": "any", "within": "2 h"}, [("when.status", STATUSES)]),
    ({"dose": "any", "status": ["taken", "lost"], "within": "2 h"}, [("when.status", STATUSES)]),
    ({"dose": "any", "status": ["taken"]}, [("when.within", f"“None” {NO_DURATION}")]),
    (
        {"dose": "any", "status": ["taken"], "within": "2 h", "unless_agreed": False, "first_dose": False},
        [
            ("when.unless_agreed", "must be true, or left out"),
            ("when.first_dose", "must be true, or left out"),
        ],
    ),
    (
        {"dose": "any", "status": ["taken"], "within": "2 h", "without_reading_before": "hot"},
        [("when.without_reading_before", "no condition is named “hot”")],
    ),
    ({"patient": "profile", "is": "mars"}, [("when.is", "must be one of standard, uk")]),
    ({"patient": "profile"}, [("when.is", "must be one of standard, uk")]),
    ({"patient": "height", "above": 2}, [("when.patient", "unknown “height”: age, treatment_day or profile")]),
    ({"patient": "age", "above": {"limit": "low"}}, [("when.above", "must be a whole number")]),
    ({"baseline": "systolic", "above": {"limit": "low"}}, [("when.above", "must be a whole number")]),
    ({"baseline": "temperature", "above": 36}, [("when.above", UNIT_MISSING)]),
    ({"overdue": "reply", "above": 1}, [("when.above", f"“1” {NO_DURATION}")]),
    ({"overdue": "missed", "above": "1 h"}, [("when.above", "must be a whole number")]),
    ({"flags": "today"}, [("when.within", f"“None” {NO_DURATION}")]),
    ({"flags": "call", "within": "24 h"}, [("when.flags", "only flags of urgency today are counted")]),
    *(
        ({atom: what}, [("when", "needs a bound")])
        for atom, what in (("patient", "age"), ("baseline", "systolic"), ("overdue", "reply"))
    ),
]


@pytest.mark.parametrize(("condition", "faults"), BAD_PARTS, ids=str)
def test_every_bad_part_of_a_condition_is_named_with_its_place(condition: Any, faults: list[tuple[str, str]]) -> None:
    assert read(condition)[1] == faults


def test_a_number_or_a_duration_that_cannot_be_read_stands_as_0() -> None:
    for kind in ("systolic", "temperature"):
        node, _ = read({"reading": kind, "below": "low", "within": "soon"})
        assert node == {"op": "reading", "kind": kind, "bounds": [["below", 0]], "within": 0}
