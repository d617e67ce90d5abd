"""``diary rules``: the table for a person, a program and a clinician."""

import json
from pathlib import Path

import pytest

from diary.cli import rules as command
from diary.rules import load_table
from diary.rules.schema import compile_table


def test_it_prints_every_rule_with_its_words_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0
    said = capsys.readouterr().out
    assert "Rules 1.0.0" in said
    for rule in load_table().rules:
        assert f"\n{rule.id}  " in said
        assert rule.source in said
    assert "call      temperature 38.0 °C or higher" in said
    assert "Check again after 15 minutes." in said


def test_its_json_is_what_the_evaluators_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--format=json"]) == 0
    assert json.loads(capsys.readouterr().out) == load_table().data


def test_a_clinician_gets_it_as_markdown_with_a_place_to_sign(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--format", "markdown"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("# The rule table, version 1.0.0")
    assert "| T1 | call | temperature 38.0 °C or higher |" in said
    assert "(again after 1 hour)" in said
    assert "- **fever**:" in said
    assert "## Sign-off" in said
    assert "| Pharmacist |" in said


def test_it_checks_the_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert command.main(["--check"]) == 0
    monkeypatch.setattr(load_table(), "data", {})
    assert command.main(["--check"]) == 2
    assert "compiled.json: is not what the TOML files say" in capsys.readouterr().err


def test_it_compiles_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "FILE", str(tmp_path / "compiled.json"))
    assert command.main(["--compile"]) == 0
    assert json.loads((tmp_path / "compiled.json").read_text(encoding="utf-8")) == compile_table()


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--format"], ["--colour"], ["--format", "json", "table"]])
def test_what_it_was_not_asked_properly_it_says(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert "usage: diary rules" in capsys.readouterr().err
