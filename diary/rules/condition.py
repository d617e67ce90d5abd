"""A compiled condition: quick to ask, and able to say why."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from diary.rules.moment import Moment
    from diary.rules.values import Reason

    Witness = tuple[int, Reason]


def _nothing(moment: Moment) -> list[Witness]:
    """The reasons of what no logged fact is behind."""
    return []


class Condition:
    """One condition of the table.

    ``answer`` says no, unknown or yes and is asked often. ``because`` is asked only of a condition that said yes, and
    names every fact behind it with its time in microseconds: none behind what is known of the patient.
    """

    __slots__ = ("answer", "because")

    def __init__(self, answer: Callable[[Moment], int], because: Callable[[Moment], list[Witness]] = _nothing) -> None:
        self.answer, self.because = answer, because
