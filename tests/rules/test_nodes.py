"""What a condition reads, needs and leaves to the patient, seen from its data alone."""

from typing import Any

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
