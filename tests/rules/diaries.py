"""Invented diaries for property tests: small, and crowded around the table's numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from diary.domain.vocabulary import ANTI_CYTOKINE_NAMES, ITEM_POINTS, MEDICINE_KINDS, SIGN_IDS

Json = dict[str, Any]

START = datetime(2026, 3, 14, 8, tzinfo=UTC)
ZONES = ("UTC", "Europe/London", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu")

_minutes = st.sampled_from(
    [0, 5, 10, 15, 59, 60, 61, 119, 120, 121, 180, 480, 481, 1439, 1440, 1441, 4320, 10080, 20160]
)
_offsets = st.sampled_from(["+00:00", "+05:45", "-08:00"])


@st.composite
def times(draw: st.DrawFn) -> str:
    """A time in the weeks after the start, at the table's own distances, written in some offset."""
    at = START + timedelta(minutes=draw(_minutes) + draw(_minutes), seconds=draw(st.sampled_from([0, 0, 0, 1])))
    offset = draw(_offsets)
    hours, minutes = int(offset[1:3]), int(offset[4:])
    shift = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
    return f"{at.replace(tzinfo=None) + shift:%Y-%m-%dT%H:%M:%S}{offset}"


temperatures = st.one_of(
    st.sampled_from(
        [
            "34.9",
            "35.0",
            "35.1",
            "36.6",
            "36.9",
            "37.0",
            "37.4",
            "37.5",
            "37.8",
            "37.9",
            "37.99",
            "38.0",
            "38.4",
            "40.0",
        ]
    ).map(lambda value: {"value": value, "unit": "Cel"}),
    st.sampled_from(["95.0", "95.1", "98.6", "99.4", "99.5", "100.3", "100.4", "103.9", "104.0"]).map(
        lambda value: {"value": value, "unit": "[degF]"}
    ),
)
systolic = st.sampled_from(
    [60, 69, 72, 79, 80, 84, 88, 89, 90, 91, 96, 100, 101, 104, 120, 130, 150, 160, 179, 180, 220]
)
diastolic = st.sampled_from([30, 50, 56, 59])
pressures = st.fixed_dictionaries(
    {"systolic": systolic}, optional={"diastolic": diastolic, "position": st.sampled_from(["sitting", "lying"])}
)
high_pressures = st.fixed_dictionaries(
    {"systolic": st.sampled_from([181, 190]), "diastolic": st.sampled_from([119, 120])}
)
standing = st.fixed_dictionaries({"systolic": systolic}, optional={"diastolic": st.sampled_from([40, 49, 52, 56])})
pulses = st.fixed_dictionaries(
    {
        "value": st.sampled_from(
            [40, 41, 48, 50, 51, 59, 60, 92, 100, 101, 110, 111, 118, 119, 130, 131, 149, 150, 158, 160, 191]
        )
    },
    optional={"at_rest": st.booleans()},
)
oxygen = st.one_of(
    st.sampled_from([88, 89, 90, 91, 92, 93, 94, 95, 96, 98]).map(lambda value: {"value": value}),
    st.just({"value": None, "no_number": True}),
)
breaths = st.sampled_from([8, 9, 11, 12, 20, 21, 24, 25, 29, 30, 42, 43, 60]).map(lambda value: {"value": value})
neuro_checks = st.one_of(
    st.integers(0, 10).map(lambda score: {"score": score}),
    st.just({"not_done": "too_sleepy_or_confused"}),
    st.fixed_dictionaries(
        {}, optional={item: st.one_of(st.none(), st.integers(0, points)) for item, points in ITEM_POINTS.items()}
    ).map(lambda items: {"items": items}),
)
signs = st.lists(st.sampled_from(sorted(SIGN_IDS)), max_size=4, unique=True)
readings: dict[str, st.SearchStrategy[Json]] = {
    "temperature": temperatures,
    "blood_pressure": st.one_of(pressures, pressures, high_pressures),
    "standing_blood_pressure": standing,
    "pulse": pulses,
    "oxygen_saturation": oxygen,
    "respiratory_rate": breaths,
    "neuro_check": neuro_checks,
    "capd": st.sampled_from([0, 1, 4, 8, 9]).map(lambda score: {"score": score}),
}


@st.composite
def check_ins(draw: st.DrawFn) -> Json:
    """One check-in with a few of its parts."""
    chosen = draw(st.lists(st.sampled_from(sorted(readings)), max_size=4, unique=True))
    check_in = {"at": draw(times()), "by": draw(st.sampled_from(["patient", "caregiver"]))}
    check_in |= {key: draw(readings[key]) for key in chosen}
    check_in["signs"] = draw(signs)
    if draw(st.booleans()):
        absent = sorted(SIGN_IDS) if draw(st.booleans()) else draw(signs)
        check_in["signs_absent"] = [sign for sign in absent if sign not in check_in["signs"]]
    if draw(st.booleans()):
        check_in["doses_absent"] = draw(st.lists(st.sampled_from(MEDICINE_KINDS), max_size=7, unique=True))
    return check_in


doses = st.fixed_dictionaries(
    {
        "at": times(),
        "medicine": st.sampled_from([*MEDICINE_KINDS, *MEDICINE_KINDS, *ANTI_CYTOKINE_NAMES, "lorazepam"]),
        "status": st.sampled_from(["taken", "taken", "missed", "stopped"]),
    },
    optional={"reason": st.just("felt_hot"), "agreed_with_team": st.booleans(), "first_dose": st.booleans()},
)

care_plans = st.fixed_dictionaries(
    {
        "profile": st.sampled_from(["standard", "standard", "uk"]),
        "infusions": st.lists(
            st.sampled_from(["2026-02-01", "2026-03-12", "2026-03-14", "2026-03-15", "2026-03-20"]),
            max_size=2,
            unique=True,
        ).map(lambda days: [{"on": day} for day in days]),
        "baseline": st.fixed_dictionaries(
            {},
            optional={
                "systolic_mmhg": st.sampled_from([86, 94, 100, 101, 112, 130, 150]),
                "temperature_celsius": st.sampled_from(["35.9", "36.4"]),
                "oxygen_saturation_percent": st.sampled_from([91, 94, 95, 98]),
                "pulse_per_minute": st.sampled_from([60, 61, 72, 90]),
                "neuro_score": st.sampled_from([6, 8, 9, 10]),
                "capd_score": st.sampled_from([0, 3]),
            },
        ),
    },
    optional={"call_temperature_celsius": st.sampled_from(["37.5", "37.8", "38.0"])},
)

patients = st.fixed_dictionaries(
    {
        "born_on": st.sampled_from(
            [
                "1966-01-01",
                "1966-01-01",
                "2008-03-14",
                "2008-03-15",
                "2014-06-01",
                "2015-01-01",
                "2020-02-29",
                "2025-09-01",
            ]
        ),
        "time_zone": st.sampled_from(ZONES),
    }
)

diaries = st.fixed_dictionaries(
    {
        "format": st.just("symptom-diary/1"),
        "patient": patients,
        "care_plan": care_plans,
        "check_ins": st.lists(check_ins(), min_size=1, max_size=4),
        "doses": st.lists(doses, max_size=3),
    }
)
"""Whole diaries that the contract accepts."""
