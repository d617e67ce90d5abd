"""Signed-in devices: each can be seen and signed out, and a cookie that was copied dies with its device."""

from datetime import timedelta

import pytest

from diary.models import AuditRow, DeviceRow
from tests.cast import PASSWORD, fields_of, token_of
from tests.cellar import rows
from tests.pages import main_words

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def phone(app, alice):
    """Alice's other device, an iPhone, signed in as well."""
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = IPHONE
    alice.signs_in(client)
    return client


def sign_out(client):
    return client.post("/sign-out", data={"csrf_token": token_of(client.get("/account"))})


def is_in(client):
    return client.get("/account").status_code == 200


def test_it_lists_every_device_in_plain_words(alice, phone):
    seen = main_words(alice.client.get("/account"))
    assert "Safari, iPhone" in seen
    assert "Last used" in seen
    assert "This is the device in your hand." in seen


def test_it_signs_another_device_out(app, alice, phone):
    device = next(row for row in rows(app, DeviceRow) if row.label == "Safari, iPhone")
    token = token_of(alice.client.get("/account"))
    answer = alice.client.post(f"/account/devices/{device.id}/end", data={"csrf_token": token}, follow_redirects=True)
    assert "Safari, iPhone" not in main_words(answer)
    assert not is_in(phone)
    assert is_in(alice.client)
    assert "account.device_ended" in [row.event for row in rows(app, AuditRow)]


def test_it_signs_all_others_out_and_keeps_this_one(app, alice, phone):
    alice.signs_in(app.test_client())
    token = token_of(phone.get("/account"))
    phone.post("/account/devices/end-others", data={"csrf_token": token})
    assert is_in(phone)
    assert not is_in(alice.client)
    assert [row.ended_at is None for row in rows(app, DeviceRow)].count(True) == 1


def test_it_signs_out_nobody_elses_device(app, alice, charlie):
    token = token_of(charlie.client.get("/account"))
    for device in rows(app, DeviceRow):
        if device.account_id == rows(app, DeviceRow)[0].account_id:
            charlie.client.post(f"/account/devices/{device.id}/end", data={"csrf_token": token})
    assert is_in(alice.client)


def test_a_copied_cookie_is_of_no_use_after_sign_out(app, alice):
    (copy,) = alice.has_devices(1)
    assert is_in(copy)
    sign_out(alice.client)
    assert not is_in(copy)
    copy.delete_cookie("session")
    assert not is_in(copy), "nor is the cookie that keeps somebody signed in"


def test_a_cookie_from_before_the_sign_in_is_of_no_use_after_it(app, alice):
    victim, attacker = app.test_client(), app.test_client()
    planted = attacker.get("/sign-in") and attacker.get_cookie("session").value
    victim.set_cookie("session", planted)
    alice.signs_in(victim)
    assert is_in(victim)
    assert victim.get_cookie("session").value != planted
    assert not is_in(attacker)


def test_its_cookies_are_for_this_site_and_for_no_script(app, alice):
    client = app.test_client()
    client.post("/sign-in", data=fields_of(client.get("/sign-in")) | {"email": alice.email, "password": PASSWORD})
    client.get(alice.at())
    for name in ("session", "remember_token", "known_device", "help_now"):
        cookie = client.get_cookie(name)
        assert cookie.http_only, name
        assert cookie.same_site == "Lax", name
        assert not cookie.domain or cookie.origin_only, name


def test_it_notes_the_use_of_a_device_when_something_is_sent(app, alice, clock):
    (before,) = rows(app, DeviceRow)
    clock.shift(timedelta(hours=2))
    alice.opens()
    assert rows(app, DeviceRow)[0].last_used_at == before.last_used_at, "reading writes nothing"
    alice.logs(temperature="36.8")
    assert rows(app, DeviceRow)[0].last_used_at >= before.last_used_at + timedelta(hours=2)


def test_a_changed_password_signs_all_others_out(alice, phone):
    new = {"password": PASSWORD, "new_password": "four other words", "new_password_confirm": "four other words"}
    alice.client.post("/password", data=fields_of(alice.client.get("/password")) | new)
    assert is_in(alice.client)
    assert not is_in(phone)
    phone.delete_cookie("session")
    assert not is_in(phone)
