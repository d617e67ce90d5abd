"""``diary reset-password``: a link for somebody who forgot their password, where no mail is set up."""

import pytest

from diary.cli import codes_off
from diary.cli.reset_password import main
from tests.cast import PASSWORD, fields_of
from tests.cellar import dump


@pytest.fixture(autouse=True)
def environ(monkeypatch, settings):
    monkeypatch.setenv("DIARY_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIARY_DATABASE_URL", settings.database_url)


def test_it_prints_a_link_that_works_once(app, alice, nobody, capsys):
    before = dump(app)
    assert main(["Alice@example.org"]) == 0
    assert dump(app) == before
    link, sentence = capsys.readouterr().out.splitlines()
    assert sentence.startswith("Open it within one hour. It works once.")
    path = link.removeprefix("http://127.0.0.1:8000")
    form = fields_of(nobody.client.get(path)) | {"password": "four other plain words"}
    assert nobody.client.post(path, data=form).location == "/sign-in"
    assert nobody.client.get(path).status_code == 404
    page = nobody.client.get("/sign-in")
    assert nobody.client.post("/sign-in", data=fields_of(page) | {"email": alice.email, "password": PASSWORD}).text


@pytest.mark.parametrize(
    ("setting", "addresses"),
    [
        ({"DIARY_HTTPS": "yes", "DIARY_HOSTS": "diary.example.org"}, ["https://diary.example.org/"]),
        ({"DIARY_HOSTS": "diary.local", "DIARY_PORT": "9000"}, ["http://diary.local:9000/", "http://127.0.0.1:9000/"]),
    ],
)
def test_it_prints_the_address_that_people_use(alice, capsys, monkeypatch, setting, addresses):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert main([alice.email]) == 0
    printed = capsys.readouterr().out.splitlines()[:-1]
    assert [line.split("forgotten-password")[0] for line in printed] == addresses


def test_it_says_that_there_is_no_database_yet(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DIARY_INSTANCE", str(tmp_path / "empty"))
    monkeypatch.delenv("DIARY_DATABASE_URL")
    assert main(["alice@example.org"]) == 2
    assert "DIARY_DATABASE_URL: the database cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("command", [main, codes_off.main])
@pytest.mark.parametrize(("arguments", "status"), [(["nobody@example.org"], 1), ([], 2), (["a", "b"], 2)])
def test_it_says_what_is_wrong(app, command, arguments, status, capsys):
    assert command(arguments) == status
    assert capsys.readouterr().err
