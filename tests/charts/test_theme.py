"""The theme: the accessible palette, and texts with enough contrast."""

import pytest

from tests.chart_specs import PALETTE
from workbook.charts import theme

PALETTE_NAMES = ("BLUE", "TURQUOISE", "PLUM", "ORANGE", "GREY", "MAUVE")


def luminance(colour):
    """Relative luminance of a colour, by WCAG 2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast_on_white(colour):
    return 1.05 / (luminance(colour) + 0.05)


def test_the_colours_are_the_accessible_palette():
    assert {getattr(theme, name) for name in PALETTE_NAMES} == PALETTE


def test_text_is_legible_on_white():
    assert contrast_on_white(theme.TEXT_COLOUR) >= 7


@pytest.mark.parametrize("name", ["BLUE", "PLUM", "GREY"])
def test_a_colour_of_labels_is_legible_on_white(name):
    assert contrast_on_white(getattr(theme, name)) >= 4.5


def test_names_in_legends_are_not_cut_off():
    assert theme.CHART_THEME.to_dict()["legend"]["labelLimit"] == 0


def test_the_text_of_axes_and_legends_is_dark_and_large_enough():
    config = theme.CHART_THEME.to_dict()
    for guide in ("axis", "legend"):
        assert config[guide]["labelColor"] == config[guide]["titleColor"] == theme.TEXT_COLOUR
        assert min(config[guide]["labelFontSize"], config[guide]["titleFontSize"]) >= 13
