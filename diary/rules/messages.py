"""Collects every sentence of the rule table for translation: an extractor that Babel runs over its TOML files.

In a Babel mapping: ``[extractors] rules = diary.rules.messages:extract`` and ``[rules: **/rules/table/*.toml]``.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Final

WORDED: Final = ("says", "says_caregiver", "words", "name", "title")
"""The keys whose value a person reads."""


def extract(
    fileobj: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Every sentence of one TOML file with the line it stands on, in Babel's form."""
    text = fileobj.read().decode()
    lines = text.splitlines()
    for sentence, comment in dict.fromkeys(sentences(tomllib.loads(text))):
        found = (number for number, line in enumerate(lines, start=1) if sentence in line)
        yield next(found, 1), "", sentence, [comment] if comment else []


def sentences(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every sentence in the data of a TOML file, each with a comment for the translator."""
    for name, rule in data.get("rule", {}).items():
        yield from _worded(rule, f"Rule {name}")
    for name in data.get("named", {}):
        yield name.replace("_", " "), "The name of a condition of the rule table"
    for table in ("advice", "about", "missing"):
        for sentence in data.get(table, {}).values():
            yield sentence, ""
    for urgency in data.get("urgency", {}).values():
        for sentence in urgency["do"]:
            yield sentence, ""
    yield from _worded({key: value for key, value in data.items() if key != "rule"}, "")


def _worded(data: Mapping[str, Any], comment: str) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if key in WORDED and isinstance(value, str):
            yield value, comment
        elif isinstance(value, dict):
            yield from _worded(value, comment)
