"""Our own cases: what the vignettes leave unused, with exactly the flags and the unknowns that must come out."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from diary.domain.diary_format import check_diary
from diary.rules import assess_file, load_table

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_it_comes_out_as_written(case: dict[str, Any]) -> None:
    found = assess_file(load_table(), check_diary(case["diary"]))

    flags = [[finding.at.astimezone(UTC).isoformat(), finding.rule, finding.urgency.word] for finding in found.findings]
    assert sorted(flags) == sorted(case["flags"]), case["why"]
    assert set(case["unknown"]) <= set(found.unknown), case["why"]
    assert not set(case["not_unknown"]) & set(found.unknown), case["why"]
