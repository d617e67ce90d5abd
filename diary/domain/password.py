"""What makes a password too easy to guess. No rules of composition: they make passwords worse."""

import unicodedata
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 128
RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)
"""Neighbours in the alphabet and on a keyboard."""


class Weakness(Enum):
    """Why a password will not do."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    COMMON = "common"
    SIMPLE = "simple"


def weakness(password: str) -> Weakness | None:
    """Why a password will not do, or ``None``. Upper and lower case are the same to somebody who guesses."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    if plain in _common():
        return Weakness.COMMON
    return Weakness.SIMPLE if _is_repeated(plain) or _is_a_run(plain) else None


@cache
def _common() -> frozenset[str]:
    return frozenset(files("diary.domain").joinpath("data/common-passwords.txt").read_text("utf-8").splitlines())


def _is_repeated(text: str) -> bool:
    """Whether a few characters come again and again: aaaaaaaaaaaa, 123123123123, passwordpassword."""
    return any(text.startswith(text[length:]) for length in range(1, len(text) // 2 + 1))


def _is_a_run(text: str) -> bool:
    """Whether neighbours follow each other, forwards or back, with at most three other characters: 1234567890ab."""
    followed = {pair for run in RUNS for pair in pairwise(run)}
    followed |= {(after, before) for before, after in followed}
    return sum(pair not in followed for pair in pairwise(text)) <= 3
