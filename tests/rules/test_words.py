"""Reasons and conditions in words, made from the data; and every sentence collected for translation."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from diary.domain import degrees
from diary.domain.diary_file import parse
from diary.domain.timestamp import microseconds
from diary.domain.vocabulary import SIGN_IDS
from diary.rules import Reason, Timeline, assess, judge_overdue, load_table
from diary.rules.describe import condition_words, describe, describe_named
from diary.rules.evaluator import findings_at
from diary.rules.examples import NOW, example_diary
from diary.rules.explain import Reader, because, duration_words, phrases, reason_words
from diary.rules.messages import extract
from diary.rules.moment import Moment
from diary.rules.schema import FOLDER, compile_table
from diary.rules.values import Comparison, reason

TABLE = load_table()


def reasons_for(rule: str, **given: Any) -> list[str]:
    """The words for a rule's reasons in an example."""
    moment = Moment(TABLE, Timeline(example_diary(given)), microseconds(NOW))
    finding = next(finding for finding in findings_at(moment) if finding.rule == rule)
    return because(finding, TABLE, Reader("UTC", finding.at))


def test_a_reading_is_said_with_what_it_was_compared_with() -> None:
    assert reasons_for("B1", systolic=89) == ["systolic 89 mmHg at 08:00, 90 or lower"]
    assert reasons_for("T3", temperature="99.5 [degF]") == ["temperature 99.5 °F at 08:00, 99.5 or higher, below 100.4"]
    assert reasons_for("O2", oxygen_saturation=88) == ["oxygen 88% at 08:00, below 90"]
    assert reasons_for("N17", capd_score=9) == ["CAPD score 9 at 08:00, 9 or higher"]


def test_a_change_is_said_with_the_usual_value() -> None:
    assert reasons_for("B5", systolic=98, baseline={"systolic_mmhg": 130}) == [
        "systolic 98 mmHg at 08:00, 100 or lower, 32 below the usual 130",
    ]
    assert reasons_for("T8", temperature="37.2 Cel", baseline={"temperature_celsius": "36.0"}) == [
        "temperature 37.2 °C at 08:00, 37.0 or higher, below 37.5, 1.2 above the usual 36.0"
    ]
    assert reasons_for("T8", temperature="99.0 [degF]", baseline={"temperature_celsius": "36.0"}) == [
        "temperature 99.0 °F at 08:00, 98.6 or higher, below 99.5, 2.2 above the usual 96.8"
    ]


def test_a_limit_by_age_is_said_with_the_age() -> None:
    assert reasons_for("B11", age=5, systolic=79) == ["systolic 79 mmHg at 08:00, below 80 at the age of 5"]
    assert reasons_for("R5", age=1, respiratory_rate=56)[0] == "breaths 56 /min at 08:00, above 55.5 at the age of 1"


def test_signs_and_doses_are_said_with_their_time_and_another_day_with_its_date() -> None:
    stopped = [{"ago": "14 h", "medicine": "steroid", "status": "stopped"}]
    said = reasons_for("T5", temperature="37.6 Cel", doses=stopped)
    assert said[1] == "steroid stopped at 18:00 on 2026-03-13"
    assert reasons_for("N1", signs=["seizure"]) == ["A fit (seizure), or staring and not answering, at 08:00"]
    first = [{"ago": "1 h", "medicine": "co-trimoxazole", "first_dose": True}]
    assert "co-trimoxazole taken at 07:00" in reasons_for("S14", signs=["mild_rash"], day=40, doses=first)


def test_flags_and_lateness_are_said_too() -> None:
    assert reasons_for("A1", signs=["mild_rash"], respiratory_rate=22) == ["R3, raised at 08:00", "S6, raised at 08:00"]
    record = parse(example_diary({}))
    late = judge_overdue(TABLE, record, NOW + timedelta(hours=3), {"recheck": timedelta(hours=2)})
    assert [finding.rule for finding in late] == ["C4"]
    assert late[0].at == NOW + timedelta(hours=3)
    assert reason_words(late[0].reasons[0], TABLE, Reader()) == "a recheck of a reading is late by 2 hours"
    missed = reason("overdue", "missed_check_ins", None, value="2")
    assert reason_words(missed, TABLE, Reader()) == "check-ins missed in a row 2"


