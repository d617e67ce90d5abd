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


def needs_a_fact(node: Node, named: Mapping[str, Node]) -> bool:
    """Whether the node can only say yes when something was logged."""
    if node["op"] == "named":
        return needs_a_fact(named[node["name"]], named)
    if node["op"] == "all":
        return any(needs_a_fact(part, named) for part in node["of"])
    if node["op"] == "any":
        return all(needs_a_fact(part, named) for part in node["of"])
    return node["op"] in ("reading", "sign", "dose", "overdue", "flags")
