"""Reads a stream of diaries: a JSON array, one object a line, or one object over several lines.

Stricter than JSON readers usually are: a key that stands twice, NaN and Infinity are faults, and a number with a
fraction stays the text it was written in.
"""

from __future__ import annotations

import json

from diary.domain.checks import NumberText, Twice
from diary.domain.diary_format import DiaryFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON; a key that stands twice keeps a mark that the check of the format then refuses."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                found[key] = Twice()
            seen.add(key)
    return found


_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_float=NumberText, parse_constant=NumberText)


def read_stream(data: bytes) -> Iterator[object]:
    """Each diary of a stream, as JSON or, where a part of the stream is no JSON, as the :class:`DiaryFileError`."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.lstrip()[:1] == b"[":
        yield from _elements(data)
        return
    lines = [line for line in data.split(b"\n") if line.strip()]
    if lines and isinstance(_read_bytes(lines[0]), DiaryFileError):
        whole = _read_bytes(data)
        if not isinstance(whole, DiaryFileError):
            yield whole
            return
    if not lines:
        yield DiaryFileError([("", "is empty")])
    for line in lines:
        yield _read_bytes(line)


def _elements(data: bytes) -> Iterator[object]:
    """Each diary of an array; where one of them cannot be read, the fault, and each diary before it."""
    whole = _read_bytes(data)
    if isinstance(whole, list):
        yield from whole
        return
    try:
        text = data.decode()
        place = text.index("[") + 1
        while True:
            place += len(text[place:]) - len(text[place:].lstrip(" \t\r\n,"))
            diary, place = _decoder.raw_decode(text, place)
            yield diary
    except (ValueError, RecursionError):
        yield whole


def _read_bytes(data: bytes) -> object:
    try:
        return read_json(data.decode())
    except UnicodeDecodeError as error:
        return DiaryFileError([("", f"is not UTF-8 text (byte {error.start + 1})")])


def read_json(text: str) -> object:
    """The JSON value of ``text``, or the fault that it has as a :class:`DiaryFileError`."""
    try:
        return _decoder.decode(text)
    except json.JSONDecodeError as error:
        return DiaryFileError([("", f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})")])
    except (ValueError, RecursionError):
        return DiaryFileError([("", "is not JSON that can be read: a number is too long or it is nested too deep")])
