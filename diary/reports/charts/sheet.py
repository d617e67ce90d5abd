"""The measures of a picture, and the row of words and samples that explains its marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from diary.reports.charts.canvas import Canvas, Dash, Shape, words_width
from diary.reports.charts.request import Layout, Panel


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pixels of an image shown at its own size. ``left`` and ``right`` are margins, ``words`` and ``title`` sizes."""

    width: float
    left: float
    right: float
    words: float
    title: float
    plot_height: float
    between_days: float
    between_dates: float
    mark: float

    @property
    def plot_right(self) -> float:
        return self.width - self.right

    @property
    def plot_width(self) -> float:
        return self.plot_right - self.left

    @property
    def row(self) -> float:
        """The height of one line of words."""
        return self.words + 6

    def height_of(self, panel: Panel) -> float:
        """The height of a panel's plot: two pressures need more room than one pulse."""
        return self.plot_height * {Panel.BLOOD_PRESSURE: 1.5, Panel.TEMPERATURE: 1.35}.get(panel, 1.0)


SHEETS: Final[dict[Layout, Sheet]] = {
    # The narrowest phone is 320 pixels wide; on a wider one all of it, words too, is shown larger.
    "phone": Sheet(320, 36, 10, 12, 14, 112, 24, 46, 5),
    "wide": Sheet(960, 46, 18, 14, 16, 136, 30, 60, 6.5),
}


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One explained mark: a sample of it, and its words."""

    words: str
    colour: str
    shape: Shape | None = None
    size: float = 5
    hollow: bool = False
    dash: Dash | None = None
    """``()`` is a solid line, ``None`` no line."""
    shade: str | None = None


SAMPLE: Final = 24
"""The width of a sample and the space after it."""


def key_rows(items: Sequence[KeyItem], sheet: Sheet, first_from: float) -> list[list[tuple[float, KeyItem]]]:
    """Flow the items into rows as (x, item), the first row from ``first_from``, the others from the left margin."""
    rows: list[list[tuple[float, KeyItem]]] = [[]]
    x, margin = first_from, 10.0
    for item in items:
        width = SAMPLE + words_width(item.words, sheet.words)
        if x + width > sheet.plot_right and (rows[-1] or x > margin):
            rows.append([])
            x = margin
        rows[-1].append((x, item))
        x += width + 12
    return rows


def draw_key(
    canvas: Canvas, name: str, rows: list[list[tuple[float, KeyItem]]], sheet: Sheet, y: float, ink: str
) -> None:
    """Draw the rows of a key, the first with its baseline at ``y``."""
    for number, (row, x, item) in enumerate(_placed(rows)):
        baseline = y + row * sheet.row
        middle = baseline - sheet.words * 0.36
        gid = f"{name}-key-{number}"
        if item.shade is not None:
            canvas.boxes(f"{gid}-shade", [(x, middle - 6, x + SAMPLE - 6, middle + 6)], item.shade)
        if item.dash is not None:
            canvas.line(f"{gid}-line", [x, x + SAMPLE - 6], [middle, middle], item.colour, 2, item.dash)
        if item.shape is not None:
            centre = [x + (SAMPLE - 6) / 2], [middle]
            canvas.marks(f"{gid}-mark", *centre, item.colour, item.shape, item.size, item.hollow)
        canvas.words(f"{gid}-words", x + SAMPLE, baseline, item.words, sheet.words, ink)


def _placed(rows: list[list[tuple[float, KeyItem]]]) -> Iterator[tuple[int, float, KeyItem]]:
    return ((number, x, item) for number, row in enumerate(rows) for x, item in row)
