"""Passwords: long, and not among those that everybody tries first. No rules of composition."""

import pytest

from diary.domain.password import LONGEST, SHORTEST, Weakness, weakness


@pytest.mark.parametrize(
    "password",
    [
        "three plain words",
        "correct horse battery",
        "ünder drei brücken",
        "1 cat and 7 mice",
        "密码密码很长很长的一个密码",
        # What begins again and stops short, a run with four others behind it, and the longest that there may be.
        "kestrelkestr",
        "123456789xkqv",
        "".join(str(number * number) for number in range(4, 60))[:LONGEST],
    ],
)
def test_it_takes_what_is_long_and_rare(password):
    assert weakness(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.TOO_SHORT),
        ("x" * (SHORTEST - 1), Weakness.TOO_SHORT),
        ("cat " * (LONGEST // 4 + 1), Weakness.TOO_LONG),
        ("passwordpassword", Weakness.COMMON),
        ("PasswordPassword", Weakness.COMMON),
        ("Counterstrike", Weakness.COMMON),
        ("ｃｏｕｎｔｅｒｓｔｒｉｋｅ", Weakness.COMMON),
        ("aaaaaaaaaaaa", Weakness.SIMPLE),
        ("abcabcabcabc", Weakness.SIMPLE),
        ("Diary-diary-diary-", Weakness.SIMPLE),
        ("kestrel-kestrel-", Weakness.SIMPLE),
        ("abcdefghijklm", Weakness.SIMPLE),
        ("zyxwvutsrqpo", Weakness.SIMPLE),
        ("QWERTYUIOPasd", Weakness.SIMPLE),
        ("1234567890ab", Weakness.SIMPLE),
        ("1234567890xkq", Weakness.SIMPLE),
    ],
)
def test_it_refuses_what_is_easy_to_guess(password, why):
    assert weakness(password) is why
