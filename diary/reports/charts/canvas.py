"""A sheet of matplotlib to draw on: the only module that knows matplotlib.

Lengths and positions are CSS pixels of an image shown at its own size, x from the left and y from the top.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

Dash = tuple[float, ...]
Shape = Literal["o", "s", "D", "8", "^", "x", "|"]
_FONTS: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
"""The fonts that come with matplotlib: named by file, so that another version on the machine changes no picture."""
_HEAD: Final = b'<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'

_ONE_AT_A_TIME = Lock()
_SETTINGS: Final[dict[Any, Any]] = {
    "figure.frameon": True,
    "lines.dash_joinstyle": "round",
    "lines.scale_dashes": True,
    "markers.fillstyle": "full",
    "path.sketch": None,
    "path.simplify": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "symptom-diary",
    "svg.id": None,
    "text.usetex": False,
}
"""What cannot be said to each line or word, and what a matplotlibrc on this machine could say otherwise."""


@contextmanager
def alone() -> Iterator[None]:
    """Draw while no other thread does, with settings of our own.

    matplotlib promises nothing to threads, and its settings are global. Drawing is Python through and through, so
    that two threads which drew at once would not be done sooner.
    """
    with _ONE_AT_A_TIME, matplotlib.rc_context(_SETTINGS):
        yield


class Canvas:
    """One picture in the making, within :func:`alone`.

    Every canvas has a Figure of its own, so nothing of another patient can be on it. A bare Figure without Axes takes
    a fifth of a millisecond to make; it is Axes that would be worth keeping, and the axes here are lines and words
    like the rest.
    """

    def __init__(self, width: float, paper: str) -> None:
        # At 72 dots an inch matplotlib's points, its pixels and the SVG's user units are all the same.
        self._figure = Figure(figsize=(width / 72, 1), dpi=72, facecolor=paper, edgecolor="none")
        self._width = width
        self._paper = paper
        # matplotlib counts upwards. The height is known at the end, so it is the transform that learns it then.
        self._from_top = Affine2D().scale(1, -1)
        self._count = 0

    def line(
        self, gid: str, xs: Sequence[float], ys: Sequence[float], colour: str, width: float = 1, dash: Dash = ()
    ) -> None:
        """A line through the positions, lifted where a position is NaN."""
        self._add(
            Line2D(
                xs,
                ys,
                color=colour,
                linewidth=width,
                linestyle=(0, dash) if dash else "-",
                dash_capstyle="butt",
                solid_capstyle="round",
                solid_joinstyle="round",
                antialiased=True,
                gid=gid,
            )
        )

    def marks(
        self,
        gid: str,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str,
        shape: Shape = "o",
        size: float = 5,
        hollow: bool = False,
        parted: bool = False,
    ) -> None:
        """One mark of ``size`` at each position; a hollow one shows the paper inside.

        ``parted`` marks have an edge of paper, so that neighbours which touch stay two.
        """
        self._add(
            Line2D(
                xs,
                ys,
                color=colour,
                linestyle="none",
                marker=shape,
                markersize=size,
                markerfacecolor=self._paper if hollow else colour,
                markeredgecolor=self._paper if parted and not hollow else colour,
                markeredgewidth=2 if shape in "x|" else 1.5 if hollow else 0.75,
                gid=gid,
            )
        )

    def boxes(self, gid: str, boxes: Sequence[tuple[float, float, float, float]], colour: str) -> None:
        """Filled rectangles, each as left, top, right, bottom."""
        corners = [((left, top), (left, bottom), (right, bottom), (right, top)) for left, top, right, bottom in boxes]
        collection = PolyCollection(corners, facecolors=colour, edgecolors="none", linewidths=0, antialiaseds=False)
        collection.set_gid(gid)
        self._add(collection)

    def words(
        self,
        gid: str,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str,
        align: Literal["left", "center", "right"] = "left",
        bold: bool = False,
    ) -> None:
        """One line of words whose baseline is at ``y``."""
        text = Text(
            x,
            y,
            words,
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontproperties=_font(size, bold),
            # A translated word with two dollar signs is not a formula.
            parse_math=False,
        )
        text.set_gid(gid)
        self._add(text)

    def svg(self, height: float, title: str, description: str) -> bytes:
        """The picture as an SVG document that says what it shows; call it last. The same calls, the same bytes."""
        self._from_top.translate(0, height)
        self._figure.set_size_inches(self._width / 72, height / 72)
        file = BytesIO()
        # Not savefig, which asks the machine's matplotlibrc about colours and margins.
        metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
        FigureCanvasSVG(self._figure).print_svg(file, metadata=metadata)  # type: ignore[no-untyped-call]
        # The library's own head names a document type on another host, and sizes in points, a third too large.
        body = file.getvalue().split(b"<svg ", 1)[1].split(b">", 1)[1]
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
            f' width="{self._width:g}" height="{height:g}" viewBox="0 0 {self._width:g} {height:g}"'
            f' role="img" aria-labelledby="title desc">\n'
            f'<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(description)}</desc>'
        )
        return _HEAD + head.encode() + body

    def _add(self, artist: Line2D | PolyCollection | Text) -> None:
        artist.set_transform(self._from_top)
        # What is drawn later lies on top.
        self._count += 1
        artist.set_zorder(self._count)
        self._figure.add_artist(artist)


def words_width(words: str, size: float, bold: bool = False) -> float:
    """How wide a line of words will be."""
    return _words_width(words, bold) * size / 10


@lru_cache(maxsize=512)
def _words_width(words: str, bold: bool) -> float:
    width, _, _ = TextToPath().get_text_width_height_descent(words, _font(10, bold), ismath=False)
    return float(width)


@lru_cache(maxsize=16)
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(fname=str(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size=size)
