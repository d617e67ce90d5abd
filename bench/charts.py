"""How long a 30-day picture with four panels takes, against a plain matplotlib script over the same diary.

Both draw the same readings and limits to SVG in this process, in turns, so that a busy machine slows both alike.
Prints medians and their ratio, which should be at most 0.5. Fails only if something is broken.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random
from statistics import median
from time import perf_counter

from diary.domain.check_in import CheckIn
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.record import PatientRecord
from diary.domain.treatment import CarePlan, Infusion, Patient
from diary.reports.charts import ChartRequest, Panel, PictureShelf, Thresholds, cache_key, draw_trends

ROUNDS = 21
DAYS = 30
CHECK_INS_A_DAY = 4
TARGET = 0.5

REQUEST = ChartRequest(
    panels=(Panel.TEMPERATURE, Panel.BLOOD_PRESSURE, Panel.PULSE, Panel.OXYGEN),
    thresholds=Thresholds(
        temperature_celsius=Decimal("38.0"), low_systolic_mmhg=90, fast_pulse_per_minute=110, low_oxygen_percent=92
    ),
    layout="wide",
)


def invented_record() -> PatientRecord:
    """Thirty invented days with a fever on days 3 to 6, the same in every run."""
    random = Random(30)  # noqa: S311
    start = datetime(2026, 3, 20, tzinfo=UTC)
    check_ins = []
    for number in range(DAYS * CHECK_INS_A_DAY):
        is_ill = 3 <= number // CHECK_INS_A_DAY <= 6
        systolic = random.randint(84, 105) if is_ill else random.randint(112, 132)
        degrees = random.randint(378, 396) if is_ill else random.randint(362, 371)
        check_ins.append(
            CheckIn(
                at=start + timedelta(hours=24 / CHECK_INS_A_DAY * number + 1, minutes=random.randint(0, 59)),
                by="patient",
                temperature=Temperature(Decimal(degrees) / 10, "Cel"),
                blood_pressure=BloodPressure(systolic, systolic - 45),
                pulse=Pulse(random.randint(96, 118) if is_ill else random.randint(66, 84)),
                oxygen_saturation=OxygenSaturation(random.randint(91, 95) if is_ill else random.randint(96, 99)),
            )
        )
    return PatientRecord(
        patient=Patient(None, "Europe/Berlin"),
        care_plan=CarePlan(profile="standard", infusions=(Infusion(date(2026, 3, 20)),)),
        check_ins=tuple(check_ins),
    )


def plain_script(record: PatientRecord) -> bytes:
    """What somebody writes who needs the same four panels once."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    start = datetime(2026, 3, 20, tzinfo=UTC)
    days = [(check_in.at - start) / timedelta(days=1) for check_in in record.check_ins]
    figure, axes = plt.subplots(4, figsize=(13, 11), sharex=True, layout="constrained")
    for axis, label, series, limit in (
        (axes[0], "Temperature (°C)", [[float(c.temperature.value) for c in record.check_ins if c.temperature]], 38.0),
        (
            axes[1],
            "Blood pressure (mmHg)",
            [
                [c.blood_pressure.systolic for c in record.check_ins if c.blood_pressure],
                [c.blood_pressure.diastolic for c in record.check_ins if c.blood_pressure],
            ],
            90,
        ),
        (axes[2], "Pulse", [[c.pulse.value for c in record.check_ins if c.pulse]], 110),
        (axes[3], "Oxygen (%)", [[c.oxygen_saturation.value for c in record.check_ins if c.oxygen_saturation]], 92),
    ):
        for values in series:
            axis.plot(days, values, marker="o")
        axis.axhline(limit, linestyle="--", color="red")
        axis.set_ylabel(label)
        axis.grid(True)
    axes[3].set_xlabel("Treatment day")
    file = BytesIO()
    figure.savefig(file, format="svg")
    plt.close(figure)
    return file.getvalue()


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def main() -> None:
    record, shelf = invented_record(), PictureShelf()
    start = perf_counter()
    shelf.picture(record, REQUEST)
    first = (perf_counter() - start) * 1000
    plain_script(record)
    works: dict[str, Callable[[], object]] = {
        "plain matplotlib script": lambda: plain_script(record),
        "draw_trends": lambda: draw_trends(record, REQUEST),
        "from the shelf": lambda: shelf.picture(record, REQUEST),
        "cache_key": lambda: cache_key(record, REQUEST),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(milliseconds(work))
    print(f"charts: {DAYS} days, {len(record.check_ins)} check-ins, 4 panels, median of {ROUNDS} rounds in turns")
    print(f"  {'first picture, importing matplotlib':36} {first:9.2f} ms")
    for name, taken in times.items():
        print(f"  {name:36} {median(taken):9.2f} ms   ({min(taken):.2f} to {max(taken):.2f})")
    ratios = [ours / plain for ours, plain in zip(times["draw_trends"], times["plain matplotlib script"], strict=True)]
    verdict = "met" if median(ratios) <= TARGET else "MISSED"
    print(f"  ratio draw_trends / plain script     {median(ratios):9.2f}      (target: at most {TARGET}, {verdict})")


if __name__ == "__main__":
    main()
