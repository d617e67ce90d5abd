"""Every sentence that a person reads can be translated."""

import pprint
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from diary.rules import load_table
from tests.cast import Person
from tests.pages import tree_of

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "diary" / "translations" / "messages.pot"
PAGES = (
    "",
    "check-ins/new",
    "doses/new",
    "charts/",
    "history",
    "settings",
    "settings/patient",
    "settings/numbers",
    "settings/treatment",
    "flags/close",
    "neuro-check/new",
    "neuro-check/settings",
    "handwriting/",
    "handwriting/new/sentence",
    "rules",
    "audit",
    "download",
    "delete",
)
ESPERANTO = Locale("eo")
BABELS_WORDS = [
    *(name for form in ("abbreviated", "wide") for name in ESPERANTO.months["format"][form].values()),
    *(name for form in ("abbreviated", "wide") for name in ESPERANTO.days["format"][form].values()),
    *ESPERANTO.territories.values(),
]
NOT_OURS = re.compile(
    r"antaŭ \d+ sekundoj?|alice@example\.org|"
    r"Alice|CAR T team|Europe/London|Yescarta|Sample|°[CF]|mmHg|[A-Z]\d+|\[[APJ/]+\]|"
    r"[\d.,:/%+()–·;“”‘’ \u00a0\u202f-]+"
)


def extracted(path: Path) -> Catalog:
    options = ["-q", "extract", "-F", "babel.cfg", "-k", "mark", "-k", "_l"]
    options += ["--no-location", "--sort-output", "--omit-header", "-o", str(path)]
    command = [sys.executable, "-m", "babel.messages.frontend", *options, "."]
    subprocess.run(command, cwd=ROOT, check=True)
    with path.open("rb") as file:
        return read_po(file)


def test_the_template_for_translators_holds_every_sentence(tmp_path):
    with TEMPLATE.open("rb") as file:
        kept = {message.id for message in read_po(file)}
    assert kept == {message.id for message in extracted(tmp_path / "now.pot")}, "run “make messages”"


@pytest.fixture
def marked(settings, tmp_path) -> None:
    """A language in which every sentence stands in brackets: Esperanto, which Babel can write dates in."""
    catalogue = Catalog(locale="eo")
    for message in extracted(tmp_path / "now.pot"):
        if message.id:
            forms = message.id if message.pluralizable else (message.id,)
            marked = tuple(f"⟦{form}⟧" for form in forms)
            catalogue.add(message.id, marked if message.pluralizable else marked[0], flags=message.flags)
    folder = settings.instance / "translations" / "eo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)


def unmarked(page) -> set[str]:
    """What of a page's text stands outside brackets and is nobody's own words, number or unit."""
    text = "\n".join(tree_of(page).find(".//body").itertext())
    for name in sorted([*(rule.source for rule in load_table().rules), *BABELS_WORDS], key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    inner = re.compile(r"⟦[^⟦⟧]*⟧")
    while inner.search(text):
        text = inner.sub(" ", text)
    return {NOT_OURS.sub(" ", line).strip() for line in text.splitlines()} - {""}


@pytest.mark.usefixtures("marked")
def test_every_sentence_of_every_page_is_translated(app: Flask):
    alice = Person(app, "Alice").has_an_account().has_a_diary().signs_in()
    alice.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "eo"
    left = {
        "outcome": unmarked(alice.logs(temperature="38.4", systolic="88", diastolic="50", signs_thinking="confused"))
    }
    left["refused"] = unmarked(alice.logs(temperature="100.4", pulse="x", systolic="30"))
    left["odd"] = unmarked(alice.logs(temperature="41.5", oxygen="97"))
    left |= {path: unmarked(alice.opens(path)) for path in PAGES}
    left |= {
        path: unmarked(alice.client.get(path)) for path in ("/help-now", "/rules", "/password", "/account", "/nowhere")
    }
    found = {path: words for path, words in left.items() if words}
    assert not found, pprint.pformat(found)
