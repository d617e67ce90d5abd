"""The cast of the tests: Alice the patient, Bob her caregiver, Charlie the stranger; and what they do over and over."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from werkzeug.test import TestResponse

from diary.domain.access import Access, Role
from diary.domain.contact import Contact
from diary.domain.diary import Diary
from diary.domain.treatment import Baseline, CarePlan, Infusion, Patient
from diary.extensions import db, security
from diary.services import care_team

PASSWORD = "three plain words"
CONTACT = Contact(team_name="CAR T team", team_number="+44 20 7946 0000", emergency_number="999")


class Person:
    """Somebody with a browser, and perhaps an account and a diary."""

    def __init__(self, app: Flask, name: str) -> None:
        self.app = app
        self.name = name
        self.email = f"{name.lower()}@example.org"
        self.client: FlaskClient = app.test_client()
        self.diary_id = ""
        self.token: dict[str, str] | None = None

    def has_an_account(self) -> "Person":
        with self.app.app_context():
            security.datastore.create_user(
                email=self.email, password=hash_password(PASSWORD), name=self.name, created_at=datetime.now(UTC)
            )
            db.session.commit()
        return self

    def has_a_diary(self, **changes: Any) -> "Person":
        """Begin a diary for this person, infused on 9 March 2026 unless said otherwise."""
        answers: dict[str, Any] = {
            "patient_name": self.name,
            "patient": Patient(datetime(1966, 1, 1).date(), "Europe/London"),  # noqa: DTZ001 - a date of birth.
            "country": "GB",
            "temperature_unit": "Cel",
            "contact": CONTACT,
            "care_plan": CarePlan(
                profile="standard",
                infusions=(Infusion(datetime(2026, 3, 9).date()),),  # noqa: DTZ001 - a date.
                baseline=Baseline(),
            ),
        }
        with self.app.app_context():
            account = security.datastore.find_user(email=self.email)
            diary = Diary(id=care_team.new_diary_id(), **(answers | changes))
            access: Access = care_team.begin_diary(db.session, account.id, diary, datetime.now(UTC))
            self.diary_id = access.diary_id
            db.session.commit()
        return self

    def joins(self, owner: "Person", role: Role) -> "Person":
        """Become a member of another person's diary."""
        self.diary_id = owner.diary_id
        with self.app.app_context():
            account = security.datastore.find_user(email=self.email)
            care_team.begin_membership(db.session, Access(account.id, owner.diary_id, role), datetime.now(UTC))
            db.session.commit()
        return self

    def signs_in(self, client: FlaskClient | None = None) -> "Person":
        client, self.token = client or self.client, None
        token = token_of(client.get("/sign-in"))
        answer = client.post("/sign-in", data={"email": self.email, "password": PASSWORD, "csrf_token": token})
        assert answer.status_code == 302, answer.text
        return self

    def has_devices(self, number: int) -> list[FlaskClient]:
        """So many more browsers with this person's cookies."""
        devices = [self.app.test_client() for _ in range(number)]
        for device in devices:
            for cookie in self.client._cookies.values():
                device.set_cookie(cookie.key, cookie.value)
        return devices

    def at(self, path: str = "") -> str:
        """An address in this person's diary."""
        return f"/diaries/{self.diary_id}/{path}"

    def opens(self, path: str = "") -> TestResponse:
        return self.client.get(self.at(path))

    def logs(self, *, page: str = "check-ins/new", follow: bool = True, **answers: Any) -> TestResponse:
        """Open the check-in page, fill these answers in, and send it."""
        form = fields_of(self.opens(page))
        return self.client.post(self.at(page), data=form | answers, follow_redirects=follow)


def token_of(page: TestResponse) -> str:
    """The token of a page's first form."""
    return fields_of(page)["csrf_token"]


def fields_of(page: TestResponse) -> dict[str, str]:
    """Name and value of every hidden field and every answer that a page's forms begin with."""
    return fields_in(page.text)


def fields_in(html: str) -> dict[str, str]:
    """The same of a page that came over the network."""
    form = _Form()
    form.feed(html)
    return form.fields


class _Form(HTMLParser):
    """Reads fields alone; what proof-reads the page builds all of it, which takes twenty times as long."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.inside = ""
        """The name of the select or the textarea that is being read."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "input" and name and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self.fields.setdefault(name, value)
        elif tag in ("select", "textarea"):
            self.fields.setdefault(name, "")
            self.inside = name
        elif tag == "option" and "selected" in found:
            self.fields[self.inside] = value

    def handle_data(self, data: str) -> None:
        if self.inside and self.lasttag == "textarea":
            # The first line break in a textarea is not of its text.
            self.fields[self.inside] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.inside = ""


def at_once(*actions: Callable[[], TestResponse]) -> list[TestResponse]:
    """Do all of these at the same moment, each in a thread of its own, and return their answers."""
    start, answers = threading.Barrier(len(actions)), []

    def act(action: Callable[[], TestResponse]) -> None:
        start.wait()
        answers.append(action())

    threads = [threading.Thread(target=act, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
