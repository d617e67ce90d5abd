"""Templates: each is drawn by the walk through every page."""

from pathlib import Path

import diary
from tests.views.test_without_database import no_database
from tests.views.walk import every_page, set_up_pages

FOLDER = Path(diary.__file__).parent / "templates"


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
