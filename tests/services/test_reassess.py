"""After an upgrade of the table: what would be judged differently."""

import copy

import pytest

from diary.cli import rules
from diary.domain.urgency import Urgency
from diary.extensions import db
from diary.models import FindingRow, FlagRow
from diary.rules import RuleTable, load_table
from diary.services.reassess import differences


def with_fever_from(fine_degrees: int) -> RuleTable:
    """The table with another number in T1."""
    data = copy.deepcopy(load_table().data)
    rule = next(rule for rule in data["rules"] if rule["id"] == "T1")
    rule["levels"][0]["when"]["bounds"] = [["at_least", fine_degrees]]
    return RuleTable(data)


def test_it_finds_no_difference_under_the_same_table(app, alice):
    for temperature in ("38.4", "37.6", "36.9"):
        alice.logs(temperature=temperature, systolic="88", diastolic="50")
    with app.app_context():
        assert list(differences(db.session, load_table())) == []


def test_it_shows_what_another_table_would_judge_otherwise_and_changes_nothing(app, alice):
    alice.logs(temperature="38.4")
    with app.app_context():
        before = db.session.query(FindingRow).count(), db.session.query(FlagRow).count()
        found = list(differences(db.session, with_fever_from(39 * 9 * 10**12)))
        assert [(diary_id, each.rule, each.was, each.is_now) for diary_id, each in found] == [
            (alice.diary_id, "T1", Urgency.CALL, None)
        ]
        assert (db.session.query(FindingRow).count(), db.session.query(FlagRow).count()) == before


def test_it_passes_over_what_was_corrected(app, alice):
    page = alice.logs(temperature="38.4")
    alice.logs(page=page.request.path.removeprefix(alice.at()) + "/correct", temperature="36.6")
    with app.app_context():
        assert list(differences(db.session, load_table())) == []


def test_the_terminal_says_how_many_there_are(alice, settings, monkeypatch, capsys):
    alice.logs(temperature="38.4")
    monkeypatch.setenv("DIARY_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIARY_DATABASE_URL", settings.database_url)
    assert rules.main(["reassess"]) == 0
    assert capsys.readouterr().out == f"0 differences under rules {load_table().version}. Nothing was changed.\n"


@pytest.mark.parametrize("arguments", [["reasses"], ["--format", "xml"], ["--format"]])
def test_the_terminal_refuses_what_it_does_not_know(arguments, capsys):
    assert rules.main(arguments) == 2
    assert "usage" in capsys.readouterr().err
