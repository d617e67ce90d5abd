"""The style sheets: enough contrast in both themes, nothing from elsewhere, small enough for a slow line."""

import gzip
import re
from pathlib import Path

import pytest

import diary

STATIC = Path(diary.__file__).parent / "static"
VENDOR = STATIC / "vendor"
SHEETS = (VENDOR / "nhsuk.css", STATIC / "diary.css")


def palettes() -> dict[str, dict[str, str]]:
    sheet = (STATIC / "diary.css").read_text()
    blocks = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", sheet, re.S)
    ]
    light, dark, *_ = blocks
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "visited", "error") for ground in ("page", "surface")),
    ("ink", "hover"),
    ("link", "hover"),
    ("ink", "notice"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-masthead", "masthead"),
    ("on-focus", "focus"),
    ("on-emergency", "emergency"),
    ("on-emergency", "emergency-strong"),
    ("on-call", "call"),
    ("on-today", "today"),
    ("on-watch", "watch"),
]
EDGES = [
    *((edge, ground) for edge in ("edge-strong", "brand") for ground in ("page", "surface")),
    *((f"{urgency}-edge", "page") for urgency in ("emergency", "call", "today", "watch")),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read_on_its_ground(theme, ink, ground):
    palette = palettes()[theme]
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_field_or_card_can_be_seen(theme, edge, ground):
    palette = palettes()[theme]
    assert contrast(palette[edge], palette[ground]) >= 3


def test_a_focus_ring_can_be_seen_in_either_theme():
    for palette in palettes().values():
        # Yellow shows on dark, and the dark line at its edge shows on light.
        assert max(contrast(palette[ring], palette["page"]) for ring in ("focus", "on-focus")) >= 3


def test_every_colour_of_the_vendored_sheet_has_a_value():
    used = {name for sheet in SHEETS for name in re.findall(r"var\(--([a-z-]+)\)", sheet.read_text())}
    assert used <= palettes()["light"].keys() | {"nhsuk-breakpoint-mobile"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_asks_for_nothing_from_elsewhere(sheet):
    for address in re.findall(r"url\(\"?([^)\"]*)\"?\)", sheet.read_text()):
        assert "//" not in address
        assert not address.startswith("data:")
        assert (sheet.parent / address).is_file()


def test_nothing_says_nhs_but_class_names_and_the_licence():
    assert "#005eb8" not in (VENDOR / "nhsuk.css").read_text().lower()
    assert "frutiger" not in (VENDOR / "nhsuk.css").read_text().lower()
    assert "nhs" not in (STATIC / "favicon.svg").read_text().lower()


def test_the_look_is_small():
    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in SHEETS) < 25_000
    assert (VENDOR / "atkinson-hyperlegible-next.woff2").stat().st_size < 30_000


def test_each_vendored_part_has_its_licence():
    assert "SIL OPEN FONT LICENSE" in (VENDOR / "atkinson-hyperlegible-next-OFL.txt").read_text()
    assert "MIT License" in (VENDOR / "nhsuk-frontend-LICENCE.txt").read_text()
