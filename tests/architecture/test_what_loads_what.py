"""What a cold start loads: the rules and ``diary assess`` know no web, no database and no drawing."""

import json
import subprocess
import sys

import pytest

HEAVY = (
    "flask",
    "flask_babel",
    "flask_security",
    "sqlalchemy",
    "wtforms",
    "matplotlib",
    "numpy",
    "alembic",
    "gunicorn",
)
PROBE = "import json, sys; {code}; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"


def loaded_by(code):
    run = subprocess.run([sys.executable, "-c", PROBE.format(code=code)], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import diary",
        "import diary.__main__",
        "import diary.rules",
        "import diary.domain.record, diary.domain.sign, diary.domain.access, diary.domain.diary_file",
        "import diary.cli.assess",
        "import diary.settings",
    ],
)
def test_it_loads_nothing_heavy(code):
    assert loaded_by(code) & set(HEAVY) == set()


def test_it_loads_no_drawing_with_the_pages(tmp_path):
    settings = f"Settings.from_env({{'DIARY_INSTANCE': {str(tmp_path)!r}}})"
    code = f"from diary.app import create_app; from diary.settings import Settings; create_app({settings})"
    assert loaded_by(code) & {"matplotlib", "numpy"} == set(), "the first picture loads it, not the first page"


def test_it_would_notice():
    assert "sqlalchemy" in loaded_by("import diary.models")
