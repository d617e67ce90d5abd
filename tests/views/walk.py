"""A walk through every page of the diary, in every state that it has."""

import re

from flask import Flask
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from diary.domain.access import Role
from diary.extensions import security
from diary.models import CheckInRow, DoseRow, MedicineRow, MembershipRow
from diary.services.password import reset_token
from diary.views.account import set_up_token
from tests.cast import Person, fields_of
from tests.cellar import rows
from tests.pictures import HEIC, a_photo

ASKED = (
    "",
    "check-ins/new",
    "check-ins/steps/feel",
    "check-ins/steps/one-pulse",
    "check-ins/several/",
    "paper",
    "log",
    "doses/new",
    "medicines/",
    "medicines/new",
    "flags/close",
    "history",
    "charts/",
    "settings",
    "rules",
    "audit",
    "on-this-phone",
    "on-this-phone/check-in",
    "on-this-phone/log",
    "on-this-phone/neuro-check",
    "neuro-check/new",
    "neuro-check/settings",
    "handwriting/",
    "handwriting/new/sentence",
    "handwriting/new/clock",
    "download",
    "delete",
    "people",
    "leave",
)
PARTS = ("patient", "numbers", "treatment")


def every_page(app: Flask, alice: Person, nobody: Person) -> dict[str, TestResponse]:
    """Every page by a name of its own: empty and full, asked for and come back with errors, open and closed."""
    pages = {f"empty {path}": alice.opens(path) for path in ASKED}
    pages |= _logged(app, alice)
    pages |= _checked(alice)
    pages |= {f"full {path}": alice.opens(path) for path in ASKED}
    pages |= {f"settings {part}": alice.opens(f"settings/{part}") for part in PARTS}
    pages |= {f"first {part}": alice.client.get(alice.at(f"settings/{part}?first=yes")) for part in PARTS}
    pages |= _refused(alice)
    pages |= _told(alice)
    pages |= _people(app, alice, nobody)
    pages |= _deleted(app, alice)
    pages |= _secured(app, alice, nobody)
    pages |= _signed_out(alice, nobody)
    return pages | _set_up(app)


def _logged(app: Flask, alice: Person) -> dict[str, TestResponse]:
    pages = {
        "nothing found": alice.logs(
            temperature="36.8", by="caregiver", note="a note", on_date="2026-03-13", at_time="06:00"
        ),
        "watch": alice.logs(temperature="37.6", on_date="2026-03-13", at_time="08:00"),
        "today": alice.logs(systolic="96", diastolic="60", on_date="2026-03-13", at_time="10:00"),
        "call": alice.logs(temperature="38.4", fever_medicine="antipyretic", fever_medicine_reason="felt_hot"),
        "emergency": alice.logs(signs_nerves="seizure", oxygen="80", pulse="120", no_oxygen_number="y"),
        "odd": alice.logs(temperature="41.5", neuro_score="6", respiratory_rate="9", standing_systolic="90"),
        "medicine": alice.logs(page="doses/new", medicine="steroid", status="stopped", agreed="no", first_dose="yes"),
        "other medicine": alice.logs(page="doses/new", medicine="other", name="Aspirin", status="missed"),
    }
    corrected, withdrawn, *_ = (row.id for row in rows(app, CheckInRow))
    pages["correct"] = alice.opens(f"check-ins/{corrected}/correct")
    pages["corrected"] = alice.logs(page=f"check-ins/{corrected}/correct", temperature="36.9")
    pages["old version"] = alice.opens(f"check-ins/{corrected}")
    pages["conflict"] = alice.opens(f"check-ins/{corrected}/correct")
    pages["withdraw"] = alice.opens(f"check-ins/{withdrawn}/withdraw")
    token = {"csrf_token": fields_of(pages["withdraw"])["csrf_token"]}
    path = alice.at(f"check-ins/{withdrawn}/withdraw")
    pages["withdrawn"] = alice.client.post(path, data=token, follow_redirects=True)
    dose = f"doses/{next(row.id for row in rows(app, DoseRow) if row.check_in_id is None)}"
    pages["correct dose"] = alice.opens(f"{dose}/correct")
    pages["withdraw dose"] = alice.opens(f"{dose}/withdraw")
    alice.logs(page="medicines/new", name="Calpol", hours_apart="6")
    (medicine,) = (row.id for row in rows(app, MedicineRow))
    pages["change medicine"] = alice.opens(f"medicines/{medicine}/change")
    token = {"csrf_token": fields_of(pages["withdraw"])["csrf_token"], "token": "x"}
    pages["took it"] = alice.client.post(alice.at(f"medicines/{medicine}/take"), data=token, follow_redirects=True)
    pages["dose"] = alice.opens(f"doses/{rows(app, DoseRow)[0].id}")
    return pages


