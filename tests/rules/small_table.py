"""A table of three rules, so small that a person can say what it compiles to, and what is wrong once it is spoilt."""

import tomllib
from typing import Any

from diary.rules.schema import TableError, compile_table

_SHARED = """
version = "2.0.0"
together = "2 h"
again_within = "24 h"

[urgency]
emergency = { name = "Emergency", do = ["Call for help."] }
call = { name = "Call", do = ["Ring your team."] }
today = { name = "Today", do = ["Tell your team."] }
watch = { name = "Watch", do = ["Measure again."] }

[advice]
lie_down = "Lie down."
drink = "Drink."
rest = "Rest."

[about]
crs = "Cytokine release"
process = "What is late"

[reading]
temperature = { words = "temperature", unit = "Cel", missing = "temperature", baseline = "temperature_celsius" }
pulse = { words = "pulse", unit = "/min", missing = "pulse" }

[extra_sign]
broken = { words = "The meter is broken", missing = "oxygen" }

[missing]
temperature = "Temperature"

[sign_groups]
brain_and_nerves = ["thinking", "nerves"]

[medicine]
antipyretic = { words = "fever medicine", masks_for = "8 h" }
anti_seizure = { words = "anti-seizure medicine" }

[setting.call_temperature]
reading = "temperature"
standard = "38.0 Cel"
uk = "37.5 Cel"
floor = "37.0 Cel"
ceiling = "100.4 [degF]"

[limit]
child_fast_pulse = { years = [190, 140] }

[group]
heat = ["T1"]

[overdue]
check_in = { words = "a check-in is late by", unit = "time" }

[named]
adult = { patient = "age", at_least = 18 }
fever = { reading = "temperature", at_least = "38.0 Cel" }
"""

_FEVER = """
area = "temperature"
title = "Temperature"
add = ["lie_down"]

[rule.T1]
about = ["crs"]
source = "A study"
letter = "A/J"
add = ["drink"]
keeps_open = "C1"
recheck_kinds = ["temperature"]
recheck_can_wait = true
call.when.all = ["adult", "fever", { patient = "age", at_most = 80 }]
call.says = "You have a fever."
call.says_caregiver = "They have a fever."
call.add = ["rest"]
watch.when.all = [{ reading = "temperature", at_least = "37.5 Cel" }, { patient = "age", at_most = 80 }]
watch.says = "You are warm."
watch.recheck = "15 min"
watch.add = ["rest"]
examples = [
  { given = { temperature = "38.0 Cel" }, says = "call" },
  { given = { temperature = "37.9 Cel" }, says = "watch" },
  { given = { temperature = "37.4 Cel" }, says = "no" },
  { given = {}, says = "unknown" },
]

[same_as.T2]
rule = "T1"
why = "A fever is a fever."
"""

_LATE = """
area = "process"
title = "What is late"

[rule.C1]
about = ["process"]
source = "Judgement"
letter = "J"
watch.when = { overdue = "check_in", above = "2 h" }
watch.says = "Time for your check."
examples = [
  { given = { overdue = { check_in = "3 h" } }, says = "watch" },
  { given = { overdue = { check_in = "2 h" } }, says = "no" },
  { given = {}, says = "unknown" },
]

[rule.A1]
about = ["crs", "process"]
source = "Judgement"
letter = "P"
never_unknown = true
emergency.when = { sign = ["tired"] }
emergency.says = "You are tired."
also_emergency.when = { flags = "today", within = "3 d" }
also_emergency.says = "Two things at once."
examples = [
  { given = { signs = ["tired"] }, says = "emergency" },
  { given = { absent = ["tired"] }, says = "no" },
]
"""


def files() -> dict[str, dict[str, Any]]:
    """The files of the small table, fit to be spoilt."""
    return {name: tomllib.loads(text) for name, text in (("0.toml", _SHARED), ("1.toml", _FEVER), ("2.toml", _LATE))}


def faults(spoilt: dict[str, dict[str, Any]]) -> list[str]:
    """What is wrong with files, in the order in which it is found; nothing when they are compiled."""
    try:
        compile_table(spoilt.items())
    except TableError as refused:
        return [f"{path}: {sentence}" for path, sentence in refused.faults]
    return []
