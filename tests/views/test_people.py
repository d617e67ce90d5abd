"""The people around a diary: who sees it, in which role, and how that changes."""

import re
from functools import partial

import pytest

from diary.domain.access import Role
from diary.models import AuditRow, InvitationRow, MembershipRow
from tests.cast import Person, at_once, fields_of
from tests.cellar import count, rows
from tests.pages import calls, errors, main_words, urgencies
from tests.views.test_flags import closes


def membership(app, person):
    """The id of somebody's membership in the diary that they are in."""
    ids = {row.id: row for row in rows(app, MembershipRow) if row.ended_at is None and row.diary_id == person.diary_id}
    with app.app_context():
        from diary.extensions import security

        account_id = security.datastore.find_user(email=person.email).id
    return next(key for key, row in ids.items() if row.account_id == account_id)


def changes(person, other, role):
    return person.logs(page=f"people/{membership(person.app, other)}", role=role)


def removes(person, other):
    return person.logs(page=f"people/{membership(person.app, other)}/remove")


def events(app):
    return [row.event for row in sorted(rows(app, AuditRow), key=lambda row: row.at)]


def test_everybody_sees_who_sees_the_diary_and_the_owner_can_change_it(alice, bob, vera):
    for person in (alice, bob, vera):
        page = main_words(person.opens("settings"))
        assert "Alice" in page
        assert "Bob" in page
        assert "since Sat, 14 Mar 2026" in page
    assert "Invite and change people" in main_words(alice.opens("settings"))
    assert "Invite and change people" not in main_words(bob.opens("settings"))
    assert "Vera" in main_words(alice.opens("people"))


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("vera", set()),
        ("bob", {"Log a check-in", "Log a medicine", "Write down what they said"}),
        ("claire", {"Write down what they said"}),
        ("alice", {"Log a check-in", "Log a medicine", "Write down what they said"}),
    ],
)
def test_it_offers_what_the_reader_may_do(request, alice, who, shown):
    alice.logs(temperature="38.4")
    page = request.getfixturevalue(who).opens()
    assert urgencies(page) == ["call"]
    assert calls(page)[0] == "+442079460000", "everybody sees whom to call"
    assert {
        text for text in ("Log a check-in", "Log a medicine", "Write down what they said") if text in page.text
    } == shown


@pytest.mark.parametrize("who", ["vera", "bob", "claire", "alice"])
def test_no_link_leads_to_a_page_that_the_reader_may_not_open(request, alice, who):
    alice.logs(temperature="38.4", signs_thinking="confused")
    alice.logs(temperature="41.6")
    reader = request.getfixturevalue(who)
    pages, seen, closed = [reader.at()], set(), set()
    while pages:
        seen.add(path := pages.pop())
        page = reader.client.get(path, buffered=True)
        if page.status_code not in (200, 302):
            closed.add(path)
        links = re.findall(r'(?:href)="(/[^"#]*)"', page.text)
        pages += [link for link in links if reader.diary_id in link and link not in seen and link not in pages]
    assert closed == set()
    assert len(seen) > 8


def test_a_caregivers_first_check_in_begins_with_the_caregiver(bob, claire, alice):
    assert fields_of(bob.opens("check-ins/new"))["by"] == "caregiver"
    assert fields_of(alice.opens("check-ins/new"))["by"] == "patient"


def test_an_entry_says_who_made_it_and_what_they_were_then(alice, bob):
    outcome = bob.logs(temperature="36.8")
    bob.logs(page="doses/new", medicine="steroid")
    assert "logged by Bob (caregiver)" in main_words(outcome)
    changes(alice, bob, "viewer")
    assert main_words(alice.opens("history")).count("logged by Bob (caregiver)") == 2


def test_the_owner_changes_a_role(app, alice, bob):
    page = changes(alice, bob, "viewer")
    assert "Saved." in page.text
    assert "Bob, viewer since" in main_words(page)
    assert bob.opens("check-ins/new").status_code == 404
    assert bob.opens().status_code == 200
    assert "member.role_changed" in events(app)
    assert count(app, MembershipRow) == 3, "the old role is history"


