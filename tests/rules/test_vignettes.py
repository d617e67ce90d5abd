"""Every vignette comes out as the evidence says: at least and at most as urgent, by the rules that it names."""

import json
from pathlib import Path
from typing import Any

import pytest

from diary.domain.diary_format import check_diary
from diary.domain.urgency import Urgency
from diary.rules import assess_file, load_table

VIGNETTES = json.loads((Path(__file__).parent / "vignettes.json").read_text(encoding="utf-8"))

RAISED_BY_THE_DOSE_ITSELF = {"K49": {"M5"}, "K74": {"M5"}}
"""M5 is true at the moment at which a steroid is stopped, which is a moment of its own; these list only what comes
of the check-in five days later."""


def test_all_153_are_here() -> None:
    assert len(VIGNETTES) == 153


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
def test_it_comes_out_as_the_evidence_says(vignette: dict[str, Any]) -> None:
    found = assess_file(load_table(), check_diary(vignette["diary"]))
    expected = vignette["expect"]

    assert found.urgency >= Urgency.from_word(expected["at_least"])
    if expected["at_most"] is not None:
        assert found.urgency <= Urgency.from_word(expected["at_most"])
    rules = {finding.rule for finding in found.findings}
    assert rules == set(expected["rules"]) | RAISED_BY_THE_DOSE_ITSELF.get(vignette["id"], set())
