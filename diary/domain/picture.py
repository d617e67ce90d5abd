"""Pictures: handwriting samples, and clock drawings where somebody wants to keep them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

LARGEST_IN: Final = 8 * 1024 * 1024
"""How many bytes a picture may have when it is sent."""

LARGEST_KEPT: Final = 200 * 1000
"""How many bytes a picture may have when it is kept."""

SIGN: Final = "handwriting_changed"
"""The sign that answers "does it look different?" (rule N7). Only people answer it: the diary judges no picture."""


class PictureKind(StrEnum):
    """What a picture shows."""

    SENTENCE = "sentence"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPicture:
    """A picture that is to be kept, with its bytes. ``sentence`` is what was to be written."""

    id: str
    kind: PictureKind
    at: datetime
    jpeg: bytes
    sentence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that is kept, without its bytes: what it shows, when it was made, and who kept it.

    ``answers`` are who answered, and whether it looked different to them.
    """

    id: str
    kind: PictureKind
    at: datetime
    author: str
    sentence: str | None = None
    withdrawn_by: str | None = None
    answers: tuple[tuple[str, bool], ...] = ()
