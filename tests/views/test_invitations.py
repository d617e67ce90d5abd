"""Invitations: a link for one person, once, for seven days, that changes nothing when it is only looked at."""

import logging
import re
from datetime import timedelta
from functools import partial

import pytest

from diary.models import AccountRow, AuditRow, InvitationRow, MembershipRow
from tests.cast import PASSWORD, Person, at_once, fields_of
from tests.cellar import count, dump, rows
from tests.pages import errors, main_words, tree_of
from tests.views.test_people import changes, removes

NEW = {"name": "Bob", "email": "bob@example.org", "password": PASSWORD}


def invites(person, role="caregiver", email=""):
    """The path of the link that the page shows."""
    page = person.logs(page="people/invite", role=role, their_email=email)
    return re.search(r"/invitations/[\w-]{43}(?=\s*<)", page.text)[0]


def accepts(person, link, **answers):
    return person.client.post(link, data=fields_of(person.client.get(link)) | answers, follow_redirects=True)


def stranger(app, name="Dora"):
    return Person(app, name).has_an_account().signs_in()


def members(app, diary_id):
    return sorted(row.role for row in rows(app, MembershipRow) if row.diary_id == diary_id and row.ended_at is None)


def assert_closed(page):
    assert page.status_code == 404
    assert "Ask the person who sent it for a new one." in main_words(page)
    assert "Alice" not in page.text


def test_somebody_new_makes_an_account_and_is_in(app, alice, nobody):
    link = invites(alice, email="bob@example.org")
    page = nobody.client.get(link)
    assert "Alice invites you to a diary" in main_words(page)
    assert "You would be: caregiver." in main_words(page)
    assert fields_of(page)["email"] == "bob@example.org"
    home = accepts(nobody, link, **NEW)
    assert home.request.path == alice.at()
    assert "You can now open this diary." in main_words(home)
    assert members(app, alice.diary_id) == ["caregiver", "owner"]
    done = {row.event: row for row in rows(app, AuditRow)}
    assert done["invitation.accepted"].role == "caregiver"
    assert {"invitation.made", "account.created", "account.signed_in"} <= set(done)


def test_somebody_with_an_account_signs_in_and_accepts(alice, app, nobody):
    link = invites(alice, role="viewer")
    dora = Person(app, "Dora").has_an_account()
    sign_in = next(a.get("href") for a in tree_of(dora.client.get(link)).iter("a") if "sign-in" in a.get("href"))
    form = fields_of(dora.client.get(sign_in)) | {"email": dora.email, "password": PASSWORD}
    page = dora.client.post(sign_in, data=form, follow_redirects=True)
    assert page.request.path == link
    assert "You are signed in as dora@example.org." in main_words(page)
    assert "You can now open this diary." in main_words(accepts(dora, link))
    assert members(app, alice.diary_id) == ["owner", "viewer"]


def test_looking_at_a_link_changes_nothing_whoever_looks(app, alice, nobody, charlie):
    link = invites(alice)
    before = dump(app)
    for person in (nobody, charlie, alice):
        for look in (person.client.get, person.client.head, person.client.options):
            assert look(link).status_code == 200
    preview = app.test_client()
    preview.get(link, headers={"User-Agent": "WhatsApp/2.23 (link preview)"})
    assert dump(app) == before
    head = tree_of(nobody.client.get(link)).find(".//head")
    assert not [tag for tag in head.iter("meta") if (tag.get("property") or "").startswith("og:")]


def test_a_link_lets_one_person_in(app, alice):
    link = invites(alice)
    dora, erin = stranger(app), stranger(app, "Erin")
    accepts(dora, link)
    assert_closed(erin.client.get(link))
    assert members(app, alice.diary_id) == ["caregiver", "owner"]


def test_a_link_that_many_accept_at_once_lets_one_in(app, alice):
    link = invites(alice)
    people = [stranger(app, name) for name in ("Dora", "Erin", "Fay")]
    forms = [fields_of(person.client.get(link)) for person in people]
    sends = [partial(p.client.post, link, data=form) for p, form in zip(people, forms, strict=True)]
    new = app.test_client()
    sends.append(partial(new.post, link, data=fields_of(new.get(link)) | NEW))
    assert sorted(answer.status_code for answer in at_once(*sends)) == [302, 404, 404, 404]
    assert members(app, alice.diary_id) == ["caregiver", "owner"]
    assert count(app, AccountRow) == 4 + ("Bob" in {row.name for row in rows(app, AccountRow)})


def test_two_links_that_one_person_accepts_at_once_let_them_in_once(app, alice):
    dora, links = stranger(app, "Dora"), [invites(alice), invites(alice, role="viewer")]
    form = fields_of(dora.client.get(links[0]))
    devices = dora.has_devices(2)
    answers = at_once(*(partial(device.post, link, data=form) for device, link in zip(devices, links, strict=True)))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert len(members(app, alice.diary_id)) == 2


