"""The browser's evaluator and ours give the same flags, urgencies, reasons and unknowns."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from diary.domain.diary_format import check_diary
from diary.rules import assess_file, load_table
from tests.rules.chromium import assessed_by_browser, assessed_by_python, browser_page
from tests.rules.diaries import diaries

pytestmark = pytest.mark.journey

FOLDER = Path(__file__).parent
TOGETHER = 40
"""Diaries that cross to the browser at once; with 50 examples that makes 2,000 a run."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Page]:
    with browser_page() as opened:
        yield opened


def assert_same(page: Page, given_diaries: list[dict[str, Any]]) -> None:
    ours = [assessed_by_python(assess_file(load_table(), check_diary(diary))) for diary in given_diaries]
    for diary, mine, theirs in zip(given_diaries, ours, assessed_by_browser(page, given_diaries), strict=True):
        assert theirs == mine, json.dumps(diary)


@pytest.mark.parametrize("file", ["vignettes.json", "cases.json"])
def test_it_agrees_on_every_case(chromium: Page, file: str) -> None:
    cases = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    assert_same(chromium, [case["diary"] for case in cases])


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(diaries, min_size=TOGETHER, max_size=TOGETHER))
def test_it_agrees_on_two_thousand_invented_diaries(chromium: Page, invented: list[dict[str, Any]]) -> None:
    assert_same(chromium, invented)
