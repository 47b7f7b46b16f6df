"""Tests of values and texts quoted in messages."""

import pytest

from workbook.text.quoting import LONGEST_QUOTED_TEXT, quote_value, shorten_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", "blank"),
        ("mine", '"mine"'),
        (2014, "2014"),
        (300_000, "300,000"),
        (3.0, "3.0"),
        (None, "None"),
        (10**20, "a number of more than 18 digits"),
    ],
)
def test_a_quoted_value_shows_its_type(value, text):
    assert quote_value(value) == text


def test_a_long_text_is_shortened_with_an_ellipsis():
    shortened = shorten_text("x" * 1000)
    assert len(shortened) == LONGEST_QUOTED_TEXT
    assert quote_value("x" * 1000) == f'"{shortened}"'
    assert shortened.endswith("x…")
    assert shorten_text("x" * LONGEST_QUOTED_TEXT) == "x" * LONGEST_QUOTED_TEXT


def test_an_invisible_character_is_quoted_as_an_escape():
    assert quote_value("a\nb\u200bc") == r'"a\nb\u200bc"'
    assert quote_value("£5 “now”") == '"£5 “now”"'