def test_times_are_on_the_patients_clock() -> None:
    reader = Reader("America/New_York")
    assert reader.time(datetime(2026, 3, 14, 8, tzinfo=UTC)) == "04:00"
    in_the_evening = Reader("America/New_York", at=datetime(2026, 3, 14, 2, tzinfo=UTC))
    assert in_the_evening.time(datetime(2026, 3, 14, 1, 5, tzinfo=UTC)) == "21:05"
    assert in_the_evening.time(datetime(2026, 3, 13, 1, 5, tzinfo=UTC)) == "21:05 on 2026-03-12"


class Elsewhere(Reader):
    """A reader whose language has other letters and other digits."""

    def translate(self, sentence: str) -> str:
        return "".join(part if part.startswith("%(") else _theirs(part) for part in re.split(r"(%\(\w+\)s)", sentence))

    def number(self, decimal: str, unit: str) -> str:
        return _theirs(super().number(decimal, unit))

    def time(self, at: datetime) -> str:
        return _theirs(super().time(at))


def _theirs(text: str) -> str:
    return text.upper().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_all_that_is_said_of_a_rule_is_in_the_readers_language(rule: Any) -> None:
    say = Elsewhere().translate
    for level, said, here in zip(
        rule.levels, describe(rule, TABLE, Elsewhere()), describe(rule, TABLE, Reader()), strict=True
    ):
        assert (said.urgency, here.urgency) == (level.urgency, level.urgency)
        assert (said.says, here.says) == (say(level.says), level.says)
        assert here.when
        assert said.when == _theirs(here.when)
        assert said.recheck == (here.recheck and _theirs(here.recheck))


def test_a_condition_with_a_name_is_said_in_the_readers_language() -> None:
    here = describe_named(TABLE, Reader())
    assert describe_named(TABLE, Elsewhere()) == tuple((_theirs(name), _theirs(words)) for name, words in here)
    assert [name.replace(" ", "_") for name, _ in here] == list(TABLE.data["named"])


def test_a_reason_is_said_in_the_readers_language() -> None:
    bound = Comparison(is_="below", threshold="X", unit="mmHg", usual=None, difference=None, age=None)
    for each in (
        reason("reading", "systolic", NOW, value="79", unit="mmHg", comparisons=(bound,)),
        reason("sign", "seizure", NOW),
        reason("dose", "steroid", NOW, status="stopped"),
        reason("flag", "R3", NOW),
        reason("overdue", "missed_check_ins", None, value="2"),
        reason("overdue", "recheck", None, value="7200"),
    ):
        theirs = reason_words(each, TABLE, Elsewhere()).replace("R3", "R٣")
        assert theirs == _theirs(reason_words(each, TABLE, Reader()))


def test_what_a_phone_fills_in_is_what_is_said_here() -> None:
    said: Any = phrases(Elsewhere())
    compared = said["compared"]["below"] % {"threshold": "80"}
    aged = said["at_age"] % {"comparison": compared, "age": 5}
    bound = Comparison(is_="below", threshold="80", unit="mmHg", usual=None, difference=None, age=5)
    systolic = reason("reading", "systolic", NOW, value="79", unit="mmHg", comparisons=(bound,))
    facts = {"words": "SYSTOLIC", "value": "٧٩ MMHG", "time": "٠٨:٠٠", "comparisons": aged}
    filled = {
        said["reading"] % facts: systolic,
        said["sign"] % {"words": "SHAKY HANDS", "time": "٠٨:٠٠"}: reason("sign", "tremor", NOW),
        said["flag"] % {"rule": "R3", "time": "٠٨:٠٠"}: reason("flag", "R3", NOW),
    }
    for status in ("taken", "missed", "stopped"):
        dose = said["doses"][status] % {"medicine": "STEROID", "time": "٠٨:٠٠"}
        filled[dose] = reason("dose", "steroid", NOW, status=status)
    assert [reason_words(each, TABLE, Elsewhere()) for each in filled.values()] == list(filled)


