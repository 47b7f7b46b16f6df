"""The site's charts: their axes hold every value, and their labels differ."""

import math
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.indicators import Indicator
from workbook.periods import shift_quarter
from workbook.snapshots.site.series import IndicatorSeries, SeriesPoint
from workbook.snapshots.site.series_chart import draw_series

VALUES = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)
UNITS = st.sampled_from(["people", "share", "GBP", "years", "months", "days", "count", "index"])


def make_series(values, unit="people", offsets=None, **options):
    """A series whose quarters are this many after the first."""
    points = tuple(
        SeriesPoint(
            f"{shift_quarter('2010-Q1', offset)}/r1",
            shift_quarter("2010-Q1", offset),
            Indicator("waiting", "People <waiting>", unit, value, **options),
        )
        for offset, value in zip(offsets or range(len(values)), values, strict=True)
    )
    return IndicatorSeries("queues", points, points[-1].quarter)


def drawn(series):
    """The picture as XML."""
    return ET.fromstring(draw_series(series))


def texts_of(picture, anchor):
    """Labels of the vertical axis (end) or of the quarters (middle)."""
    return [text.text for text in picture.iter("text") if text.get("text-anchor") == anchor]


@given(st.lists(VALUES, min_size=2, max_size=40), UNITS)
def test_every_value_is_inside_the_picture_and_every_label_differs(values, unit):
    picture = drawn(make_series(values, unit))
    labels = texts_of(picture, "end")
    assert len({*labels}) == len(labels) >= 2
    for dot in picture.iter("circle"):
        x, y = float(dot.get("cx")), float(dot.get("cy"))
        assert 0 < x < 340 and 11.9 <= y <= 162.1  # noqa: PT018
        assert math.isfinite(x)


@given(st.integers(1, 200))
def test_labels_of_quarters_have_room(span):
    picture = drawn(make_series([1.0, 2.0], offsets=[0, span]))
    labels = texts_of(picture, "middle")
    assert 1 <= len(labels) <= 4
    assert labels[0] == shift_quarter("2010-Q1", span)


def test_the_line_breaks_where_a_quarter_is_missing():
    picture = drawn(make_series([1.0, 2.0, 3.0, 4.0], offsets=[0, 1, 3, 4]))
    [line] = [path.get("d") for path in picture.iter("path") if path.get("stroke-width") == "2.5"]
    assert (line.count("M"), line.count("L")) == (2, 2)


def test_the_picture_has_a_name_and_a_description():
    picture = drawn(make_series([1.0, 2.0]))
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "People <waiting>: rose from 1 in 2010-Q1 to 2 in 2010-Q2"
    assert picture.findtext("desc").startswith("Line over 2 quarters.")


def test_simulations_are_bars_from_p10_to_p90():
    picture = drawn(make_series([2.0, 3.0], low=1.0, high=4.0))
    bars = [path for path in picture.iter("path") if path.get("stroke-opacity")]
    assert len(bars) == 2
    assert texts_of(picture, "end") == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("unit", "values", "labels"),
    [
        ("share", [0.721, 0.736], ["72.0%", "72.5%", "73.0%", "73.5%", "74.0%"]),
        ("GBP", [1.3e9, 958.6e6], ["£0.9 bn", "£1.0 bn", "£1.1 bn", "£1.2 bn", "£1.3 bn"]),
        ("GBP", [-85e6, 1e6], ["−£100 m", "−£80 m", "−£60 m", "−£40 m", "−£20 m", "£0 m", "£20 m"]),
        ("people", [40.0, 41.0], ["40", "41"]),
        ("index", [3.84, 3.84], ["3.4", "3.6", "3.8", "4.0", "4.2", "4.4"]),
        ("count", [0.0, 0.0], ["−1", "0", "1"]),
    ],
)
def test_the_labels_are_in_the_unit_of_the_axis(unit, values, labels):
    assert texts_of(drawn(make_series(values, unit)), "end") == labels


def test_a_difference_is_labelled_in_percentage_points():
    picture = drawn(make_series([-0.01, 0.02], "share", is_difference=True))
    assert texts_of(picture, "end") == ["−1", "0", "1", "2"]
