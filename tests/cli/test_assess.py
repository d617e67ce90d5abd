"""``diary assess``: judges files with no database and no server."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from diary.__main__ import main
from diary.cli.assess import main as assess

FEVER: dict[str, Any] = {
    "format": "symptom-diary/1",
    "id": "alice",
    "patient": {"born_on": "1966-01-01", "time_zone": "America/New_York"},
    "care_plan": {"profile": "standard"},
    "check_ins": [
        {
            "at": "2026-03-14T08:00:00+00:00",
            "by": "patient",
            "temperature": {"value": "38.4", "unit": "Cel"},
            "blood_pressure": {"systolic": 89, "diastolic": 55},
        }
    ],
}
WELL: dict[str, Any] = {**FEVER, "id": None, "check_ins": []}
del WELL["id"]


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write_to(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write_to


def test_it_prints_one_object_a_line_in_order(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert assess([write("diaries.jsonl", json.dumps(FEVER) + "\n" + json.dumps(WELL))]) == 0
    fever, well = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (fever["id"], fever["urgency"], fever["rules_version"]) == ("alice", "emergency", "1.0.0")
    assert fever["flags"][0] == {
        "rule": "B2",
        "urgency": "emergency",
        "about": "crs",
        "at": "2026-03-14T08:00:00+00:00",
        "says": "Low blood pressure with a fever is dangerous. Some medicines hide a fever.",
        "because": [
            "systolic 89 mmHg at 04:00, below 90",
            "temperature 38.4 °C at 04:00, 38.0 or higher",
            "temperature 38.4 °C at 04:00, 37.5 or higher",
        ],
    }
    assert (well["id"], well["urgency"], well["flags"]) == (None, "none", [])
    assert "T1" in well["unknown"]
    assert not {"C1", "C8", "M1", "X2", "C7", "L1", "L2", "L3", "A1"} & set(well["unknown"])


def test_it_judges_several_files_and_standard_input(write: Any) -> None:
    finished = run("-", write("one.json", json.dumps([WELL, WELL])), stdin=json.dumps(FEVER))
    assert [json.loads(line)["urgency"] for line in finished.stdout.splitlines()] == ["emergency", "none", "none"]
    assert finished.returncode == 0


def test_a_faulty_diary_yields_its_faults_and_the_others_are_judged(
    write: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = {**FEVER, "id": "bad", "check_ins": [{"at": "now", "by": "patient", "signs": ["happy"]}]}
    path = write("diaries.jsonl", "\n".join([json.dumps(faulty), "{", json.dumps(FEVER)]))
    assert assess([path]) == 2
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["alice"]
    assert said.err.splitlines() == [
        f"{path}, diary 1 (bad): check_ins[0].at: must be a time with seconds and an offset, such as "
        "2026-03-14T08:00:00+00:00",
        f"{path}, diary 1 (bad): check_ins[0].signs[0]: “happy” is not a sign that this version knows",
        f"{path}, diary 2: is not JSON: Expecting property name enclosed in double quotes (line 1, column 2)",
    ]


def test_a_file_that_cannot_be_read_is_2_and_the_next_is_judged(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert assess(["nowhere.json", write("one.json", json.dumps(WELL))]) == 2
    said = capsys.readouterr()
    assert "nowhere.json: cannot be read" in said.err
    assert json.loads(said.out)["urgency"] == "none"


def test_the_table_form_says_the_same_to_a_person(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert assess(["--format", "table", write("two.json", json.dumps([FEVER, WELL]))]) == 0
    said = capsys.readouterr().out
    assert "alice: emergency (rules 1.0.0)" in said
    assert "emergency B2   2026-03-14T08:00:00+00:00  Low blood pressure with a fever is dangerous." in said
    assert "because: systolic 89 mmHg at 04:00, below 90" in said
    assert "No warning sign found in what was logged." in said
    assert "not known: T1" in said


def test_a_diary_with_nothing_unknown_has_no_such_line(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from diary.cli.assess import _as_table
    from diary.domain.urgency import Urgency
    from diary.rules import Assessment, load_table

    nothing = Assessment(urgency=Urgency.NONE, findings=(), unknown=())
    assert "not known" not in _as_table(WELL, nothing, load_table())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "name at least one file"),
        (["--format", "xml", "a.json"], "--format must be one of json, table, not “xml”"),
        (["--format"], "--format must be one of json, table, not “”"),
        (["--colour", "a.json"], "unknown option --colour"),
    ],
)
def test_what_it_was_not_asked_properly_it_says(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assess(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_the_format_may_be_given_with_an_equals_sign(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert assess(["--format=json", write("one.json", json.dumps(WELL))]) == 0
    assert json.loads(capsys.readouterr().out)["urgency"] == "none"


def test_a_child_without_a_name_is_your_child(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    child = {**FEVER, "patient": {"born_on": "2020-01-01", "time_zone": "UTC"}}
    child["check_ins"] = [{**FEVER["check_ins"][0], "blood_pressure": {"systolic": 70}}]
    assert assess([write("child.json", json.dumps(child))]) == 0
    assert "The patient's blood pressure is low for their age" in capsys.readouterr().out


def test_it_never_loads_flask_sqlalchemy_wtforms_or_matplotlib(write: Any) -> None:
    path = write("one.json", json.dumps(FEVER))
    program = (
        f"import sys; from diary.__main__ import main; main(['assess', {path!r}]);"
        "loaded = {name.partition('.')[0] for name in sys.modules};"
        "print(sorted(loaded & {'flask', 'sqlalchemy', 'wtforms', 'matplotlib', 'jinja2', 'dataclasses', 'tomllib'}))"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines()[-1] == "[]"


def test_the_rules_load_without_flask_sqlalchemy_or_matplotlib() -> None:
    program = "import diary.rules, sys; print(sorted({'flask', 'sqlalchemy', 'matplotlib'} & set(sys.modules)))"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"


def test_python_m_diary_names_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "diary assess     Judge diary files by the rules" in capsys.readouterr().out
    assert main(["dance"]) == 2
    assert "no command “dance”" in capsys.readouterr().err


def test_a_reader_that_closes_the_pipe_is_no_error(write: Any) -> None:
    path = write("many.jsonl", "\n".join([json.dumps(FEVER)] * 2000))
    command = f"{sys.executable} -m diary assess {path} | head -n 1"
    finished = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert finished.stderr == ""
    assert len(finished.stdout.splitlines()) == 1


def run(*arguments: str, stdin: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "diary", "assess", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