def test_a_condition_is_said_as_its_data_stand() -> None:
    assert [level.when for level in describe(TABLE.rule("H3"), TABLE, Reader())] == [
        "adult and (pulse 101 /min or higher and 110 /min or lower, and earlier pulse 101 /min or higher, "
        "from 1 hour to 24 hours before)",
        "adult and pulse 101 /min or higher and 110 /min or lower",
    ]
    call, watch = describe(TABLE.rule("T3"), TABLE, Reader())
    assert call.when == (
        "temperature the temperature that means call (38.0 °C; UK number set 37.5 °C; or the team's own) or higher "
        "and below 38.0 °C"
    )
    assert (call.recheck, watch.recheck) == (None, "1 hour")
    assert describe(TABLE.rule("B11"), TABLE, Reader())[1].recheck == "0 minutes"
    assert describe(TABLE.rule("B10"), TABLE, Reader())[1].when.count("and earlier") == 2


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (
            {"op": "dose", "kinds": ["any"], "statuses": ["taken", "missed"], "within": 7200, "first_dose": True},
            "any medicine taken or missed in the last 2 hours, for the first time",
        ),
        (
            {"op": "dose", "kinds": ["nsaid"], "statuses": ["taken"], "within": 1_209_600, "unless_agreed": True},
            "ibuprofen, aspirin or a similar medicine taken in the last 14 days, unless it was agreed with the team",
        ),
        (
            {"op": "dose", "kinds": ["steroid", "nsaid"], "statuses": ["taken"], "within": 7200, "agreed": True},
            "steroid or ibuprofen, aspirin or a similar medicine taken in the last 2 hours, agreed with the team",
        ),
        (
            {"op": "dose", "kinds": ["steroid"], "statuses": ["stopped"], "within": 3600, "agreed": False},
            "steroid stopped in the last 1 hour, not agreed with the team",
        ),
        ({"op": "profile", "is": "standard"}, "the standard number set"),
        ({"op": "profile", "is": "uk"}, "the UK number set"),
        ({"op": "usual", "kind": "systolic", "missing": False}, "a usual systolic is set"),
        ({"op": "usual", "kind": "systolic", "missing": True}, "no usual systolic is set"),
        ({"op": "usual", "kind": "pulse", "bounds": [["above", 60]]}, "usual pulse above 60 /min"),
        (
            {"op": "usual", "kind": "temperature", "bounds": [["at_least", degrees.fine("36.0", "Cel")]]},
            "usual temperature 36.0 °C or higher",
        ),
        ({"op": "age", "bounds": [["at_least", 12], ["below", 18]]}, "age 12 or higher and below 18"),
        ({"op": "treatment_day", "bounds": [["at_most", 30]]}, "treatment day 30 or lower"),
        (
            {"op": "treatment_day", "bounds": [["at_most", 30]], "default": 0},
            "treatment day 30 or lower (with no infusion yet, it counts as day 0)",
        ),
        (
            {"op": "overdue", "what": "missed_check_ins", "bounds": [["at_least", 2], ["at_most", 5]]},
            "check-ins missed in a row 2 or more and 5 or less",
        ),
        (
            {"op": "overdue", "what": "reply", "bounds": [["above", 1200], ["below", 3600]]},
            "nobody answered the message of C2 for more than 20 minutes and less than 1 hour",
        ),
        (
            {"op": "flags", "urgency": "today", "within": 86_400},
            "two signs to tell the team about today, of different kinds, in the last 24 hours",
        ),
        ({"op": "any", "of": []}, ""),
        ({"op": "sign", "ids": ["tremor"]}, "“Shaky hands”"),
        (
            {"op": "sign", "ids": ["tremor", "new_fall"], "within": 86_400},
            "“Shaky hands” or “A fall” in the last 24 hours",
        ),
        ({"op": "sign", "ids": sorted(SIGN_IDS)}, "any sign"),
        (
            {"op": "sign", "ids": sorted(SIGN_IDS - {"tremor"}), "within": 86_400},
            "any sign but these: Shaky hands in the last 24 hours",
        ),
        ({"op": "sign", "ids": ["oxygen_showed_no_number"]}, "“The oxygen meter showed no number”"),
    ],
)
def test_each_atom_can_be_said(node: dict[str, Any], words: str) -> None:
    assert condition_words(node, TABLE, Reader()) == words


