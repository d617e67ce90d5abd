"""Looks into the plain data of a condition: its parts, what it reads, and whether it can say yes on nothing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Node = dict[str, Any]


def parts(node: Node) -> Iterator[Node]:
    """The node and everything inside it, without following names."""
    yield node
    for part in node.get("of", ()):
        yield from parts(part)
    if "without" in node:
        yield from parts(node["without"])


def all_parts(node: Node, named: Mapping[str, Node]) -> Iterator[Node]:
    """The node and everything inside it, following names."""
    for part in parts(node):
        yield part
        if part["op"] == "named":
            yield from all_parts(named[part["name"]], named)


def uses_setting(node: Node) -> bool:
    """Whether a condition compares with a number that the care team may choose."""
    return any(
        isinstance(value, dict) and "setting" in value for part in parts(node) for _, value in part.get("bounds", ())
    )


def reads(node: Node, named: Mapping[str, Node], readings: Mapping[str, Any]) -> set[str]:
    """The keys of every fact that can matter to a node."""
    keys: set[str] = set()
    for part in parts(node):
        if part["op"] == "named":
            keys |= reads(named[part["name"]], named, readings)
        elif part["op"] == "reading":
            keys |= {part["kind"], part.get("again", {}).get("kind", part["kind"])}
            also = readings[part["kind"]].get("also")
            if also is not None:
                keys |= {also["reading"]} | reads(named[also["when"]], named, readings)
        elif part["op"] == "sign":
            keys |= set(part["ids"])
        elif part["op"] == "dose":
            keys |= {f"dose:{kind}" for kind in part["kinds"]}
    return keys


FACTS = ("reading", "sign", "dose", "overdue", "flags")
"""The atoms that ask about something logged."""

OF_PATIENT = ("age", "treatment_day", "profile", "usual")
"""The atoms that ask what is known of the patient."""


def needs(node: Node, named: Mapping[str, Node], readings: Mapping[str, Any]) -> list[set[str]] | None:
    """What must have been logged for the node to say yes: some fact of each set; ``None`` when nothing must."""
    if node["op"] == "named":
        return needs(named[node["name"]], named, readings)
    if node["op"] == "all":
        found = [wanted for part in node["of"] for wanted in needs(part, named, readings) or ()]
        return found or None
    if node["op"] == "any":
        parts_need = [needs(part, named, readings) for part in node["of"]]
        if any(wanted is None for wanted in parts_need):
            return None
        return [{key for wanted in parts_need for keys in wanted or () for key in keys}]
    return [reads(node, named, readings)] if node["op"] in FACTS else None


def of_patient(node: Node, named: Mapping[str, Node]) -> Node | None:
    """What the patient alone decides of a node: with nothing logged it is no where this is no, else unknown.

    ``None`` is a condition that no fact about the patient can make a no.
    """
    if node["op"] in FACTS:
        return None
    if node["op"] == "named":
        inner = named[node["name"]]
        return node if not any(part["op"] in (*FACTS, "named") for part in parts(inner)) else of_patient(inner, named)
    if node["op"] in ("all", "any"):
        found = [of_patient(part, named) for part in node["of"]]
        known = [part for part in found if part is not None]
        if not known or (node["op"] == "any" and len(known) < len(found)):
            return None
        distinct = [part for place, part in enumerate(known) if part not in known[:place]]
        return distinct[0] if len(distinct) == 1 else {"op": node["op"], "of": distinct}
    return node
