"""Pictures that phones and strangers send: what may be kept of them, and what is refused with a sentence."""

import struct
import zlib

import pytest
from flask import Flask
from flask_babel import Babel

from diary.domain.picture import LARGEST_IN, LARGEST_KEPT
from diary.forms.reencode import reencode
from tests.pictures import HEIC, SECRET, SVG, encoded, noise, opened, photo


@pytest.fixture(autouse=True, scope="module")
def language():
    """The sentences need a language, and nothing else of the house."""
    app = Flask(__name__)
    Babel(app)
    with app.app_context():
        yield


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that claims to be so wide and so high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9999))
        + chunk(b"IEND", b"")
    )


def test_it_keeps_a_photo_upright_and_small_without_a_word_about_it():
    kept = reencode(photo())
    picture = opened(kept)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "L", (300, 400))
    assert SECRET not in kept
    assert not picture.getexif()
    # The line that fell from the left to the right was turned with it.
    assert picture.getpixel((299, 1)) < 100 < picture.getpixel((1, 1))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_it_reads_what_phones_send_whatever_they_call_it(kind):
    assert opened(reencode(encoded(kind))).format == "JPEG"


def test_what_was_drawn_on_nothing_was_drawn_on_white():
    data = encoded("PNG", transparency=(0, 0, 0))
    assert opened(reencode(data)).getpixel((0, 0)) > 200


def test_it_makes_everything_small_enough_to_keep():
    kept = reencode(noise(1800))
    assert len(kept) <= LARGEST_KEPT
    assert opened(kept).width >= 600


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "cannot read this picture", id="nothing"),
        pytest.param(b"GIF89a" + b"\0" * 99, "cannot read this picture", id="gif"),
        pytest.param(SVG, "cannot read this picture", id="svg"),
        pytest.param(encoded("TIFF"), "cannot read this picture", id="tiff"),
        pytest.param(encoded("PNG")[:200], "cannot read this picture", id="cut off png"),
        pytest.param(photo()[:-300], "cannot read this picture", id="cut off jpeg"),
        pytest.param(b"%PDF-1.7 " + encoded("PNG"), "cannot read this picture", id="two kinds in one"),
        pytest.param(b"\xff\xd8\xff\xe1" + b"\xff" * 999, "cannot read this picture", id="broken exif"),
        pytest.param(HEIC, "Save it as JPEG", id="heic"),
        pytest.param(b"\0" * (LARGEST_IN + 1), "larger than 8 MB", id="large file"),
        pytest.param(bomb(5000, 5000), "too many dots", id="bomb"),
        pytest.param(bomb(12_000, 12_000), "too many dots", id="large bomb"),
        pytest.param(bomb(60_000, 60_000), "too many dots", id="huge bomb"),
    ],
)
def test_it_refuses_the_rest_with_what_to_do(data, sentence):
    with pytest.raises(ValueError, match=sentence):
        reencode(data)


def test_it_keeps_nothing_of_what_is_hidden_behind_a_picture():
    kept = reencode(encoded("PNG") + SVG + b"PK\x03\x04")
    assert b"script" not in kept
    assert kept.startswith(b"\xff\xd8")
    assert kept.endswith(b"\xff\xd9")
