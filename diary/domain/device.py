"""A device, as the list of signed-in devices shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""What a browser writes of itself, and what people call it. Each claims to be those below it as well."""
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which somebody is signed in."""

    id: str
    label: str
    created_at: datetime
    last_used_at: datetime


def label_of(user_agent: str) -> str:
    """The browser and what it runs on, such as ``Safari, iPhone``; empty when it tells neither."""
    names = (next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in names if name)
