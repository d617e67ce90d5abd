"""Handwriting: kept encrypted and stripped, shown beside the usual one, judged by people alone."""

import io
import re

import pytest
from sqlalchemy import text
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from diary.domain.picture import LARGEST_IN
from diary.extensions import db
from diary.models import CheckInRow, PictureRow
from tests.cast import token_of
from tests.cellar import count, rows
from tests.pages import error_links, errors, main_words, urgencies
from tests.pictures import HEIC, SECRET, SVG, a_photo, encoded, opened
from tests.views.test_without_database import no_database

PAGE = "handwriting/new/sentence"


def no_file():
    """What a browser sends for a field that was left empty."""
    return io.BytesIO(b""), ""


def sends_large(person, size, **answers):
    """Send so many bytes as a picture; the test client would leave a file of its own open."""
    data = {"csrf_token": token_of(person.opens(PAGE)), "picture": FileStorage(io.BytesIO(b"\0" * size), "photo.jpg")}
    boundary, body = encode_multipart(data | answers)
    return person.client.post(person.at(PAGE), data=body, content_type=f"multipart/form-data; boundary={boundary}")


def keeps(person, page=PAGE, **answers):
    return person.logs(page=page, **{"picture": a_photo()} | answers)


def shown(page):
    """The addresses of the pictures on a page."""
    return re.findall(r'src="([^"]+/picture\.jpg)"', page.text)


def test_a_picture_is_kept_unreadable_and_shown_to_members_alone(app, bob, vera, charlie, nobody):
    page = keeps(bob)
    assert "Saved. It is the first one." in main_words(page)
    (row,) = rows(app, PictureRow)
    with app.app_context():
        raw = bytes(db.session.execute(text("SELECT jpeg FROM picture")).scalar())
    assert not raw.startswith(b"\xff\xd8")
    assert SECRET not in raw
    (address,) = shown(page)
    picture = vera.client.get(address)
    assert opened(picture.data).format == "JPEG"
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Content-Disposition"] == "inline"
    assert picture.headers["Cache-Control"] == "no-store"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert charlie.client.get(address).status_code == 404
    assert nobody.client.get(address).status_code == 302
    assert charlie.client.get(f"/diaries/{charlie.diary_id}/handwriting/{row.id}/picture.jpg").status_code == 404


def test_later_ones_stand_beside_the_first_with_the_same_sentence(alice):
    first = shown(keeps(alice))
    page = keeps(alice)
    assert len(shown(page)) == 2
    assert shown(page)[1:] == first
    assert "The small boat came home before the rain." in main_words(page)


def test_both_people_are_asked_and_one_yes_is_a_call(app, alice):
    page = keeps(alice, patient="no", caregiver="yes")
    assert urgencies(page) == ["call"]
    assert "Your writing has changed. Ring now." in main_words(page)
    assert "answered by the caregiver" in main_words(page)
    said = {row.by: row.content for row in rows(app, CheckInRow)}
    assert said["patient"]["signs_absent"] == ["handwriting_changed"]
    assert said["caregiver"]["signs"] == ["handwriting_changed"]
    listed = main_words(alice.opens("handwriting/"))
    assert "It looks different, says the caregiver." in listed
    assert "It looks the same, says the patient." in listed
    assert "Asked, and no: Writing looks different" in main_words(alice.opens("history"))


def test_it_is_asked_beside_the_picture_when_it_was_not_answered_with_it(alice):
    page = keeps(alice)
    path = page.request.path.removeprefix(alice.at())
    assert errors(alice.logs(page=path)) == ["Nothing is answered. Choose an answer."]
    assert urgencies(alice.logs(page=path, patient="yes")) == ["call"]


