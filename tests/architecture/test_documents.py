"""The documents name files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bench", "diary", "docs", "tests")
FILES = [f"/{path.relative_to(ROOT)}" for room in ROOMS for path in (ROOT / room).rglob("*.*")]
FILES += [f"/{path.name}" for path in ROOT.iterdir()]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]
NAMED = re.compile(r"`([\w./-]+\.(?:py|html|js|css|toml|cfg|json|md|txt))`")
OF_NO_FILE_HERE = {"cookie.json", "diary.json", "helpers.py"}
"""What the download holds, what somebody writes who follows a document, and what nobody should."""
OF_ANY_NAME = re.compile(r"(^|/)x(_words)?[.]py")
"""A page's files, by the name that stands for any."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_is_there(document):
    named = {name for name in NAMED.findall(document.read_text()) if not OF_ANY_NAME.search(name)} - OF_NO_FILE_HERE
    assert [name for name in sorted(named) if not any(file.endswith(f"/{name}") for file in FILES)] == []