def test_signs_are_said_by_those_that_are_left_out_only_where_these_are_fewer() -> None:
    signs = sorted(SIGN_IDS)
    half, more = ({"op": "sign", "ids": signs[: len(signs) // 2 + extra]} for extra in (0, 1))
    assert condition_words(half, TABLE, Reader()).count("” or “") == len(signs) // 2 - 1
    assert condition_words(more, TABLE, Reader()).startswith("any sign but these: ")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ([["below", 90]], "systolic below 90 mmHg"),
        ([["at_least", 90], ["at_most", 100]], "systolic 90 mmHg or higher and 100 mmHg or lower"),
        ([["above", 90], ["drop_at_least", 10]], "systolic above 90 mmHg and 10 mmHg or more below your usual"),
        ([["drop_at_least_percent", 20]], "systolic 20% or more below your usual"),
        ([["rise_at_least", 40]], "systolic 40 mmHg or more above your usual"),
        ([["below", {"limit": "child_low_systolic"}]], "systolic below the low limit for this age"),
        (
            [["at_most", {"limit": "child_low_systolic", "plus": 10}]],
            "systolic the low limit for this age plus 10 or lower",
        ),
        (
            [["above", {"limit": "child_low_systolic", "times": [3, 2]}]],
            "systolic above 1.5 times the low limit for this age",
        ),
    ],
)
def test_bounds_are_said_with_their_unit_and_limits_by_age_by_name(bounds: list[Any], words: str) -> None:
    assert condition_words({"op": "reading", "kind": "systolic", "bounds": bounds}, TABLE, Reader()) == words


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ([["at_least", degrees.fine("38.0", "Cel")]], "temperature 38.0 °C or higher"),
        ([["below", degrees.fine("38.0", "Cel")]], "temperature below 38.0 °C"),
        ([["drop_at_least", degrees.fine_difference("1.5", "Cel")]], "temperature 1.5 °C or more below your usual"),
        ([["rise_at_least", degrees.fine_difference("1.0", "Cel")]], "temperature 1.0 °C or more above your usual"),
        ([["drop_at_least_percent", 3]], "temperature 3% or more below your usual"),
        (
            [["below", {"setting": "call_temperature"}]],
            "temperature below the temperature that means call (38.0 °C; UK number set 37.5 °C; or the team's own)",
        ),
    ],
)
def test_a_temperature_is_said_in_degrees_and_so_is_a_difference(bounds: list[Any], words: str) -> None:
    assert condition_words({"op": "reading", "kind": "temperature", "bounds": bounds}, TABLE, Reader()) == words


class InFahrenheit(Reader):
    """A reader who measures in Fahrenheit."""

    def number(self, decimal: str, unit: str) -> str:
        return f"{degrees.words(degrees.fine(decimal, unit), '[degF]')} °F"

    def difference(self, decimal: str, unit: str) -> str:
        return f"{degrees.words_of_difference(degrees.fine_difference(decimal, unit), '[degF]')} °F"


def test_a_difference_is_turned_into_another_unit_as_a_difference() -> None:
    (watch,) = describe(TABLE.rule("T8"), TABLE, InFahrenheit())
    assert watch.when == "temperature 98.6 °F or higher and below 99.5 °F and 1.8 °F or more above your usual"


@pytest.mark.parametrize(
    ("again", "words"),
    [
        ({}, "and an earlier one too, up to 24 hours before"),
        ({"within": 7200}, "and an earlier one too, up to 2 hours before"),
        ({"after": 900}, "and an earlier one too, from 15 minutes to 24 hours before"),
        ({"after": 900, "within": 7200}, "and an earlier one too, from 15 minutes to 2 hours before"),
        ({"bounds": [["below", 100]]}, "and earlier systolic below 100 mmHg, up to 24 hours before"),
        (
            {"kind": "pulse", "bounds": [["above", 90]], "after": 900, "within": 7200},
            "and earlier pulse above 90 /min, from 15 minutes to 2 hours before",
        ),
    ],
)
def test_an_earlier_reading_is_said_with_its_window(again: dict[str, Any], words: str) -> None:
    node = {"op": "reading", "kind": "systolic", "bounds": [["below", 90]], "again": again}
    assert condition_words(node, TABLE, Reader()) == f"systolic below 90 mmHg, {words}"


