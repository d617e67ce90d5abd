"""Colours that can be read: WCAG 2.2 contrast on the paper and on the shading, in both themes."""

from dataclasses import fields

import pytest

from diary.reports.charts.palette import PALETTES, Palette


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_colours(palette: Palette) -> dict[str, str]:
    plain = {field.name: getattr(palette, field.name) for field in fields(palette)}
    urgencies = plain.pop("urgency")
    for background in ("paper", "shade", "grid"):
        plain.pop(background)
    return plain | {urgency.word: colour for urgency, colour in urgencies.items()}


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("background", ["paper", "shade"])
def test_words_and_marks_stand_out(theme, background):
    palette = PALETTES[theme]
    for name, colour in readable_colours(palette).items():
        assert contrast(colour, getattr(palette, background)) >= 4.5, name