def test_an_answer_needs_no_picture_and_a_picture_no_answer(app, alice):
    assert urgencies(keeps(alice, picture=no_file(), patient="yes")) == ["call"]
    assert count(app, PictureRow) == 0
    assert errors(keeps(alice, picture=no_file())) == [
        "Nothing is here yet. Draw, choose a photo, or answer a question."
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(HEIC, "This is an HEIC picture", id="heic"),
        pytest.param(SVG, "The diary cannot read this picture", id="svg"),
    ],
)
def test_a_refused_picture_holds_back_no_advice(app, alice, data, sentence):
    page = keeps(alice, picture=a_photo(data, "photo.jpg"), caregiver="yes")
    assert (page.status_code, count(app, PictureRow), count(app, CheckInRow)) == (422, 0, 0)
    assert urgencies(page) == ["call"]
    assert error_links(page)["picture"].startswith(sentence)
    assert re.search(r'id="caregiver"[^>]*checked', page.text)


def test_a_picture_that_is_too_large_is_refused_beside_its_field(alice):
    page = sends_large(alice, LARGEST_IN + 1, patient="yes")
    assert urgencies(page) == ["call"]
    assert error_links(page)["picture"].startswith("This picture is larger than 8 MB")
    assert sends_large(alice, 3 * LARGEST_IN).status_code == 413


def test_nobody_signed_in_sees_the_advice_before_the_sign_in_page(nobody, alice):
    page = nobody.client.post(alice.at(PAGE), data={"patient": "yes", "picture": a_photo()})
    assert (page.status_code, urgencies(page)) == (401, ["call"])


def test_with_the_database_away_the_advice_is_there(app, alice):
    form = {"csrf_token": token_of(alice.opens(PAGE)), "caregiver": "yes", "picture": a_photo()}
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    with no_database(app):
        page = alice.client.post(alice.at(PAGE), data=form)
    assert (page.status_code, urgencies(page)) == (503, ["call"])


def test_one_field_of_one_page_takes_a_file(alice):
    token = {"csrf_token": token_of(alice.opens("doses/new"))}
    for page, field in (("doses/new", "picture"), (PAGE, "patient"), (PAGE, "token"), (PAGE, "csrf_token")):
        assert alice.client.post(alice.at(page), data=token | {field: a_photo()}).status_code == 415
    assert errors(alice.client.post(alice.at(PAGE), data=token | {"picture": "no file"}))
    assert alice.client.post(alice.at(PAGE), data={"patient": "x" * 300_000}).status_code == 413


def test_the_same_page_sent_twice_keeps_one_and_another_picture_of_it_two(app, alice):
    for data, expected in ((encoded(), 1), (encoded(), 1), (encoded(size=(300, 300)), 2)):
        keeps(alice, token="one page", picture=a_photo(data))
        assert count(app, PictureRow) == expected


def test_a_withdrawn_picture_stays_in_the_list_and_is_shown_to_nobody(app, bob, vera):
    page = keeps(bob, patient="no")
    (address,) = shown(bob.opens("handwriting/"))
    gone = address.replace("picture.jpg", "withdraw")
    page = bob.client.post(gone, data={"csrf_token": token_of(bob.opens(PAGE))}, follow_redirects=True)
    assert "Withdrawn by Bob" in main_words(page)
    assert shown(page) == []
    assert vera.client.get(address).status_code == 404
    assert bob.client.get(address.replace("/picture.jpg", "")).status_code == 404
    assert count(app, PictureRow) == 1
    assert "Saved. It is the first one." in main_words(keeps(bob)), "the next one is the usual one"


def test_a_clock_is_kept_and_no_rule_reads_it(alice):
    page = keeps(alice, page="handwriting/new/clock")
    assert "No rule reads a drawing." in main_words(page)
    assert 'name="patient"' not in page.text
    assert alice.opens("handwriting/new/spiral").status_code == 404
    assert "Clock drawing" in main_words(alice.opens("handwriting/"))


def test_earlier_pictures_are_on_a_page_of_their_own(alice, monkeypatch):
    monkeypatch.setattr("diary.services.picture.PAGE_LENGTH", 2)
    for width in (100, 101, 102):
        keeps(alice, picture=a_photo(encoded(size=(width, 100))))
    page = alice.opens("handwriting/")
    (earlier,) = re.findall(r'href="([^"]+before=\d+)"', page.text)
    assert len(re.findall('class="history__entry"', alice.client.get(earlier).text)) == 1