def _checked(alice: Person) -> dict[str, TestResponse]:
    pages = {
        "neuro check": alice.logs(page="neuro-check/new", year="1", name_objects="2", town="refused", month="skipped"),
        "refused neuro check": alice.logs(page="neuro-check/new", year="x", town="0"),
        "empty neuro check": alice.logs(page="neuro-check/new"),
        "refused neuro settings": alice.logs(page="neuro-check/settings", town="x" * 200),
        "usual handwriting": alice.logs(page="handwriting/new/sentence", picture=a_photo()),
        "handwriting": alice.logs(page="handwriting/new/sentence", picture=a_photo()),
        "changed handwriting": alice.logs(page="handwriting/new/sentence", picture=a_photo(), caregiver="yes"),
        "refused handwriting": alice.logs(page="handwriting/new/sentence", picture=a_photo(HEIC), patient="yes"),
        "clock": alice.logs(page="handwriting/new/clock", picture=a_photo()),
    }
    token = {"csrf_token": fields_of(pages["neuro check"])["csrf_token"]}
    check_in_id = pages["neuro check"].request.path.split("/")[-1]
    for choice in ("usual", "usual-score"):
        address = alice.at(f"neuro-check/{check_in_id}/{choice}")
        pages[choice] = alice.client.post(address, data=token, follow_redirects=True)
    compared = pages["handwriting"].request.path
    pages["withdrawn picture"] = alice.client.post(f"{compared}/withdraw", data=token, follow_redirects=True)
    return pages


def _refused(alice: Person) -> dict[str, TestResponse]:
    return {
        "refused check-in": alice.logs(
            temperature="100.4", systolic="80", diastolic="120", pulse="999", oxygen="x", note="x" * 5000,
            signs_faint=["none", "fainted"], signs_bleeding="?", at_time="23:59", by="x", respiratory_rate="1.5",
        ),
        "odd refused": alice.logs(oxygen="9"),
        "empty check-in": alice.logs(),
        "unreadable times": alice.logs(temperature="20", on_date="x", at_time="y", fever_medicine_time="z"),
        "refused medicine": alice.logs(page="doses/new", medicine="", status="", name="x" * 200, on_date="2026-03-01"),
        "refused medicine of the list": alice.logs(page="medicines/new", name="", hours_apart="0"),
        "several": alice.logs(
            page="check-ins/several/",
            **{"row-0-on_date": "2026-03-13", "row-0-at_time": "06:00", "row-0-temperature": "38.4"},
        ),
        "refused several": alice.logs(page="check-ins/several/", **{"row-1-pulse": "x"}),
        "refused step": alice.logs(page="check-ins/steps/numbers", pulse="x", respiratory_rate="1"),
        "step after a fever": alice.logs(page="check-ins/steps/temperature", temperature="38.4"),
        "refused number": alice.logs(page="log", oxygen="x"),
        "refused closing": alice.logs(page="flags/close", flags=[], told="", said="x" * 3000),
        "refused patient": alice.logs(page="settings/patient", name="", born_on="", country="", time_zone="x"),
        "refused numbers": alice.logs(page="settings/numbers", team_number="x", emergency_number=""),
        "overtaken numbers": alice.logs(page="settings/numbers", night_number="+44 20 7946 0001", shown="x"),
        "refused treatment": alice.logs(
            page="settings/treatment", systolic="x", temperature="50", call_temperature="1",
            **{"infusions-0-on": "1999-01-01"},
        ),
        "stale": alice.logs(temperature="36.8", csrf_token="stale"),
        "bad request": alice.client.post("/sign-out"),
        "not found": alice.client.get("/nothing"),
        "not allowed": alice.client.get("/sign-out"),
        "too much": alice.client.post(alice.at("check-ins/new"), data={"note": "x" * 300_000}),
        "no form": alice.client.post(alice.at("check-ins/new"), json={}),
        "password": alice.client.get("/password"),
        "refused password": alice.client.post("/password", data=fields_of(alice.client.get("/password"))),
        "again": alice.client.get("/sign-in-again"),
        "account": alice.client.get("/account"),
        "account details": alice.client.get("/account/details"),
        "refused details": alice.client.post(
            "/account/details", data=fields_of(alice.client.get("/account/details")) | {"own_email": "x"}
        ),
        "new passkey": alice.client.get("/account/passkeys/new"),
        "refused passkey": alice.client.post(
            "/account/passkeys/new", data=fields_of(alice.client.get("/account/passkeys/new")) | {"name": ""}
        ),
        "codes": alice.client.get("/account/codes"),
        "refused code": alice.client.post(
            "/account/codes", data=fields_of(alice.client.get("/account/codes")) | {"code": "1"}
        ),
        "forgotten password": alice.client.get("/forgotten-password"),
        "old link": alice.client.get("/forgotten-password/x"),
        "help now": alice.client.get("/help-now"),
        "rules": alice.client.get("/rules"),
    }  # fmt: skip


