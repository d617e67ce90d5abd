"""The names that people use for medicines, and the kind that the rules know each by: ``medicines.toml``, read once."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

SEDATIVE: Final = "sedative"
"""A kind that no rule reads: what is taken for sleep, pain, allergy or sickness (evidence 5.7, M6)."""


class Known(NamedTuple):
    """What the catalogue knows of a name: its kind, and the substance that is in it."""

    kind: str
    substance: str


def look_up(name: str) -> Known | None:
    """What is known of a name as it was typed, with strength and form around it; ``None`` for an unknown one.

    Of a name that holds several known ones the kind that stands first in the catalogue counts: that which can hide a
    fever stands before all others.
    """
    typed = f" {_plain(name)} "
    outside = _catalogue()["outside"]
    is_outside = any(f" {word} " in typed for word in outside["words"])
    found = (
        known
        for words, known in _names().items()
        if f" {words} " in typed and not (is_outside and known.kind in outside["kinds"])
    )
    order = list(dict.fromkeys(known.kind for known in _names().values()))
    return min(found, key=lambda known: order.index(known.kind), default=None)


@cache
def known_names() -> tuple[str, ...]:
    """Every name, to be offered while somebody types."""
    kinds = [of for kind, of in _catalogue().items() if kind != "outside"]
    names = {name for of in kinds for names in of.values() for name in names}
    substances = {substance.replace("_", "-").capitalize() for of in kinds for substance in of}
    return tuple(sorted(names | substances, key=str.casefold))


@cache
def _catalogue() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("medicines.toml").read_text("utf-8"))


@cache
def _names() -> dict[str, Known]:
    return {
        _plain(name): Known(kind, substance)
        for kind, substances in _catalogue().items()
        if kind != "outside"
        for substance, names in substances.items()
        for name in (substance, *names)
    }


def _plain(name: str) -> str:
    """A name without case, hyphens and signs: "Solu-Medrol®" and "solu medrol" are one."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))
