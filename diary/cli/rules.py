"""Print the rule table for a clinician's review, check it, compile it, or reassess past entries."""

import json
import sys
from collections.abc import Iterator

from diary.rules.describe import LevelWords, describe, describe_named
from diary.rules.explain import Reader
from diary.rules.schema import TableError, check_table, compile_table
from diary.rules.table import FILE, Rule, RuleTable, load_table

USAGE = "usage: diary rules [--format table|json|markdown] | --check | --compile | reassess"

SIGN_OFF = """\
## Sign-off

The rules above were read against their sources, and are accepted for use with patients as they stand.

| | Name | Role | Date | Signature |
|---|---|---|---|---|
| Clinician | | | | |
| Pharmacist | | | | |
"""


def main(arguments: list[str]) -> int:
    """Print, check or compile the table; 2 when it is faulty or the arguments are."""
    try:
        if arguments == ["--compile"]:
            write_compiled(compile_table())
        elif arguments == ["--check"]:
            check_table()
        elif arguments == ["reassess"]:
            # It alone needs the database; a clinician who prints the table does not wait for it to load.
            from diary.cli import _reassess

            return _reassess.main()
        else:
            shown = {"table": _as_table, "json": _as_json, "markdown": _as_markdown}[_format(arguments)]
            for line in shown(load_table()):
                print(line)
    except TableError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyError:
        print(USAGE, file=sys.stderr)
        return 2
    return 0


def write_compiled(data: dict[str, object]) -> None:
    """Write the plain data that the evaluators read, beside the TOML files."""
    with open(FILE, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


def _format(arguments: list[str]) -> str:
    if not arguments:
        return "table"
    name, _, value = arguments[0].partition("=")
    rest = [value] if value else arguments[1:]
    return rest[0] if name == "--format" and len(rest) == 1 else ""


def _as_json(table: RuleTable) -> Iterator[str]:
    yield json.dumps(table.data, ensure_ascii=False, indent=1)


def _as_table(table: RuleTable) -> Iterator[str]:
    yield f"Rules {table.version}"
    for rule, levels in _described(table):
        yield f"\n{rule.id}  {', '.join(rule.about)}  [{rule.letter}]  {rule.source}"
        for level in levels:
            yield f"  {level.urgency.word:<9} {level.when}"
            yield f"            “{level.says}”" + (f" Check again after {level.recheck}." if level.recheck else "")


def _as_markdown(table: RuleTable) -> Iterator[str]:
    yield f"# The rule table, version {table.version}\n"
    yield "What a finding means is written in the urgency's own words; every threshold below is read off the table.\n"
    for area in table.data["areas"]:
        yield f"## {area['title']}\n"
        yield "| id | urgency | when | says | source |\n|---|---|---|---|---|"
        for rule, levels in _described(table):
            if rule.area == area["id"]:
                for level in levels:
                    says = level.says + (f" (again after {level.recheck})" if level.recheck else "")
                    cells = (rule.id, level.urgency.word, level.when, says, f"{rule.source} [{rule.letter}]")
                    yield f"| {' | '.join(cells)} |"
        yield ""
    yield "## Words with a meaning of their own\n"
    for name, meaning in describe_named(table, Reader()):
        yield f"- **{name}**: {meaning}"
    yield ""
    yield SIGN_OFF


def _described(table: RuleTable) -> Iterator[tuple[Rule, tuple[LevelWords, ...]]]:
    for rule in table.rules:
        yield rule, describe(rule, table, Reader())
