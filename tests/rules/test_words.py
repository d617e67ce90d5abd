"""Reasons and conditions in words, made from the data; and every sentence collected for translation."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from diary.domain.diary_file import parse
from diary.domain.timestamp import microseconds
from diary.rules import Reason, Timeline, assess, judge_overdue, load_table
from diary.rules.describe import condition_words, describe, describe_named, duration_words
from diary.rules.evaluator import findings_at
from diary.rules.examples import NOW, example_diary
from diary.rules.explain import Reader, because, reason_words
from diary.rules.messages import extract
from diary.rules.moment import Moment
from diary.rules.schema import FOLDER, compile_table
from diary.rules.values import reason

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
    assert reason_words(late[0].reasons[0], TABLE, Reader()) == "a recheck of a reading is late by 7200"


def test_times_are_on_the_patients_clock() -> None:
    reader = Reader("America/New_York")
    assert reader.time(datetime(2026, 3, 14, 8, tzinfo=UTC)) == "04:00"


class Kelvin(Reader):
    """A reader of another language who thinks in another unit."""

    def translate(self, sentence: str) -> str:
        return sentence.upper()

    def number(self, decimal: str, unit: str) -> str:
        return f"{decimal} K"


def test_a_page_says_it_in_its_readers_way() -> None:
    reading = reason("reading", "temperature", NOW, value="38.4", unit="Cel")
    shouted = reason_words(reading, TABLE, _Shout())
    assert shouted == "TEMPERATURE 38.4 K at 08:00, "


class _Shout(Kelvin):
    def translate(self, sentence: str) -> str:
        return sentence if "%(" in sentence else sentence.upper()


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_every_level_of_every_rule_can_be_said(rule: Any) -> None:
    for level in describe(rule, TABLE, Reader()):
        assert level.when
        assert "%(" not in level.when
        assert level.says
        assert level.do


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
    assert (call.uses_setting, watch.uses_setting) == (True, False)
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
            "ibuprofen, aspirin or a similar medicine taken in the last 14 days, not agreed with the team",
        ),
        ({"op": "profile", "is": "standard"}, "the standard number set"),
        ({"op": "usual", "kind": "systolic", "missing": False}, "a usual systolic is set"),
        ({"op": "usual", "kind": "systolic", "missing": True}, "no usual systolic is set"),
        ({"op": "usual", "kind": "pulse", "bounds": [["above", 60]]}, "usual pulse above 60 /min"),
        ({"op": "treatment_day", "bounds": [["at_most", 30]]}, "treatment day 30 or lower"),
        (
            {"op": "overdue", "what": "missed_check_ins", "bounds": [["at_least", 2]]},
            "check-ins missed in a row 2 or higher",
        ),
        (
            {"op": "overdue", "what": "reply", "bounds": [["at_least", 1200]]},
            "nobody answered the message of C2 for 20 minutes or higher",
        ),
        ({"op": "any", "of": []}, ""),
        (
            {"op": "reading", "kind": "systolic", "bounds": [["below", 90]], "again": {"after": 900}},
            "systolic below 90 mmHg, and an earlier one too, from 15 minutes to 24 hours before",
        ),
        (
            {"op": "reading", "kind": "systolic", "bounds": [["below", 90]], "again": {}},
            "systolic below 90 mmHg, and an earlier one too, up to 24 hours before",
        ),
    ],
)
def test_each_atom_can_be_said(node: dict[str, Any], words: str) -> None:
    assert condition_words(node, TABLE, Reader()) == words


def test_m3_is_said_with_what_silences_it() -> None:
    assert describe(TABLE.rule("M3"), TABLE, Reader())[0].when == (
        "fever medicine taken in the last 2 hours, because of feeling hot, with no temperature below 37.5 °C in the "
        "2 hours before it"
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 minutes"),
        (900, "15 minutes"),
        (3600, "1 hour"),
        (5400, "90 minutes"),
        (259_200, "72 hours"),
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