def test_somebody_joins_at_the_moment_in_which_the_diary_is_to_be_deleted(app, alice, nobody):
    link = invites(alice)
    joining = fields_of(nobody.client.get(link)) | NEW
    deleting = fields_of(alice.opens("delete")) | {"name": "Alice"}
    answers = at_once(
        partial(nobody.client.post, link, data=joining), partial(alice.client.post, alice.at("delete"), data=deleting)
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert members(app, alice.diary_id) == ["caregiver", "owner"]


@pytest.mark.parametrize("how", ["revoked", "old", "wrong", "removed maker"])
def test_every_link_that_does_not_work_says_the_same(app, alice, bob, nobody, clock, how):
    if how == "removed maker":
        changes(alice, bob, "owner")
    link = invites(bob if how == "removed maker" else alice)
    if how == "revoked":
        page = alice.opens("people")
        revoke = next(form for form in tree_of(page).iter("form") if "revoke" in form.get("action"))
        token = {"csrf_token": fields_of(page)["csrf_token"]}
        page = alice.client.post(revoke.get("action"), data=token, follow_redirects=True)
        assert "Revoked. The link does not work any more." in main_words(page)
        assert "Nobody is invited now." in main_words(page)
        assert "invitation.revoked" in {row.event for row in rows(app, AuditRow)}
    elif how == "old":
        clock.shift(timedelta(days=7))
    elif how == "wrong":
        link = link[:-1] + ("A" if link[-1] != "A" else "B")
    else:
        removes(alice, bob)
    assert_closed(nobody.client.get(link))
    assert_closed(nobody.client.post(link, data=NEW))
    assert count(app, AccountRow) == 2


def test_a_link_works_until_the_seventh_day_is_over(alice, nobody, clock):
    link = invites(alice)
    clock.shift(timedelta(days=7, seconds=-30))
    assert nobody.client.get(link).status_code == 200


@pytest.mark.parametrize("role", ["viewer", "owner"])
def test_a_member_is_told_so_keeps_their_role_and_leaves_the_link_to_others(app, alice, bob, role):
    link = invites(alice, role=role)
    page = accepts(bob, link)
    assert "You can open this diary already, as its caregiver." in main_words(page)
    assert members(app, alice.diary_id) == ["caregiver", "owner"]
    accepts(stranger(app), link)
    assert members(app, alice.diary_id) == sorted(["caregiver", "owner", role])


def test_whoever_was_removed_can_be_invited_again(app, alice, bob):
    removes(alice, bob)
    accepts(bob, invites(alice, role="viewer"))
    assert bob.opens().status_code == 200
    assert members(app, alice.diary_id) == ["owner", "viewer"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"password": "short"}, "Choose a password of 12 characters or more."),
        ({"email": "x"}, "Type an e-mail address such as name@example.org."),
        ({"name": " "}, "Type the name that the diary should show."),
        ({"email": " ALICE@example.org "}, "There is an account with this address. Sign in with it, or type another."),
        ({"csrf_token": "x"}, "page"),
    ],
)
def test_it_says_what_to_do_about_an_answer_and_keeps_the_link_open(app, alice, nobody, answers, sentence):
    link = invites(alice)
    page = accepts(nobody, link, **(NEW | answers))
    assert sentence in " ".join(errors(page))
    assert count(app, AccountRow) == 1
    assert accepts(nobody, link, **NEW).request.path == alice.at()


def test_the_page_shows_a_link_once_and_keeps_no_copy_of_it(app, alice):
    form = fields_of(alice.opens("people/invite")) | {"role": "viewer"}
    shown = alice.client.post(alice.at("people/invite"), data=form)
    secret = re.search(r"/invitations/([\w-]{43})(?=\s*<)", shown.text)[1]
    assert shown.headers["Cache-Control"] == "no-store"
    again = alice.client.post(alice.at("people/invite"), data=form, follow_redirects=True)
    assert "This link was shown once already." in main_words(again)
    assert secret not in again.text
    assert count(app, InvitationRow) == 1
    assert secret not in repr(dump(app))


def test_the_picture_needs_no_style_and_says_what_it_is(alice):
    page = alice.logs(page="people/invite", role="viewer")
    picture = next(tag for tag in tree_of(page).iter("div") if tag.get("class") == "qr")
    assert picture.get("aria-label") == "The link as a QR code"
    assert [tag for tag in picture.iter() if tag.tag.endswith("path")]
    assert "style=" not in page.text


def test_no_log_holds_a_link_even_when_its_page_fails(app, alice, nobody, caplog, monkeypatch):
    link = invites(alice)
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.delitem(app.jinja_env.globals, "page_language")
    with caplog.at_level(logging.DEBUG):
        assert nobody.client.get(link).status_code == 500
    assert "/invitations/<token>" in caplog.text
    assert link.rpartition("/")[2] not in caplog.text


def test_the_letter_names_nobody_and_holds_the_link(app, alice, post_office):
    app.extensions["notifier"].mail_url, app.extensions["notifier"].mail_from = post_office.url, "diary@example.org"
    page = alice.logs(page="people/invite", role="caregiver", their_email="bob@example.org")
    link = re.search(r"http://\S+/invitations/[\w-]{43}(?=\s*<)", page.text)[0]
    assert "The link was sent to bob@example.org." in main_words(page)
    (letter,) = post_office.letters
    assert letter["To"] == "bob@example.org"
    assert letter["Subject"] == "Join a diary"
    assert link in letter.get_content()
    assert "Alice" not in str(letter)


def test_a_letter_that_could_not_be_sent_says_so_and_the_link_is_there(app, alice, post_office):
    app.extensions["notifier"].mail_url, app.extensions["notifier"].mail_from = post_office.url, "diary@example.org"
    page = alice.logs(page="people/invite", role="caregiver", their_email="refused@example.org")
    assert "The e-mail could not be sent. Give the link in one of these ways." in main_words(page)
    assert "/invitations/" in main_words(page)


def test_a_link_tried_too_often_is_slowed_down(alice, nobody):
    link = invites(alice)
    form = fields_of(nobody.client.get(link)) | {"password": "short"}
    statuses = [nobody.client.post(link, data=form).status_code for _ in range(32)]
    assert statuses[-1] == 429
