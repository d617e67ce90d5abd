"""Judge diary files by the rules, with no database and no server."""

from __future__ import annotations

import json
import sys

from diary.domain.diary_format import DiaryFileError, check_diary
from diary.domain.diary_stream import read_stream
from diary.rules import load_table
from diary.rules.explain import Reader, because
from diary.rules.judging import assess_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from diary.rules import Assessment, Finding, RuleTable

    Show = Callable[[dict[str, Any], Assessment, RuleTable], str]

USAGE = "usage: diary assess [--format json|table] FILE…   (- reads standard input)"
PLACEHOLDERS = {"name": "The patient", "emergency_number": "999 / 112 / 911"}
"""What the sentences name where a diary file knows no name and no country."""


def main(arguments: list[str]) -> int:
    """Judge the diaries of the files named; 0 when every one could be read, else 2."""
    try:
        files, show = _options(arguments)
    except ValueError as error:
        print(f"{error}\n{USAGE}", file=sys.stderr)
        return 2
    table = load_table()
    status = 0
    for file in files:
        try:
            data = sys.stdin.buffer.read() if file == "-" else _read(file)
        except OSError as error:
            print(f"{file}: cannot be read: {error.strerror}", file=sys.stderr)
            status = 2
            continue
        for number, read in enumerate(read_stream(data), start=1):
            try:
                if isinstance(read, DiaryFileError):
                    raise read
                diary = check_diary(read)
            except DiaryFileError as error:
                status = 2
                print(_faults(error, file, number, read), file=sys.stderr)
            else:
                shown = show(diary, assess_file(table, diary), table)
                # Half a character in a name must not stop the diaries after it.
                sys.stdout.write(shown.encode(errors="backslashreplace").decode() + "\n")
    return status


def _options(arguments: list[str]) -> tuple[list[str], Show]:
    shows = {"json": _as_json, "table": _as_table}
    files, show = [], _as_json
    rest = iter(arguments)
    for argument in rest:
        name, _, value = argument.partition("=")
        if name == "--format":
            chosen = value or next(rest, "")
            if chosen not in shows:
                raise ValueError(f"--format must be one of {', '.join(shows)}, not “{chosen}”")
            show = shows[chosen]
        elif argument.startswith("-") and argument != "-":
            raise ValueError(f"unknown option {argument}")
        else:
            files.append(argument)
    if not files:
        raise ValueError("name at least one file")
    return files, show


def _read(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()


def _faults(error: DiaryFileError, file: str, number: int, read: object) -> str:
    """Every fault on a line of its own, after the file, the diary's place in it, its id and the path."""
    called = read.get("id") if isinstance(read, dict) else None
    place = f"{file}, diary {number}" + (f" ({called})" if isinstance(called, str) else "")
    return "\n".join(
        f"{place}: {path}: {sentence}" if path else f"{place}: {sentence}" for path, sentence in error.faults
    )


def _as_json(diary: dict[str, Any], assessment: Assessment, table: RuleTable) -> str:
    flags = [
        {
            "rule": finding.rule,
            "urgency": finding.urgency.word,
            "about": finding.about[0],
            "at": finding.at.isoformat(),
            "says": finding.says % PLACEHOLDERS if "%" in finding.says else finding.says,
            "because": _because(diary, finding, table),
        }
        for finding in assessment.findings
    ]
    return json.dumps(
        {
            "id": diary.get("id"),
            "urgency": assessment.urgency.word,
            "rules_version": table.version,
            "flags": flags,
            "unknown": assessment.unknown,
        }
    )


def _as_table(diary: dict[str, Any], assessment: Assessment, table: RuleTable) -> str:
    lines = [f"{diary.get('id') or 'diary'}: {assessment.urgency.word} (rules {table.version})"]
    for finding in assessment.findings:
        says = finding.says % PLACEHOLDERS
        lines.append(f"  {finding.urgency.word:<9} {finding.rule:<4} {finding.at.isoformat()}  {says}")
        lines += [f"            because: {words}" for words in _because(diary, finding, table)]
    if not assessment.findings:
        lines.append("  No warning sign found in what was logged.")
    if assessment.unknown:
        lines.append(f"  not known: {' '.join(assessment.unknown)}")
    return "\n".join(lines)


def _because(diary: dict[str, Any], finding: Finding, table: RuleTable) -> list[str]:
    return because(finding, table, Reader(diary["patient"]["time_zone"], finding.at))
