"""Marks: styles of categories, and legible labels."""

import altair as alt
import pytest

from workbook.charts import marks
from workbook.charts.figure import layer_charts, named_data
from workbook.charts.theme import BLUE, ORANGE, TEXT_COLOUR

X, Y = alt.X("year:Q"), alt.Y("people:Q")


def mark_of(layer):
    return layer.to_dict()["mark"]


def test_each_category_has_its_own_value_in_the_order_of_the_legend():
    scale = marks.category_scale({"rose": BLUE, "fell": ORANGE}).to_dict()
    assert scale == {"domain": ["rose", "fell"], "range": [BLUE, ORANGE]}


def test_a_category_colour_takes_further_options():
    colour = marks.category_colour("move", {"rose": BLUE}, legend=None).to_dict()
    assert (colour["field"], colour["type"], colour["legend"]) == ("move", "nominal", None)
    assert colour["scale"] == {"domain": ["rose"], "range": [BLUE]}


def test_a_text_is_drawn_on_a_halo():
    halo, text = marks.halo_texts(named_data("rows"), "name", dx=4)
    assert mark_of(halo)["stroke"] == "white"
    assert mark_of(halo)["strokeWidth"] > 0
    assert "stroke" not in mark_of(text)
    assert halo.to_dict()["encoding"]["text"] == text.to_dict()["encoding"]["text"]
    assert mark_of(halo)["dx"] == mark_of(text)["dx"] == 4


def test_a_label_is_at_its_point_in_bold_dark_text():
    for layer in marks.point_labels("rows", x=X, y=Y, align="right"):
        spec = layer.to_dict()
        assert spec["data"] == {"name": "rows"}
        assert spec["encoding"]["text"]["field"] == "text"
        assert (spec["encoding"]["x"]["field"], spec["encoding"]["y"]["field"]) == (
            "year",
            "people",
        )
        assert (spec["mark"]["fontWeight"], spec["mark"]["color"]) == ("bold", TEXT_COLOUR)
        assert spec["mark"]["align"] == "right"


def test_a_label_can_have_another_style_and_the_colour_of_its_row():
    [halo, _] = marks.point_labels("rows", x=X, y=Y, colour_field="colour", fontWeight="normal")
    assert mark_of(halo)["fontWeight"] == "normal"
    assert halo.to_dict()["encoding"]["color"] == {
        "field": "colour",
        "type": "nominal",
        "scale": None,
    }


def test_side_labels_point_away_from_their_mark():
    layers = marks.side_labels("rows", "over_", x=X, y=Y, dy=-12)
    sides = [(layer.to_dict()["encoding"]["text"]["field"], mark_of(layer)) for layer in layers]
    assert [field for field, _ in sides] == ["over_left"] * 2 + ["over_right"] * 2
    assert all(mark["align"] == "right" and mark["dx"] < 0 for _, mark in sides[:2])
    assert all(mark["align"] == "left" and mark["dx"] > 0 for _, mark in sides[2:])
    assert all(mark["dy"] == -12 for _, mark in sides)
    assert layer_charts(*layers).to_dict()


@pytest.mark.parametrize(
    ("position", "threshold", "side"),
    [(4, 0.5, "right"), (5, 0.5, "right"), (6, 0.5, "left"), (6, 0.8, "right"), (9, 0.8, "left")],
)
def test_a_label_is_on_the_side_with_room(position, threshold, side):
    other = {"left": "right", "right": "left"}[side]
    assert marks.place_on_free_side("now", position, 0, 10, threshold) == {side: "now", other: ""}


def test_the_side_with_room_depends_on_the_axis_and_not_on_zero():
    assert marks.place_on_free_side("now", -1, -10, 0)["left"] == "now"
    assert marks.place_on_free_side("now", 12, 10, 20)["right"] == "now"