def _told(alice: Person) -> dict[str, TestResponse]:
    form = fields_of(alice.opens("flags/close"))
    told = {"told": "the nurse", "said": "Come in."}
    ticked = alice.opens("flags/close").text.split('name="flags" type="checkbox" value="')[1:]
    data = form | told | {"flags": [part.split('"')[0] for part in ticked]}
    return {
        "closed": alice.client.post(alice.at("flags/close"), data=data, follow_redirects=True),
        "closed before": alice.client.post(alice.at("flags/close"), data=data, follow_redirects=True),
        "history of calls": alice.opens("history"),
        "nothing open": alice.opens("flags/close"),
    }


def _deleted(app: Flask, alice: Person) -> dict[str, TestResponse]:
    form = fields_of(alice.opens("delete"))
    wrong = alice.client.post(alice.at("delete"), data=form | {"name": "Bob"})
    pages = {
        "refused deleting": wrong,
        "to be deleted": alice.client.post(alice.at("delete"), data=form | {"name": "Alice"}, follow_redirects=True),
        "home, to be deleted": alice.opens(),
        "the only owner": alice.client.get("/account/delete"),
    }
    pages["kept"] = alice.client.post(alice.at("keep"), data=form, follow_redirects=True)
    fred = Person(app, "Fred").has_an_account().signs_in()
    page = fred.client.get("/account/delete")
    pages["delete account"] = page
    pages["refused to delete account"] = fred.client.post("/account/delete", data=fields_of(page) | {"own_email": "x"})
    answers = fields_of(page) | {"own_email": fred.email}
    return pages | {"account deleted": fred.client.post("/account/delete", data=answers)}


def _people(app: Flask, alice: Person, nobody: Person) -> dict[str, TestResponse]:
    erin = Person(app, "Erin").has_an_account().joins(alice, Role.VIEWER).signs_in()
    of_erin, of_alice = (f"people/{_membership(app, role)}" for role in (Role.VIEWER, Role.OWNER))
    pages = {
        "a viewer’s home": erin.opens(),
        "a viewer’s settings": erin.opens("settings"),
        "invite": alice.opens("people/invite"),
        "refused invite": alice.logs(page="people/invite", their_email="x"),
        "link": alice.logs(page="people/invite", role="viewer", their_email="dora@example.org"),
        "people": alice.opens("people"),
        "member": alice.opens(of_erin),
        "refused role": alice.logs(page=of_alice, role="viewer"),
        "remove": alice.opens(f"{of_erin}/remove"),
        "leave": erin.opens("leave"),
        "last owner": alice.client.post(alice.at("leave"), data=fields_of(alice.opens("check-ins/new"))),
        "your people": alice.client.get("/diaries/"),
        "no such link": nobody.client.get("/invitations/x"),
    }
    link = re.findall(r"/invitations/[\w-]{43}(?=\s*<)", pages["link"].text)[0]
    pages |= {
        "join": nobody.client.get(link),
        "refused join": nobody.client.post(link, data=fields_of(nobody.client.get(link)) | {"email": "x"}),
        "a member already": erin.client.get(link),
        "removed": alice.logs(page=f"{of_erin}/remove"),
        "accept": erin.client.get(link),
        "accepted": erin.client.post(link, data=fields_of(erin.client.get(link)), follow_redirects=True),
        "left": erin.logs(page="leave"),
    }
    return pages


