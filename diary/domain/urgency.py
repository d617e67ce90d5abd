"""Urgency: how soon to act. Not severity (how bad it is), and never a grade."""

from enum import IntEnum


class Urgency(IntEnum):
    """How soon a person should act on what was logged, in rising order (evidence part 5.0)."""

    NONE = 0
    WATCH = 1
    TODAY = 2
    CALL = 3
    EMERGENCY = 4

    @property
    def word(self) -> str:
        """The word that files, tables and the rule table use: ``none`` to ``emergency``."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> "Urgency":
        """Return the urgency with this word; raises ``KeyError`` for any other."""
        return cls[word.upper()]
