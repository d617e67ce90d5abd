"""The browser's evaluator, asked in a real Chromium that loads nothing but this project's two modules."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, sync_playwright

import diary
from diary.domain.timestamp import microseconds
from diary.rules import Assessment, load_table

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_MODULES = Path(diary.__file__).parent / "static" / "rules"
_HOUSE = "http://diary.test/"


@contextmanager
def browser_page() -> Iterator[Page]:
    """A page of a house that has only the evaluator; the test is skipped where there is no Chromium."""
    with sync_playwright() as playwright:
        try:
            path = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as error:
            pytest.skip(f"no Chromium to run the browser's evaluator in: {error.message.splitlines()[0]}")
        page = browser.new_page()
        page.route("**/*", _serve)
        page.goto(_HOUSE)
        page.evaluate(
            "async (table) => { window.rules = await import('/evaluator.js'); window.table = table; }",
            load_table().data,
        )
        yield page
        browser.close()


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(_HOUSE)
    module = _MODULES / name
    if not name:
        route.fulfill(body="<!doctype html><title>Rules</title>", content_type="text/html")
    elif module.is_file():
        route.fulfill(body=module.read_text(encoding="utf-8"), content_type="text/javascript")
    else:
        route.fulfill(status=404, body="")


def assessed_by_browser(page: Page, diaries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the browser's evaluator says of each diary."""
    said: list[dict[str, Any]] = page.evaluate(
        """(diaries) => diaries.map((diary) => {
            const { urgency, findings, unknown } = rules.assess(table, diary);
            return { urgency, unknown, findings: findings.map(({ rule, urgency, time, says, reasons }) => (
                { rule, urgency, time, says, reasons: reasons.map(({ at, ...reason }) => reason) })) };
        })""",
        diaries,
    )
    return [_sorted(assessment) for assessment in said]


def assessed_by_python(assessment: Assessment) -> dict[str, Any]:
    """An assessment in the shape in which the browser gives it: times in microseconds, reasons in a fixed order."""
    return _sorted(
        {
            "urgency": assessment.urgency.word,
            "unknown": list(assessment.unknown),
            "findings": [
                {
                    "rule": finding.rule,
                    "urgency": finding.urgency.word,
                    "time": microseconds(finding.at),
                    "says": finding.says,
                    "reasons": [
                        {key: value for key, value in reason.to_json().items() if key != "at"}
                        | ({} if reason.at is None else {"time": microseconds(reason.at)})
                        for reason in finding.reasons
                    ],
                }
                for finding in assessment.findings
            ],
        }
    )


def _sorted(assessment: dict[str, Any]) -> dict[str, Any]:
    """Two entries of one time have no order of their own, so the reasons of a finding are compared as a set."""
    for finding in assessment["findings"]:
        finding["reasons"].sort(key=lambda reason: json.dumps(reason, sort_keys=True))
    return assessment