def test_a_removed_caregiver_finds_no_such_diary(app, alice, bob):
    bob.logs(temperature="36.8")
    assert "Bob can no longer open this diary." in main_words(removes(alice, bob))
    for path in ("", "check-ins/new", "history", "settings"):
        assert bob.opens(path).status_code == 404
    assert "logged by Bob" in main_words(alice.opens("history"))
    assert "member.removed" in events(app)
    assert "Bob" not in main_words(alice.opens("people"))


def test_the_last_owner_cannot_go_and_is_told_what_to_do(app, alice, bob):
    assert "Make somebody else an owner first." in main_words(alice.opens("leave"))
    refused = alice.client.post(alice.at("leave"), data={"csrf_token": fields_of(alice.opens("history"))["csrf_token"]})
    assert refused.status_code == 409
    assert "Make somebody else an owner first." in main_words(refused)
    assert errors(changes(alice, alice, "viewer")) == [
        "A diary needs an owner, and there is no other. Make somebody else an owner first."
    ]
    assert alice.opens("people").status_code == 200
    changes(alice, bob, "owner")
    left = alice.logs(page="leave")
    assert "You have left the diary." in main_words(left)
    assert alice.opens().status_code == 404
    assert bob.opens("people").status_code == 200
    assert "member.left" in events(app)


def test_the_owner_hands_the_diary_over_in_one_step(alice, bob):
    page = changes(alice, bob, "in_my_place")
    assert "Bob, owner since" in main_words(page)
    assert "Alice (you), caregiver since" in main_words(page)
    assert alice.opens("people").status_code == 404
    assert alice.opens("check-ins/new").status_code == 200
    assert bob.opens("people").status_code == 200


def test_a_member_leaves(bob, vera):
    for person in (bob, vera):
        assert "You have left the diary." in main_words(person.logs(page="leave"))
        assert person.opens().status_code == 404


def test_two_owners_who_leave_at_once_leave_one_behind(app, alice, bob):
    changes(alice, bob, "owner")
    tokens = [{"csrf_token": fields_of(person.opens("leave"))["csrf_token"]} for person in (alice, bob)]
    sends = [partial(p.client.post, p.at("leave"), data=t) for p, t in zip((alice, bob), tokens, strict=True)]
    assert sorted(answer.status_code for answer in at_once(*sends)) == [302, 409]
    assert [row.role for row in rows(app, MembershipRow) if row.ended_at is None] == ["owner"]


def test_an_owner_who_was_removed_a_moment_ago_changes_nothing(app, alice, bob):
    changes(alice, bob, "owner")
    vera = Person(app, "Vera").has_an_account().joins(alice, Role.VIEWER)
    form = fields_of(bob.opens(f"people/{membership(app, vera)}"))
    invite = fields_of(bob.opens("people/invite"))
    removes(alice, bob)
    for path, data in ((f"people/{membership(app, vera)}", form | {"role": "owner"}), ("people/invite", invite)):
        assert bob.client.post(bob.at(path), data=data | {"role": "owner"}).status_code == 404
    assert count(app, InvitationRow) == 0


@pytest.mark.parametrize("role", ["", "nobody", "account", "admin", "OWNER"])
def test_it_takes_no_other_role(app, alice, bob, role):
    assert errors(changes(alice, bob, role)) != []
    assert errors(alice.logs(page="people/invite", role=role)) != []
    assert bob.opens("check-ins/new").status_code == 200


def test_it_says_so_where_two_people_disagree_and_that_the_worse_counts(alice, bob):
    alice.logs(signs_thinking="none", temperature="36.8", at_time="07:30", on_date="2026-03-14")
    outcome = bob.logs(signs_thinking="confused")
    words = (
        "Confused, muddled or not making sense: the caregiver said yes, Sat 08:00. "
        "The patient said no, Sat 07:30. The worse answer counts."
    )
    for page in (outcome, alice.opens(), bob.opens()):
        assert words in main_words(page)
        assert urgencies(page)[0] == "emergency"
    closes(alice)
    bob.logs(temperature="36.6")
    assert words in main_words(alice.opens()), "it stays for a day"
