"""What judging gives back: findings, each with its reasons, and what could not be answered.

The values are small frozen classes by hand and no dataclasses: importing those would cost ``diary assess`` a third of
its cold start.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta
    from typing import Any

    from diary.domain.urgency import Urgency


class Value:
    """A frozen value: every name of ``__slots__`` is given once, by keyword, and never changes."""

    __slots__: tuple[str, ...] = ()

    def __init__(self, **fields: Any) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, fields[name])

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def _fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


class Comparison(Value):
    """What a reading was compared with: ``is_`` is the table's word (``below``, ``drop_at_least`` …).

    ``threshold`` is a decimal in ``unit``. A comparison with the person's own usual value carries that value in
    ``usual`` and how far the reading is from it in ``difference``; one by age carries the completed years in ``age``.
    """

    __slots__ = ("age", "difference", "is_", "threshold", "unit", "usual")
    is_: str
    threshold: str
    unit: str
    usual: str | None
    difference: str | None
    age: int | None


class Reason(Value):
    """One fact behind a finding. ``fact`` says which fields mean something:

    ``reading``: kind, value as typed, unit, at, comparisons, is_earlier (it confirms another);
    ``sign``: kind is the sign's id, at; ``dose``: kind is the medicine as logged, status, at;
    ``flag``: kind is a rule's id, at; ``overdue``: kind is what is late, value in seconds or a count.
    """

    __slots__ = ("at", "comparisons", "fact", "is_earlier", "kind", "status", "unit", "value")
    fact: str
    kind: str
    at: datetime | None
    value: str | None
    unit: str | None
    status: str | None
    comparisons: tuple[Comparison, ...]
    is_earlier: bool

    def to_json(self) -> dict[str, Any]:
        """The reason as plain JSON, to be kept beside a flag."""
        data: dict[str, Any] = {"fact": self.fact, "kind": self.kind}
        if self.at is not None:
            data["at"] = self.at.isoformat()
        for name in ("value", "unit", "status"):
            if getattr(self, name) is not None:
                data[name] = getattr(self, name)
        if self.comparisons:
            data["comparisons"] = [
                {
                    name.removesuffix("_"): getattr(comparison, name)
                    for name in comparison.__slots__
                    if getattr(comparison, name) is not None
                }
                for comparison in self.comparisons
            ]
        if self.is_earlier:
            data["is_earlier"] = True
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reason:
        """The reason that :meth:`to_json` wrote."""
        from datetime import datetime

        comparisons = tuple(
            Comparison(
                is_=item["is"],
                threshold=item["threshold"],
                unit=item["unit"],
                usual=item.get("usual"),
                difference=item.get("difference"),
                age=item.get("age"),
            )
            for item in data.get("comparisons", ())
        )
        return reason(
            data["fact"],
            data["kind"],
            datetime.fromisoformat(data["at"]) if "at" in data else None,
            value=data.get("value"),
            unit=data.get("unit"),
            status=data.get("status"),
            comparisons=comparisons,
            is_earlier=data.get("is_earlier", False),
        )


def reason(
    fact: str,
    kind: str,
    at: datetime | None,
    *,
    value: str | None = None,
    unit: str | None = None,
    status: str | None = None,
    comparisons: tuple[Comparison, ...] = (),
    is_earlier: bool = False,
) -> Reason:
    """A reason, with the fields that its fact has."""
    return Reason(
        fact=fact,
        kind=kind,
        at=at,
        value=value,
        unit=unit,
        status=status,
        comparisons=comparisons,
        is_earlier=is_earlier,
    )


class Finding(Value):
    """A rule's answer at one moment, and why.

    ``says`` is the level's sentence and ``do`` what to do now, in this order on the page; both are message ids that
    may hold ``%(name)s`` and ``%(emergency_number)s``. ``says_caregiver`` is the sentence for a caregiver where it
    differs. ``recheck`` is how long after ``at`` the reading should be taken again; ``recheck_kinds`` are the keys of
    a check-in that answer it; ``recheck_can_wait`` until the next waking check-in. ``keeps_open`` names the rule
    whose open flag this finding only keeps open: when that flag is closed, nothing is raised.
    """

    __slots__ = (
        "about",
        "area",
        "at",
        "do",
        "keeps_open",
        "reasons",
        "recheck",
        "recheck_can_wait",
        "recheck_kinds",
        "rule",
        "says",
        "says_caregiver",
        "source",
        "urgency",
    )
    rule: str
    urgency: Urgency
    at: datetime
    area: str
    about: tuple[str, ...]
    says: str
    says_caregiver: str
    do: tuple[str, ...]
    reasons: tuple[Reason, ...]
    source: str
    recheck: timedelta | None
    recheck_kinds: tuple[str, ...]
    recheck_can_wait: bool
    keeps_open: str | None


class Judgement(Value):
    """One moment, judged: what was found, which rules could not be answered, and for want of what.

    Of the groups ``missing`` nothing was logged; of those ``partly`` something, and not everything.
    """

    __slots__ = ("at", "findings", "missing", "partly", "unknown")
    at: datetime
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    partly: tuple[str, ...]


class Assessment(Value):
    """A whole diary, judged: the highest urgency, every finding in time order, and the latest check-in's unknowns."""

    __slots__ = ("findings", "unknown", "urgency")
    urgency: Urgency
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
