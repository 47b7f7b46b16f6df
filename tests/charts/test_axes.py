"""Axes: the labels of their ticks, and their scales."""

import re

import pytest

from workbook.charts import axes
from workbook.exports.static_svg import to_static_svg


def draw_axis(axis, start, end):
    """SVG of a chart with this axis at the bottom."""
    return to_static_svg(
        {
            "data": {"values": [{"value": start}, {"value": end}]},
            "mark": "point",
            "encoding": {
                "x": {
                    "field": "value",
                    "type": "quantitative",
                    "title": None,
                    "axis": axis.to_dict(),
                    "scale": {"nice": False, "zero": False},
                }
            },
        }
    )


def axis_labels(axis, start, end):
    """Labels of an axis from start to end."""
    return re.findall(r"<text [^>]*>([^<]+)</text>", draw_axis(axis, start, end))


@pytest.mark.parametrize(
    ("amount", "label"),
    [(4e9, "£4 bn"), (-1e9, "−£1 bn"), (-4e8, "−£400 m"), (2e5, "£200,000"), (4, "£4")],
)
def test_a_money_axis_has_one_unit(amount, label):
    labels = axis_labels(axes.money_axis("x", tickCount=2), *sorted([0, amount]))
    assert label in labels
    assert "£0" in labels
    assert len({re.sub(r"[^a-z]", "", text) for text in labels if text != "£0"}) == 1


def test_a_vertical_money_axis_has_a_dark_line_at_zero_unless_the_grid_is_off():
    assert axes.money_axis("y").to_dict()["gridColor"]["condition"]["test"] == "datum.value === 0"
    assert "gridColor" not in axes.money_axis("x").to_dict()  # it would cross the rows' names
    assert axes.money_axis("y", grid=False).to_dict()["grid"] is False


@pytest.mark.parametrize(
    ("unit", "end", "labels"),
    [
        ("GBP", 4e6, {"£0", "£1 m", "£4 m"}),
        ("people", 4e6, {"0", "1 m", "4 m"}),
        ("people", 8e5, {"0", "200,000", "800,000"}),
        ("share", 1, {"0%", "20%", "100%"}),
        ("count", 4000, {"0", "1,000", "4,000"}),
        ("index", 1, {"0", "0.2", "1"}),
    ],
)
def test_every_unit_has_an_axis(unit, end, labels):
    assert labels <= set(axis_labels(axes.unit_axis("x", unit), 0, end))


def test_years_have_no_separators_and_no_fractions():
    assert axis_labels(axes.unit_axis("x", "year"), 2014, 2018) == [
        "2014",
        "2015",
        "2016",
        "2017",
        "2018",
    ]


def test_time_is_labelled_only_at_whole_years():
    assert axis_labels(axes.time_axis(tickCount=8), 2014, 2016) == ["2014", "2015", "2016"]


def test_a_time_channel_starts_at_the_first_data():
    channel = axes.time_channel("month", orient="top").to_dict()
    assert channel["field"] == "month"
    assert channel["scale"] == {"zero": False, "nice": False}
    assert channel["axis"]["orient"] == "top"


def test_a_financial_year_is_labelled_with_both_years():
    assert axis_labels(axes.financial_year_axis(), 1998, 2001) == [
        "1998-99",
        "1999-00",
        "2000-01",
        "2001-02",
    ]


@pytest.mark.parametrize(
    ("end", "options", "labels"),
    [
        (1, {"tickCount": 2}, ["0%", "50%", "100%"]),
        (0.02, {}, ["0%", "0.5%", "1%", "1.5%", "2%"]),  # no percentage is written twice
        (0.03, {}, ["0%", "1%", "2%", "3%"]),
    ],
)
def test_shares_are_percentages(end, options, labels):
    assert axis_labels(axes.share_axis(**options), 0, end) == labels


def test_a_share_channel_need_not_start_at_zero():
    channel = axes.share_channel("take_up", tickCount=4).to_dict()
    assert (channel["field"], channel["scale"]) == ("take_up", {"zero": False})
    assert channel["axis"]["tickCount"] == 4
