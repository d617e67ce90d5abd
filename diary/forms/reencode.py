"""Makes any picture that somebody sends into one that may be kept: small, grey, and without a word about its making."""

import io
from typing import Final

from flask_babel import gettext
from PIL import Image, ImageOps

from diary.domain.picture import LARGEST_IN, LARGEST_KEPT

MOST_PIXELS: Final = {"JPEG": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""What a picture of each kind may have before it is decoded. A JPEG is decoded small; the others cost memory whole."""

STEPS: Final = ((1600, 80), (1600, 60), (1200, 55), (900, 45), (600, 30))
"""The longest side and the quality that are tried in turn until a picture is small enough to keep."""


def reencode(data: bytes) -> bytes:
    """Return the picture as a grey JPEG of at most 200 kB, upright, with nothing else in it.

    Raises:
        ValueError: with a sentence that says what to do, for everything that is not such a picture.
    """
    if len(data) > LARGEST_IN:
        raise ValueError(gettext("This picture is larger than 8 MB. Take it again with a smaller size, or crop it."))
    if data[4:8] == b"ftyp":
        raise ValueError(
            gettext(
                "This is an HEIC picture, which the diary cannot read. Save it as JPEG. On an iPhone: Settings, "
                "Camera, Formats, “Most Compatible”. Then take it again."
            )
        )
    try:
        picture = _decode(data)
    except _TooManyPixelsError:
        raise ValueError(gettext("This picture has too many dots. Take it again with a smaller size.")) from None
    except Exception:
        # Whatever is wrong inside a file, the decoders say it with exceptions of every kind.
        raise ValueError(
            gettext("The diary cannot read this picture. Send a JPEG, PNG or WebP picture, or take it again.")
        ) from None
    return _smallest(picture)


class _TooManyPixelsError(Exception):
    """It would cost more memory than a picture may."""


def _decode(data: bytes) -> Image.Image:
    """Decode with these three decoders only; the file's name and what its sender calls it mean nothing."""
    try:
        picture = Image.open(io.BytesIO(data), formats=tuple(MOST_PIXELS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _TooManyPixelsError from None
    # Some phones put a second picture behind a JPEG, which has a name of its own then.
    if picture.width * picture.height > MOST_PIXELS.get(str(picture.format), MOST_PIXELS["JPEG"]):
        raise _TooManyPixelsError
    picture.draft("L", (STEPS[0][0], STEPS[0][0]))
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        # What was drawn on nothing was drawn on white.
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    return upright.convert("L")


def _smallest(picture: Image.Image) -> bytes:
    """The best of :data:`STEPS` that is small enough. Built from its dots alone, it takes nothing else along."""
    bare = Image.frombytes("L", picture.size, picture.tobytes())
    for side, quality in STEPS:
        bare.thumbnail((side, side))
        kept = io.BytesIO()
        bare.save(kept, "JPEG", quality=quality, optimize=True)
        if kept.tell() <= LARGEST_KEPT:
            break
    return kept.getvalue()
