"""Judging: one check-in against the whole table, 2,000 diaries through ``diary assess``, and a cold start on one.

Targets: about 300 µs for a check-in over a window of 100 readings, at most 1.5 times that over 7,000; 2,000 diaries in
at most 30 times, and one diary in at most 3 times, what ``python -c pass`` takes. Runs are interleaved, and the figures
are medians of the same run.
"""

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from diary.domain.vocabulary import SIGN_IDS
from diary.rules import Timeline, judge, load_table

ROOT = Path(__file__).parents[1]
VIGNETTES = ROOT / "tests" / "rules" / "vignettes.json"
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
READINGS_A_CHECK_IN = 7


def main() -> None:
    """Print every figure."""
    _judging()
    _commands()


def _diary(readings: int) -> dict[str, Any]:
    """A full check-in every 6 hours, all asked and mostly well, until there are so many readings."""
    check_ins = [_check_in(number) for number in range(readings // READINGS_A_CHECK_IN)]
    return {
        "format": "symptom-diary/1",
        "patient": {"born_on": "1966-01-01", "time_zone": "UTC"},
        "care_plan": {
            "profile": "standard",
            "infusions": [{"on": "2026-02-27"}],
            "baseline": {
                "systolic_mmhg": 124,
                "oxygen_saturation_percent": 97,
                "pulse_per_minute": 72,
                "neuro_score": 10,
            },
        },
        "doses": [],
        "check_ins": check_ins,
    }


def _check_in(number: int) -> dict[str, Any]:
    return {
        "at": (START + timedelta(hours=6 * number)).isoformat(),
        "by": "patient",
        "temperature": {"value": f"36.{number % 9}", "unit": "Cel"},
        "blood_pressure": {"systolic": 120 + number % 7, "diastolic": 75},
        "pulse": {"value": 80 + number % 9},
        "oxygen_saturation": {"value": 97},
        "respiratory_rate": {"value": 16},
        "neuro_check": {"score": 10},
        "signs_absent": sorted(SIGN_IDS),
        "doses_absent": ["antipyretic", "nsaid"],
    }


def _judging() -> None:
    table = load_table()
    diaries = {size: Timeline(_diary(size)) for size in (100, 7000)}
    moments = {size: timeline.time_of(timeline.times[-1]) for size, timeline in diaries.items()}
    tasks = {size: lambda size=size: judge(table, diaries[size], moments[size]) for size in diaries}
    took = _interleaved(tasks, rounds=300)
    for size, seconds in took.items():
        print(f"one check-in over {size:>5} readings: {seconds * 1e6:6.0f} µs")
    print(f"7,000 against 100 readings: {took[7000] / took[100]:.2f} times (target: at most 1.5)")
    read = _interleaved({size: lambda size=size: Timeline(_diary(size)) for size in (100,)}, rounds=50)
    print(f"putting a window of 100 readings in order of time first: {read[100] * 1e6:.0f} µs")


def _commands() -> None:
    # What is installed is compiled; so it is here, even where the environment asks Python to write no bytecode.
    compileall.compile_dir(ROOT / "diary", quiet=2)
    vignettes = json.loads(VIGNETTES.read_text(encoding="utf-8"))
    lines = [json.dumps(vignette["diary"]) for vignette in vignettes]
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder, "many.jsonl"), Path(folder, "one.jsonl")
        many.write_text("\n".join((lines * 14)[:2000]), encoding="utf-8")
        one.write_text(lines[0], encoding="utf-8")
        commands = {
            "python -c pass": ["-c", "pass"],
            "one diary": ["-m", "diary", "assess", str(one)],
            "2,000 diaries": ["-m", "diary", "assess", str(many)],
        }
        for name, flags in (("as installed", ()), ("without site packages (-S)", ("-S",))):
            tasks = {what: _runs(*flags, *arguments) for what, arguments in commands.items()}
            took = _interleaved(tasks, rounds=11)
            bare = took["python -c pass"]
            print(f"\n{name}: python -c pass {bare * 1e3:.1f} ms")
            for what, target in (("one diary", 3), ("2,000 diaries", 30)):
                times = took[what] / bare
                print(f"{what:<14} {took[what] * 1e3:7.1f} ms, {times:5.1f} times (target: at most {target})")


def _runs(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def _interleaved(tasks: dict[Any, Callable[[], object]], rounds: int) -> dict[Any, float]:
    """The median seconds of each task, run in turn."""
    took: dict[Any, list[float]] = {key: [] for key in tasks}
    for _ in range(rounds):
        for key, task in tasks.items():
            began = time.perf_counter()
            task()
            took[key].append(time.perf_counter() - began)
    return {key: statistics.median(times) for key, times in took.items()}


if __name__ == "__main__":
    main()
