"""Who gets what: every route of the URL map, each method, each person. A route without a row fails."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from diary.domain.access import Role
from diary.extensions import db
from diary.models import (
    AccountRow,
    CheckInRow,
    DeviceRow,
    DoseRow,
    FlagRow,
    InvitationRow,
    MedicineRow,
    MembershipRow,
    PasskeyRow,
    PictureRow,
)
from diary.views.account import set_up_token
from tests.cast import Person, fields_of, token_of
from tests.cellar import dump, rows
from tests.pages import errors
from tests.pictures import a_photo
from tests.views.routes import EVERY_ROUTE, UNSEEN

CHANGES = [route for route in EVERY_ROUTE if route.method == "POST"]
READS = [route for route in EVERY_ROUTE if route.method == "GET"]
OF_A_DIARY = [route for route in EVERY_ROUTE if route.stranger == 404 and route.nobody != 404]


IDS = {
    "check_in_id", "dose_id", "invitation_id", "medicine_id", "member_id", "picture_id", "device_id", "passkey_id",
}  # fmt: skip
NO_ID = "00000000-0000-4000-8000-000000000000"


def name(route):
    return f"{route.method} {route.endpoint}"


def same(*answers):
    """Whether answers have one status and one page, but for the token that each page has of its own."""
    pages = {(answer.status_code, re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)) for answer in answers}
    return len(pages) == 1


def arguments(app, route):
    return set(next(iter(app.url_map.iter_rules(route.endpoint))).arguments)


@pytest.fixture
def entries(alice):
    """Alice's diary: a check-in that raised something and is the usual result, a dose, a picture, people."""
    alice.logs(temperature="38.4", note="secret words", neuro_score="10")
    alice.logs(page="doses/new", medicine="steroid")
    alice.logs(page="medicines/new", name="Keppra")
    alice.logs(page="handwriting/new/sentence", picture=a_photo())
    chosen = alice.at(f"neuro-check/{rows(alice.app, CheckInRow)[0].id}/usual")
    assert alice.client.post(chosen, data={"csrf_token": token_of(alice.opens("doses/new"))}).status_code == 302
    alice.logs(page="people/invite", role="viewer")
    Person(alice.app, "Erin").has_an_account().joins(alice, Role.VIEWER)
    return alice


@pytest.fixture
def passkey_id(app, alice):
    """A passkey of Alice's that no phone holds."""
    with app.app_context():
        account_id = db.session.scalars(select(AccountRow.id).where(AccountRow.email == alice.email)).one()
        row = PasskeyRow(
            account_id=account_id, name="x", credential_id=b"x", public_key=b"x", sign_count=0,
            created_at=datetime.now(UTC),
        )  # fmt: skip
        db.session.add(row)
        db.session.commit()
        return row.id


@pytest.fixture
def addresses(app, entries, passkey_id):
    """The address of each endpoint, in Alice's diary and about her own entries, her other device and her passkey."""
    devices = {row.id for row in rows(app, DeviceRow)}
    entries.signs_in(app.test_client())
    (device_id,) = {row.id for row in rows(app, DeviceRow)} - devices
    values = {
        "diary_id": entries.diary_id,
        "check_in_id": rows(app, CheckInRow)[0].id,
        "step_id": "numbers",
        "medicine_id": rows(app, MedicineRow)[0].id,
        "dose_id": rows(app, DoseRow)[0].id,
        "invitation_id": rows(app, InvitationRow)[0].id,
        "member_id": next(row.id for row in rows(app, MembershipRow) if row.role == Role.VIEWER),
        "picture_id": rows(app, PictureRow)[0].id,
        "kind": "sentence",
        "filename": "diary.css",
        "token": "wrong",
        "device_id": device_id,
        "passkey_id": passkey_id,
    }
    return Addresses(app, values)


class Addresses:
    def __init__(self, app, values):
        self.app, self.values = app, values

    def of(self, endpoint, **changes):
        wanted = next(iter(self.app.url_map.iter_rules(endpoint))).arguments
        values = {key: value for key, value in (self.values | changes).items() if key in wanted}
        return self.app.url_map.bind("localhost").build(endpoint, values)


def asks(person, route, address, data=None):
    if route.method == "GET":
        return person.client.get(address, buffered=True)
    return person.client.post(address, data=token(person) if data is None else data)


def token(person):
    """The token of this person's session, read from a page that costs little."""
    if person.token is None:
        page = person.client.get("/sign-in" if person.name == "Nobody" else "/privacy")
        person.token = {"csrf_token": fields_of(page)["csrf_token"]}
    return person.token


