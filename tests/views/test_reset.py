"""A forgotten password: the same answer to everybody, a link that works once, and everybody else is out."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine

from diary.models import AuditRow
from diary.views.reset import POSTING
from tests.cast import PASSWORD, fields_of
from tests.cellar import dump, rows
from tests.pages import errors, main_words
from tests.serving import free_port
from tests.views.conftest import NOW

NEW = "four other plain words"


@pytest.fixture
def app(app, settings, post_office):
    """The house, with a mail server beside it."""
    app.extensions["notifier"].mail_url = post_office.url
    app.extensions["notifier"].mail_from = "diary@example.org"
    return app


def asks(person, email, **more):
    form = fields_of(person.client.get("/forgotten-password"))
    page = person.client.post("/forgotten-password", data=form | {"email": email}, buffered=True, **more)
    for thread in threading.enumerate():
        if thread.name == POSTING:
            thread.join()
    return page


@pytest.fixture
def link(alice, nobody, post_office):
    """The link in the letter that Alice got."""
    asks(nobody, "Alice@Example.org ")
    (letter,) = post_office.letters
    assert (letter["To"], letter["Subject"]) == (alice.email, "Choose another password")
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.get_content())[1]


def chooses(person, link, password=NEW):
    return person.client.post(link, data=fields_of(person.client.get(link)) | {"password": password})


def signs_in(person, password):
    form = fields_of(person.client.get("/sign-in")) | {"email": "alice@example.org", "password": password}
    return person.client.post("/sign-in", data=form).status_code


def test_it_leads_from_the_letter_to_another_password(app, alice, nobody, link):
    assert chooses(nobody, link).location == "/sign-in"
    assert alice.opens().status_code == 302, "all devices are signed out"
    assert signs_in(nobody, PASSWORD) == 200
    assert signs_in(nobody, NEW) == 302
    assert "account.password_changed" in [row.event for row in rows(app, AuditRow)]


def test_it_changes_nothing_when_it_is_only_opened(app, nobody, link):
    before = dump(app)
    for _ in range(3):
        assert nobody.client.get(link).status_code == 200
    assert dump(app) == before


def test_it_leads_to_this_server_wherever_the_one_who_asked_claims_it_to_be(alice, nobody, post_office):
    asks(nobody, alice.email, headers={"Host": "localhost:6666"})
    (letter,) = post_office.letters
    assert "http://127.0.0.1:8000/forgotten-password/" in letter.get_content()
    assert "6666" not in letter.get_content()


def test_it_works_once(nobody, link):
    chooses(nobody, link)
    page = nobody.client.get(link)
    assert page.status_code == 404
    assert "This link does not work any more" in main_words(page)


def test_it_works_for_an_hour(nobody, link, clock):
    clock.shift(timedelta(minutes=61))
    assert nobody.client.get(link).status_code == 404


@pytest.mark.parametrize("change", [lambda link: link + "x", lambda link: "/forgotten-password/x"])
def test_it_takes_no_link_that_somebody_made_up(alice, nobody, link, change):
    assert nobody.client.get(change(link)).status_code == 404


def test_it_asks_of_this_password_what_it_asks_of_every_other(nobody, link):
    page = chooses(nobody, link, "passwordpassword")
    assert errors(page) == ["Many people use this password. Choose another. Three words work well."]


def test_it_says_the_same_to_everybody(alice, nobody, post_office):
    known, unknown = asks(nobody, alice.email), asks(nobody, "nobody@example.org")
    assert (known.status_code, main_words(known)) == (unknown.status_code, main_words(unknown))
    assert len(post_office.letters) == 1


def test_it_sends_few_letters_however_often_it_is_asked(alice, nobody, post_office):
    with time_machine.travel(NOW, tick=False):
        pages = {main_words(asks(nobody, alice.email)) for _ in range(8)}
    assert len(pages) == 1
    assert len(post_office.letters) == 3


def test_it_says_nothing_else_when_the_post_does_not_work(app, alice, nobody, post_office, caplog):
    app.extensions["notifier"].mail_url = f"smtp://127.0.0.1:{free_port()}"
    assert "Look into your e-mail" in main_words(asks(nobody, alice.email))
    assert "could not be sent" in caplog.text
    assert "alice" not in caplog.text


def test_it_says_what_to_do_where_no_mail_is_set_up(app, nobody):
    app.extensions["notifier"].mail_url = ""
    assert "diary reset-password" in main_words(nobody.client.get("/forgotten-password"))
