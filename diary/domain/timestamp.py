"""Times as text, RFC 3339, and as the whole microseconds in which the rules compare them."""

from __future__ import annotations

from datetime import datetime, timedelta


def is_rfc3339(text: str) -> bool:
    """Whether ``text`` is a real time in RFC 3339, with seconds and an offset."""
    tail = text[20:].lstrip("0123456789") if text[19:20] == "." else text[19:]
    shaped = (
        text.isascii()
        and text[4:5] == text[7:8] == "-"
        and text[10:11] in ("T", "t")
        and text[13:14] == text[16:17] == ":"
        and (tail in ("Z", "z") or (len(tail) == 6 and tail[0] in "+-" and tail[3] == ":"))
        and (text[19:20] != "." or text[20:21].isdigit())
    )
    try:
        return shaped and moment(text).utcoffset() is not None
    except (ValueError, OverflowError):
        return False


def moment(text: str) -> datetime:
    """The time that an RFC 3339 ``text`` names; also accepts its lower-case forms."""
    return datetime.fromisoformat(text.upper())


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970 in UTC: the time as the rules compare it."""
    return (at - _EPOCH) // _MICROSECOND