def test_a_window_and_a_usual_that_is_taken_are_said_before_the_earlier_reading() -> None:
    node = {"op": "reading", "kind": "pulse", "bounds": [["rise_at_least", 9]], "usual": 60, "within": 86_400}
    said = "pulse 9 /min or more above your usual (a usual of 60 /min where none is set) in the last 24 hours"
    assert condition_words(node, TABLE, Reader()) == said
    assert condition_words({**node, "again": {}}, TABLE, Reader()) == (
        f"{said}, and an earlier one too, up to 24 hours before"
    )


PULSE: Any = {"op": "reading", "kind": "pulse", "bounds": [["above", 90]]}
PULSE_BAND: Any = {"op": "reading", "kind": "pulse", "bounds": [["above", 90], ["below", 99]]}
TWO_SIGNS: Any = {"op": "sign", "ids": ["tremor", "new_fall"]}
STEROID: Any = {"op": "dose", "kinds": ["steroid"], "statuses": ["taken"], "within": 7200}
ADULT, FEVER_OR_MASKED = {"op": "named", "name": "adult"}, {"op": "named", "name": "fever_or_masked"}


@pytest.mark.parametrize(
    ("part", "beside_and", "beside_or"),
    [
        (PULSE, "pulse above 90 /min", "pulse above 90 /min"),
        (PULSE_BAND, "pulse above 90 /min and below 99 /min", "(pulse above 90 /min and below 99 /min)"),
        (
            {**PULSE, "again": {}},
            "(pulse above 90 /min, and an earlier one too, up to 24 hours before)",
            "(pulse above 90 /min, and an earlier one too, up to 24 hours before)",
        ),
        ({"op": "sign", "ids": ["tremor"]}, "“Shaky hands”", "“Shaky hands”"),
        (TWO_SIGNS, "(“Shaky hands” or “A fall”)", "“Shaky hands” or “A fall”"),
        (FEVER_OR_MASKED, "(fever or masked)", "fever or masked"),
        (STEROID, "steroid taken in the last 2 hours", "steroid taken in the last 2 hours"),
        (
            {**STEROID, "kinds": ["steroid", "tocilizumab"]},
            "(steroid or tocilizumab taken in the last 2 hours)",
            "steroid or tocilizumab taken in the last 2 hours",
        ),
        (
            {**STEROID, "statuses": ["taken", "missed"]},
            "(steroid taken or missed in the last 2 hours)",
            "steroid taken or missed in the last 2 hours",
        ),
        ({"op": "all", "of": [ADULT, PULSE]}, "adult and pulse above 90 /min", "(adult and pulse above 90 /min)"),
        ({"op": "any", "of": [ADULT, PULSE]}, "(adult or pulse above 90 /min)", "adult or pulse above 90 /min"),
        ({"op": "all", "of": [ADULT]}, "adult", "adult"),
        ({"op": "any", "of": [ADULT]}, "adult", "adult"),
    ],
)
def test_what_could_be_misread_beside_and_or_or_stands_in_brackets(part: Any, beside_and: str, beside_or: str) -> None:
    child = {"op": "named", "name": "child"}
    for op, beside in (("all", f"and {beside_and}"), ("any", f"or {beside_or}")):
        assert condition_words({"op": op, "of": [child, part]}, TABLE, Reader()) == f"child {beside}"


