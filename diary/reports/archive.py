"""The download of everything: files that are written as they are read, so that a long diary needs no more memory."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from diary.domain.neuro_check import NeuroCheck

Json = dict[str, Any]
File = tuple[str, Iterable[bytes]]
"""A file's name in the archive, and its content part by part."""

READINGS: Final = {
    "temperature": ("temperature", "value"),
    "temperature_unit": ("temperature", "unit"),
    "temperature_site": ("temperature", "site"),
    "systolic_mmhg": ("blood_pressure", "systolic"),
    "diastolic_mmhg": ("blood_pressure", "diastolic"),
    "position": ("blood_pressure", "position"),
    "standing_systolic_mmhg": ("standing_blood_pressure", "systolic"),
    "standing_diastolic_mmhg": ("standing_blood_pressure", "diastolic"),
    "pulse_per_minute": ("pulse", "value"),
    "pulse_at_rest": ("pulse", "at_rest"),
    "oxygen_saturation_percent": ("oxygen_saturation", "value"),
    "oxygen_no_number": ("oxygen_saturation", "no_number"),
    "breaths_per_minute": ("respiratory_rate", "value"),
    "neuro_check_not_done": ("neuro_check", "not_done"),
    "capd_score": ("capd", "score"),
}
"""Columns of the readings' table, and where each stands in a check-in of the diary file."""


def zipped(files: Iterable[File], now: datetime) -> Iterator[bytes]:
    """The archive, part by part. ``now`` is its files' time."""
    out = _Outbox()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, parts in files:
            entry = ZipInfo(name, date_time=now.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            with archive.open(entry, "w") as file:
                for part in parts:
                    file.write(part)
                    yield from out.taken()
            yield from out.taken()
    yield from out.taken()


class _Outbox(io.RawIOBase):
    """Where the archive is written to: what lies in it is taken away again and again."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def taken(self) -> Iterator[bytes]:
        """What was written since the last time, if it is anything."""
        if self.parts:
            taken, self.parts = self.parts, []
            yield b"".join(taken)


def diary_file(head: Json, doses: Iterable[Json], check_ins: Iterable[Json]) -> Iterator[bytes]:
    """One diary in the format ``symptom-diary/1``. ``head`` is the diary without its entries."""
    text = json.dumps({key: value for key, value in head.items() if key not in ("doses", "check_ins")})
    yield text.removesuffix("}").encode()
    for key, entries in (("doses", doses), ("check_ins", check_ins)):
        yield f',\n"{key}": ['.encode()
        for number, entry in enumerate(entries):
            yield (",\n" if number else "\n").encode() + json.dumps(entry).encode()
        yield b"\n]"
    yield b"}\n"


def lines(entries: Iterable[Json]) -> Iterator[bytes]:
    """One JSON object a line."""
    return (json.dumps(entry).encode() + b"\n" for entry in entries)


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """A table as CSV, with a mark that tells a spreadsheet that it is UTF-8."""
    yield "\ufeff".encode()
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([_cell(row.get(column)) for column in columns])


def _csv_line(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _cell(value: object) -> object:
    """A spreadsheet takes text that begins like a formula for one, whoever wrote it; an apostrophe makes it text."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return f"'{value}"
    return value


def readings_of(check_in: Json) -> Json:
    """The readings and signs of a check-in of the diary file, by column."""
    values = {column: check_in.get(kind, {}).get(key) for column, (kind, key) in READINGS.items()}
    neuro = check_in.get("neuro_check")
    values["neuro_check_score"] = neuro and NeuroCheck(score=neuro.get("score"), items=neuro.get("items")).total
    for key in ("signs", "signs_absent", "doses_absent"):
        values[key] = " ".join(check_in.get(key, ()))
    return values
