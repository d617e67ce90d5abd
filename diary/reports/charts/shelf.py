"""Pictures that were drawn before: the key that names one, and a small shelf that keeps the latest."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from diary.domain.record import PatientRecord
from diary.reports.charts.charted import Charted, charted
from diary.reports.charts.request import ChartRequest


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG document, and the key under which it never changes: fit for an ``ETag``."""

    key: str
    svg: bytes


def cache_key(record: PatientRecord, request: ChartRequest) -> str:
    """Return 32 hexadecimal digits that are equal when, and only when, the picture would be equal.

    What the picture does not show (notes, signs, names) does not change the key. Imports no matplotlib.
    """
    return key_of(charted(record, request), request)


def key_of(shown: Charted, request: ChartRequest) -> str:
    """As :func:`cache_key`, of what was already selected."""
    digest = blake2b(_look(), digest_size=16)
    for part in (
        shown.timeline,
        [(series.id, [(point.at.timestamp(), str(point.value)) for point in series.points]) for series in shown.series],
        [(absence.id, [at.timestamp() for at in absence.moments]) for absence in shown.absences],
        [(dose.at.timestamp(), dose.kind) for dose in shown.doses],
        [(flag.at.timestamp(), flag.urgency.word, flag.panel) for flag in shown.flags],
        request.panels,
        request.thresholds.levels,
        (request.temperature_unit, request.layout, request.theme, request.language),
        [(since.timestamp(), until.timestamp()) for since, until in request.masked],
        (request.from_on, request.to_on, request.gap, request.fever_medicine_lasts),
    ):
        digest.update(repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _look() -> bytes:
    """A digest of the code that draws: a new release with another look must not answer "not modified"."""
    digest = blake2b(version("matplotlib").encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.digest()


class PictureShelf:
    """The latest pictures, up to ``limit_bytes`` of SVG, in memory only. Safe to share between threads.

    A picture that was drawn before is handed out again without importing matplotlib.
    """

    def __init__(self, limit_bytes: int = 16_000_000) -> None:
        self._limit = limit_bytes
        self._held = 0
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pictures)

    def picture(self, record: PatientRecord, request: ChartRequest) -> Picture:
        """Return the picture, from the shelf if it is there, else drawn now."""
        shown = charted(record, request)
        key = key_of(shown, request)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        # Drawn outside the lock: a reader whose picture is on the shelf does not wait for one who needs drawing.
        from diary.reports.charts.drawing import draw

        picture = Picture(key, draw(shown, request))
        with self._lock:
            if key not in self._pictures:
                self._pictures[key] = picture
                self._held += len(picture.svg)
            while self._held > self._limit and len(self._pictures) > 1:
                self._held -= len(self._pictures.popitem(last=False)[1].svg)
        return picture