def test_it_has_a_row_for_every_route(app):
    known = {(route.endpoint, route.method) for route in EVERY_ROUTE}
    mapped = {
        (rule.endpoint, method) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert mapped == known


def test_it_answers_nobody(nobody, addresses):
    assert statuses(nobody, addresses, is_stranger=True) == {name(route): route.nobody for route in EVERY_ROUTE}


def test_it_answers_a_stranger(charlie, addresses):
    assert statuses(charlie, addresses, is_stranger=True) == {name(route): route.stranger for route in EVERY_ROUTE}


@pytest.mark.parametrize("role", ["viewer", "caregiver", "clinician"])
def test_it_answers_a_member(request, addresses, role):
    person = request.getfixturevalue({"viewer": "vera", "caregiver": "bob", "clinician": "claire"}[role])
    assert statuses(person, addresses) == {name(route): getattr(route, role) for route in EVERY_ROUTE}


def test_it_answers_the_owner(entries, addresses):
    assert statuses(entries, addresses) == {name(route): route.owner for route in EVERY_ROUTE}


def test_it_answers_a_removed_member_as_a_stranger(app, bob, addresses):
    owner = Person(app, "Alice")
    owner.diary_id = bob.diary_id
    owner.signs_in()
    own = max(rows(app, MembershipRow), key=lambda row: row.role == Role.CAREGIVER).id
    token = {"csrf_token": fields_of(owner.opens(f"people/{own}/remove"))["csrf_token"]}
    assert owner.client.post(owner.at(f"people/{own}/remove"), data=token).status_code == 302
    bob.has_a_diary()  # As the stranger of the table has.
    answers = statuses(bob, addresses, is_stranger=True)
    assert answers == {name(route): route.stranger for route in EVERY_ROUTE}


def statuses(person, addresses, *, is_stranger=False):
    found = {}
    for route in EVERY_ROUTE:
        answer = asks(person, route, addresses.of(route.endpoint))
        found[name(route)] = answer.status_code
        if is_stranger:
            assert "secret words" not in answer.text, route
            assert "Alice" not in answer.text, route
        if name(route) == "POST security.logout" and person.name != "Nobody":
            person.signs_in()
    return found


def test_it_leads_nobody_to_the_sign_in_page_and_on_from_there(nobody, addresses):
    for route in READS:
        if route.nobody == 302 and route.endpoint != "home.first":
            address = addresses.of(route.endpoint)
            assert asks(nobody, route, address).location == f"/sign-in?next={address}"


def test_it_answers_a_stranger_as_if_there_were_no_such_diary(charlie, addresses):
    for route in OF_A_DIARY:
        real = asks(charlie, route, addresses.of(route.endpoint))
        none = asks(charlie, route, addresses.of(route.endpoint, diary_id=NO_ID))
        assert same(real, none), route


def test_it_finds_no_entry_of_another_diary_in_ones_own(app, charlie, addresses):
    charlie.logs(temperature="36.8")
    before = dump(app, with_seen=False)
    of_entries = [route for route in EVERY_ROUTE if arguments(app, route) & IDS]
    assert len(of_entries) > 10
    for route in of_entries:
        real = asks(charlie, route, addresses.of(route.endpoint, diary_id=charlie.diary_id))
        nothing = dict.fromkeys(IDS, NO_ID)
        none = asks(charlie, route, addresses.of(route.endpoint, diary_id=charlie.diary_id, **nothing))
        assert same(real, none), route
        assert real.status_code == 404, route
    assert dump(app, with_seen=False) == before


@pytest.mark.parametrize("junk", ["%00", "%F0%9F%98%80", "..%2F..", "x" * 3000, "%FF%FE", "null", "'"])
def test_it_knows_no_such_thing(app, entries, addresses, junk):
    for route in EVERY_ROUTE:
        # No address is built with another kind than the two there are; test_handwriting.py asks for one.
        for key in arguments(app, route) - {"filename", "kind"}:
            address = addresses.of(route.endpoint, **{key: "JUNK"}).replace("JUNK", junk)
            assert asks(entries, route, address).status_code in (404, 405, 308), (route, key)


@pytest.mark.parametrize("person", ["entries", "charlie", "nobody"])
def test_it_writes_nothing_when_it_is_read_but_who_saw_it(request, app, addresses, person):
    reader = request.getfixturevalue(person)
    before = dump(app)
    for route in READS:
        address = addresses.of(route.endpoint)
        for method in ("HEAD", "OPTIONS", "GET"):
            answer = reader.client.open(address, method=method, buffered=True)
            assert answer.status_code < 500
        after = dump(app)
        written = [row for row in after["audit"] if row not in before["audit"]]
        assert after | {"audit": before["audit"]} == before, route
        is_page = "diary_id" in arguments(app, route) and route.endpoint not in UNSEEN
        assert len(written) == (is_page and answer.status_code == 200), route
        assert all("'diary.seen'" in row and f"'{route.endpoint}'" in row for row in written), route
        before = after


@pytest.mark.parametrize("token", [None, "x"])
def test_it_changes_nothing_without_a_token(app, entries, addresses, token):
    data = {
        "temperature": "38.4", "temperature_unit": "Cel", "medicine": "steroid", "status": "taken", "token": "y",
        "told": "nurse", "said": "ok", "name": "X", "born_on": "1990-01-01", "country": "GB", "time_zone": "UTC",
        "team_number": "123", "emergency_number": "999", "call_temperature": "", "profile": "uk",
        "flags": [row.id for row in rows(app, FlagRow)], "email": "x@example.org", "password": "three plain words",
        "new_password": "four plain words!", "new_password_confirm": "four plain words!",
    }  # fmt: skip
    for route in CHANGES:
        before = dump(app)
        address = addresses.of(route.endpoint)
        answer = asks(entries, route, address, data | ({"csrf_token": token} if token else {}))
        assert answer.status_code in (200, 302, 400, 404, 422), route
        assert dump(app) == before, route
        assert entries.client.get("/password").status_code == 200, "still signed in"
        assert entries.client.get_cookie("help_now") is not None


def test_it_is_sent_by_no_other_method(entries, addresses):
    for route in CHANGES:
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            assert entries.client.open(addresses.of(route.endpoint), method=method).status_code == 405, route


def test_it_lets_the_link_make_no_account_without_a_token(app, settings, nobody):
    link = f"/set-up/{set_up_token(settings.secret_key)}"
    data = {"name": "X", "email": "x@example.org", "password": "three plain words"}
    before = dump(app)
    assert errors(nobody.client.post(link, data=data))
    assert dump(app) == before
