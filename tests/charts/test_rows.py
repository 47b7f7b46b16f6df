"""Rows: one for each name, in the order of the data."""

import re

import pandas as pd
import pytest

from workbook.charts import rows
from workbook.charts.figure import ChartTemplate, layer_charts, make_figure, named_data
from workbook.exports.static_svg import to_static_svg


def draw_figure(*names, height=rows.STEP_HEIGHT):
    """A chart with a row for each name and the name in it."""
    base = named_data("rows").encode(y=rows.row_channel("name"))
    return make_figure(
        ChartTemplate(layer_charts(*rows.row_texts(base, name=rows.ROW_NAME_STYLE)), height),
        {"rows": pd.DataFrame({"name": names, "place": range(len(names))})},
        title="Names",
        description="Names.",
    )


def draw_names(*names, height=rows.STEP_HEIGHT):
    """SVG of that chart."""
    return to_static_svg(draw_figure(*names, height=height), 320, titled=False)


def written_names(svg):
    """Names and their vertical positions, from the top."""
    places = re.findall(r"<text [^>]*translate\(0,([\d.]+)\)[^>]*>([^<]+)</text>", svg)
    return sorted({(float(height), name) for height, name in places})


def test_rows_are_in_the_order_of_the_data():
    assert [name for _, name in written_names(draw_names("Zoology", "Art", "Music"))] == [
        "Zoology",
        "Art",
        "Music",
    ]


@pytest.mark.parametrize("pixels", [20, 54])
def test_each_row_has_the_given_height(pixels):
    places = written_names(draw_names("Zoology", "Art", height=rows.row_height(pixels)))
    assert places[1][0] - places[0][0] == pytest.approx(pixels)


def test_a_text_in_a_row_is_at_the_left_and_no_wider_than_the_chart():
    base = named_data("rows").encode(y=rows.row_channel("name"))
    layers = rows.row_texts(base, name=rows.ROW_NAME_STYLE, amount=rows.ROW_AMOUNT_STYLE)
    fields = [layer.to_dict()["encoding"]["text"]["field"] for layer in layers]
    assert fields == ["name_lines", "name_lines", "amount_lines", "amount_lines"]
    for layer in layers:
        spec = layer.to_dict()
        assert spec["encoding"]["x"] == {"value": 0}
        assert spec["mark"]["align"] == "left"
        assert spec["mark"]["limit"] == {"expr": "width"}


def test_names_can_be_on_an_axis():
    assert rows.row_channel("name").to_dict()["axis"] is None


def test_amounts_have_a_money_axis_above_the_rows():
    channel = rows.amount_channel("saving").to_dict()
    assert channel["axis"]["orient"] == "top"
    assert "£" in channel["axis"]["labelExpr"]
    start, _ = channel["scale"]["range"]
    assert start > 0


def test_a_long_name_takes_two_lines_on_a_phone_and_one_on_a_wider_screen():
    name = "Requests to Land Registry for official copies of records"
    narrow, wide = (to_static_svg(draw_figure(name), width, titled=False) for width in (320, 720))
    assert name in wide
    assert name not in narrow
    assert "Requests to Land Registry for official<" in narrow
    assert ">copies of records<" in narrow
