"""The post: letters go through a real mail server, encrypted, or they say that they did not go."""

from urllib.parse import urlsplit

import pytest

from diary.notify import Letter, Notifier, NotifyError, needs_tls
from tests.post import PostOffice
from tests.serving import free_port

LETTER = Letter("bob@example.org", "Ünder way", "Größe: 3 € – “quoted”\n" + "long line " * 200)


def test_it_delivers_a_letter_as_it_was_written(post_office: PostOffice):
    Notifier(post_office.url, "diary@example.org").send(LETTER)
    (letter,) = post_office.letters
    assert (letter["From"], letter["To"], letter["Subject"]) == ("diary@example.org", LETTER.to, LETTER.subject)
    assert letter.get_content().split() == LETTER.text.split()
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("letter", [Letter("refused@example.org", "s", "t"), Letter("a@b.org", "two\nlines", "t")])
def test_it_says_that_a_letter_was_refused_and_not_for_whom(post_office: PostOffice, letter):
    with pytest.raises(NotifyError) as raised:
        Notifier(post_office.url, "diary@example.org").send(letter)
    assert "@" not in str(raised.value)
    assert post_office.letters == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_it_says_that_nobody_answers(scheme):
    with pytest.raises(NotifyError):
        Notifier(f"{scheme}://127.0.0.1:{free_port()}", "diary@example.org").send(LETTER)


def test_it_sends_nothing_where_no_mail_is_set_up():
    assert not Notifier().has_mail
    with pytest.raises(NotifyError):
        Notifier().send(LETTER)


def test_it_sends_nothing_unencrypted_over_a_network(post_office: PostOffice, monkeypatch):
    # The server speaks no TLS; on this machine alone, or where somebody said so, that will do.
    monkeypatch.setattr("diary.notify.LOOPBACK", ())
    with pytest.raises(NotifyError):
        Notifier(post_office.url, "diary@example.org").send(LETTER)
    assert post_office.letters == []
    Notifier(post_office.url + "?tls=no", "diary@example.org").send(LETTER)
    assert len(post_office.letters) == 1


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("smtp://mail.example.org", True),
        ("smtp://mail.example.org?tls=yes", True),
        ("smtp://localhost.example.org", True),
        ("smtp://localhost:25", False),
        ("smtp://mail.example.org?tls=no", False),
    ],
)
def test_it_knows_where_a_letter_must_be_encrypted(url, answer):
    assert needs_tls(urlsplit(url)) is answer
