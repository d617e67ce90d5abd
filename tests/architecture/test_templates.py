"""Templates and scripts: each template is drawn by the walk through every page; none brings code of its own."""

import re
from pathlib import Path

import pytest

import diary
from tests.views.test_without_database import no_database
from tests.views.walk import every_page, set_up_pages

FOLDER = Path(diary.__file__).parent / "templates"
SCRIPTS = [path for path in (FOLDER.parent / "static").rglob("*.js") if "vendor" not in path.parts]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|[\"']data:", re.IGNORECASE)
CODE_FROM_TEXT = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function")


def test_every_template_is_drawn(app, nobody, request):
    drawn = set()
    loader = app.jinja_env.loader

    class Noting(type(loader)):
        def load(self, environment, name, *rest):
            drawn.add(name)
            return super().load(environment, name, *rest)

    app.jinja_env.loader = Noting(loader.loaders)
    set_up_pages(app)
    alice = request.getfixturevalue("alice")
    every_page(app, alice, nobody)
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    with no_database(app):
        alice.logs(temperature="38.4")
    ours = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html")}
    assert ours - drawn == set()


def test_no_template_marks_anything_as_safe():
    for path in FOLDER.rglob("*.html"):
        text = path.read_text()
        assert "|safe" not in text.replace(" ", ""), path.name
        assert "autoescape" not in text, path.name


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_a_script_or_a_style_in_it(path):
    assert INLINE.findall(path.read_text()) == []


def test_it_would_notice_one():
    for text in ("<script>x</script>", '<p style="x">', "<a onclick='x'>", '<img src="data:x">', "<style>"):
        assert INLINE.search(text), text


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_code_of_text(path):
    assert CODE_FROM_TEXT.findall(path.read_text()) == []


def test_every_value_of_a_page_is_escaped(app):
    with app.test_request_context():
        for name in (None, "page.html", "component.jinja", "components/x.svg"):
            assert app.jinja_env.autoescape(name), name
        assert app.jinja_env.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