def test_m3_is_said_with_what_silences_it() -> None:
    assert describe(TABLE.rule("M3"), TABLE, Reader())[0].when == (
        "fever medicine taken in the last 2 hours, because of feeling hot, with no temperature below 37.5 °C in the "
        "2 hours before it"
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 minutes"),
        (59, "0 minutes"),
        (60, "1 minute"),
        (900, "15 minutes"),
        (3600, "1 hour"),
        (5400, "90 minutes"),
        (7200, "2 hours"),
        (86_400, "24 hours"),
        (259_200, "72 hours"),
        (262_800, "73 hours"),
        (345_600, "4 days"),
        (1_209_600, "14 days"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_whole_unit(seconds: int, words: str) -> None:
    assert duration_words(seconds, Reader()) == words


def test_every_condition_with_a_name_has_a_meaning() -> None:
    meanings = dict(describe_named(TABLE, Reader()))
    assert meanings["fever"] == (
        "temperature 38.0 °C or higher in the last 24 hours or “Shaking chills” in the last 24 hours"
    )
    assert meanings["any symptom"] == "any sign but these: Feeling a little sick, Tired"


def test_a_reason_survives_being_kept_beside_a_flag() -> None:
    diary = example_diary(
        {"age": 5, "systolic": 79, "signs": ["fainted"], "doses": [{"ago": "1 h", "medicine": "nsaid"}]}
    )
    reasons = {each for finding in assess(TABLE, Timeline(diary)).findings for each in finding.reasons}
    reasons |= {reason("overdue", "recheck", None, value="60"), reason("reading", "pulse", NOW, is_earlier=True)}
    for each in reasons:
        assert Reason.from_json(each.to_json()) == each
        assert each != each.to_json()
        assert "Reason(at=" in repr(each)


def test_a_value_never_changes() -> None:
    kept = reason("sign", "seizure", NOW)
    with pytest.raises(AttributeError, match="Reason is frozen"):
        kept.kind = "tremor"


FILE = """
title = "Température"
[rule.T1]
source = "ASTCT 2019"
call.says = "You have a fever."
call.says_caregiver = "%(name)s has a fever."
call.recheck = "1 h"
[rule.T2]
call.says = "You have a fever."
watch.says = "Said twice."
also_watch.says = "Said twice."
[named]
any_symptom = { sign = "any" }
masked = { sign = ["tired"] }
[urgency.call]
name = "Call your team now"
do = ["Ring.", "Do not wait."]
[advice]
cpr = "Start CPR."
[about]
title = "Fever"
[missing]
pulse = "Pulse"
[reading.pulse]
words = "beats"
unit = "/min"
[limit.low]
words = "A \\"low\\" limit"
source = "PALS"
"""


def test_every_sentence_of_a_file_is_collected_with_its_line_and_what_it_is() -> None:
    named = "The name of a condition of the rule table"
    assert list(extract(BytesIO(FILE.encode()), (), (), {})) == [
        (5, "", "You have a fever.", ["Rule T1"]),
        (6, "", "%(name)s has a fever.", ["Rule T1"]),
        (5, "", "You have a fever.", ["Rule T2"]),
        (10, "", "Said twice.", ["Rule T2"]),
        (1, "", "any symptom", [named]),
        (14, "", "masked", [named]),
        (19, "", "Start CPR.", []),
        (21, "", "Fever", []),
        (23, "", "Pulse", []),
        (17, "", "Ring.", []),
        (17, "", "Do not wait.", []),
        (2, "", "Température", []),
        (16, "", "Call your team now", []),
        (25, "", "beats", []),
        (1, "", 'A "low" limit', []),
    ]


def test_every_sentence_of_the_table_is_collected() -> None:
    collected = {
        sentence
        for path in FOLDER.glob("*.toml")
        for _, _, sentence, _ in extract(BytesIO(path.read_bytes()), (), (), {})
    }
    data = compile_table()
    wanted = {
        level[key]
        for rule in data["rules"]
        for level in rule["levels"]
        for key in ("says", "says_caregiver")
        if key in level
    }
    wanted |= {sentence for urgency in data["urgencies"].values() for sentence in [urgency["name"], *urgency["do"]]}
    wanted |= {*data["advice"].values(), *data["about"].values(), *data["missing"].values()}
    wanted |= {
        each["words"]
        for key in ("readings", "medicines", "settings", "limits", "overdue")
        for each in data[key].values()
    }
    wanted |= {area["title"] for area in data["areas"]} | {name.replace("_", " ") for name in data["named"]}
    assert wanted <= collected