def _membership(app: Flask, role: Role) -> str:
    return str(next(row.id for row in rows(app, MembershipRow) if row.role == role))


def _secured(app: Flask, alice: Person, nobody: Person) -> dict[str, TestResponse]:
    gina = Person(app, "Gina").has_an_account().signs_in()
    shown = fields_of(gina.client.get("/account/codes"))
    code = TOTP(key=shown["secret"]).generate().token
    app.extensions["notifier"].mail_url = "smtp://127.0.0.1:9"
    app.extensions["notifier"].mail_from = "diary@example.org"
    asked = fields_of(nobody.client.get("/forgotten-password")) | {"email": "unknown@example.org"}
    with app.app_context():
        account = security.datastore.find_user(email=gina.email)
        link = f"/forgotten-password/{reset_token(app.config['SECRET_KEY'], account)}"
    with alice.client.session_transaction() as session:
        signed_in_at, session["fs_paa"] = session["fs_paa"], 0
    pages = {
        "recovery codes": gina.client.post("/account/codes", data=shown | {"code": code}),
        "letter sent": nobody.client.post("/forgotten-password", data=asked, buffered=True),
        "new password": nobody.client.get(link),
        "asked again": alice.client.post(alice.at("settings/numbers"), data={"team_number": "+44 20 7946 0001"}),
    }
    with alice.client.session_transaction() as session:
        session["fs_paa"] = signed_in_at
    app.extensions["notifier"].mail_url = ""
    return pages


def _signed_out(alice: Person, nobody: Person) -> dict[str, TestResponse]:
    wrong = fields_of(nobody.client.get("/sign-in")) | {"email": "x@example.org", "password": "x"}
    return {
        "sign in": nobody.client.get("/sign-in"),
        "wrong sign in": nobody.client.post("/sign-in", data=wrong),
        "carried": nobody.client.post(
            alice.at("check-ins/new"), data={"temperature": "40.1", "temperature_unit": "Cel"}
        ),
        "carried without advice": nobody.client.post(alice.at("flags/close"), data={"said": "x"}),
        "wrong carried": nobody.client.post(alice.at("check-ins/new"), data=wrong | {"temperature": "38.4"}),
        "help now, nobody": nobody.client.get("/help-now"),
        "rules, nobody": nobody.client.get("/rules"),
        "privacy": nobody.client.get("/privacy"),
    }


def _set_up(app: Flask) -> dict[str, TestResponse]:
    dora = Person(app, "Dora").has_an_account().signs_in()
    pages = {"begin": dora.client.get("/diaries/new")}
    pages["refused begin"] = dora.client.post("/diaries/new", data=fields_of(pages["begin"]) | {"name": ""})
    answers = {
        "name": "Dora",
        "born_on": "2019-01-01",
        "country": "US",
        "time_zone": "UTC",
        "temperature_unit": "[degF]",
    }
    location = dora.client.post("/diaries/new", data=fields_of(pages["begin"]) | answers).location
    dora.diary_id = location.split("/")[2]
    return pages | {f"without numbers {path}": dora.opens(path) for path in ASKED}


def set_up_pages(app: Flask) -> dict[str, TestResponse]:
    """The pages before anybody has an account."""
    client, link = app.test_client(), f"/set-up/{set_up_token(app.config['SECRET_KEY'])}"
    page = client.get(link)
    return {
        "needed": client.get("/"),
        "account": page,
        "refused account": client.post(link, data=fields_of(page) | {"email": "x", "password": "short"}),
    }
