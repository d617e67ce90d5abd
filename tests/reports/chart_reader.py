"""Reads a picture as a test wants it: marks, lines and words by the name of their group."""

import re
from html import unescape
from xml.etree import ElementTree

from diary.domain.record import PatientRecord
from diary.reports.charts import ChartRequest, draw_trends

SVG = "{http://www.w3.org/2000/svg}"
Place = tuple[float, float]


class Drawn:
    """One picture, parsed."""

    def __init__(self, svg: bytes) -> None:
        self.svg = svg
        parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))  # noqa: S314 - our own file
        self.root = ElementTree.fromstring(svg, parser)  # noqa: S314
        self.groups = {group.get("id", ""): group for group in self.root.iter(f"{SVG}g") if group.get("id")}

    def __contains__(self, name: str) -> bool:
        return name in self.groups

    def marks(self, name: str) -> list[Place]:
        """Where the marks of a group are, in pixels from the top left, from left to right."""
        uses = self.groups[name].iter(f"{SVG}use")
        return sorted((float(use.get("x", "nan")), float(use.get("y", "nan"))) for use in uses)

    def lines(self, name: str) -> list[list[Place]]:
        """The separate lines of a group, each as its places."""
        return [
            [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.e-]+) (-?[\d.e-]+)", line)]
            for path in self.groups[name].iter(f"{SVG}path")
            for line in path.get("d", "").split("M")[1:]
        ]

    def words(self, name: str) -> str:
        """What a group of glyphs says."""
        comments = [part.text or "" for part in self.groups[name].iter() if part.tag is ElementTree.Comment]
        return unescape(" ".join(comments).strip())

    def all_words(self) -> list[str]:
        return [unescape(part.text or "").strip() for part in self.root.iter() if part.tag is ElementTree.Comment]

    def day_labels(self, panel: str) -> list[str]:
        return [self.words(name) for name in self.groups if name.startswith(f"{panel}-day-")]

    def text_of(self, tag: str) -> str:
        found = self.root.find(f"{SVG}{tag}")
        assert found is not None
        return found.text or ""

    @property
    def size(self) -> tuple[float, float]:
        return float(self.root.get("width", "nan")), float(self.root.get("height", "nan"))


def drawn(record: PatientRecord, request: ChartRequest | None = None) -> Drawn:
    return Drawn(draw_trends(record, request or ChartRequest()))
