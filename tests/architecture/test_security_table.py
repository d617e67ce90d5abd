"""docs/security.md: every column says whether it is encrypted; every requirement has an answer."""

import re
from pathlib import Path

import pytest

import diary
from diary.models import Base
from diary.services.rotation import encrypted_columns

TEXT = (Path(diary.__file__).parent.parent / "docs" / "security.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("|")]
TABLES = {row[0]: [set(re.findall(r"\w+", cell)) for cell in row[1:]] for row in ROWS if len(row) == 3}
# ASVS 4.0.3: the sections, and the numbers of level 2 in each.
LEVEL_2 = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1 4 5", "1.5": "1-4", "1.6": "1-4", "1.7": "1 2", "1.8": "1 2", "1.9": "1 2",
    "1.10": "1", "1.11": "1 2", "1.12": "2", "1.14": "1-6", "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-5",
    "2.5": "1-7", "2.6": "1-3", "2.7": "1-6", "2.8": "1-7", "2.9": "1-3", "2.10": "1-4", "3.1": "1", "3.2": "1-4",
    "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1", "4.1": "1 2 3 5", "4.2": "1 2", "4.3": "1-3", "5.1": "1-5",
    "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4", "6.1": "1-3", "6.2": "1-6", "6.3": "1 2", "6.4": "1 2",
    "7.1": "1-4", "7.2": "1 2", "7.3": "1 3 4", "7.4": "1-3", "8.1": "1-4", "8.2": "1-3", "8.3": "1-8", "9.1": "1-3",
    "9.2": "1-4", "10.2": "1 2", "10.3": "1-3", "11.1": "1-8", "12.1": "1-3", "12.2": "1", "12.3": "1-6", "12.4": "1 2",
    "12.5": "1 2", "12.6": "1", "13.1": "1 3 4 5", "13.2": "1 2 3 5 6", "13.3": "1 2", "13.4": "1 2", "14.1": "1-4",
    "14.2": "1-6", "14.3": "2 3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip


def asked():
    for section, numbers in LEVEL_2.items():
        first, dash, last = numbers.partition("-")
        for number in range(int(first), int(last) + 1) if dash else numbers.split():
            yield f"{section}.{number}"


def answered():
    for numbers, *_ in ROWS:
        for first, last in re.findall(r"(\d+\.\d+\.\d+)(?: – (\d+\.\d+\.\d+))?", numbers):
            section, _, begin = first.rpartition(".")
            for number in range(int(begin), int((last or first).rpartition(".")[2]) + 1):
                yield f"{section}.{number}"


def is_id_or_moment(name):
    return name in ("id", "at") or name.endswith(("_id", "_at"))


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_it_says_of_every_column_whether_it_is_encrypted(table):
    hidden = {column.name for column in encrypted_columns().get(table, [])}
    shown = {column.name for column in table.columns if not is_id_or_moment(column.name)} - hidden
    encrypted, readable = TABLES[table.name]
    assert hidden <= encrypted
    assert shown <= readable
    assert not hidden & readable


def test_it_answers_every_requirement_once():
    assert len(list(asked())) == 259
    assert sorted(answered()) == sorted(asked())


def test_every_answer_says_how_or_why():
    answers = [row for row in ROWS if re.match(r"\d+\.\d+\.\d+", row[0])]
    assert len(answers) > 100
    for numbers, state, how, why in answers:
        assert state in ("met", "partly", "not met", "does not apply", "recommended only"), numbers
        assert how or state in ("not met", "recommended only"), numbers
        assert why or state in ("met", "does not apply", "partly"), numbers
