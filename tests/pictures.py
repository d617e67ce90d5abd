"""Pictures as phones and strangers send them."""

import io
import os
from typing import Any

from PIL import Image, ImageDraw

HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SECRET = b"Alice lives at 51.5 North"


def encoded(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    """A picture of a black line that falls from the left to the right."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).line((0, 0, size[0], size[1] // 2), fill="black", width=9)
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def photo(size: tuple[int, int] = (400, 300)) -> bytes:
    """As a phone takes it: lying on its side, with a place in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # Turn it to the right.
    exif[0x010E] = SECRET.decode()
    return encoded(size=size, exif=exif, comment=SECRET)


def a_photo(data: bytes | None = None, name: str = "photo.jpg") -> tuple[io.BytesIO, str]:
    """The same as a form sends it."""
    return io.BytesIO(photo() if data is None else data), name


def noise(side: int) -> bytes:
    """A picture that nothing makes small."""
    file = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(file, "JPEG", quality=90)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    """What is in the bytes."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture
