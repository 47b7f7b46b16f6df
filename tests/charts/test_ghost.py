"""Ghosts of a pinned scenario's marks."""

from dataclasses import replace

import pandas as pd
import pytest

from workbook.charts.figure import Figure, make_figure, named_data
from workbook.charts.ghost import add_ghost, ghost_data, overlay_figures
from workbook.exports.static_svg import to_static_svg
from workbook.topics.registry import TOPICS

ROWS = pd.DataFrame({"year": [2014, 2015], "people": [3.0, 2.0], "kind": ["a", "b"]})


def draw(mark: str) -> Figure:
    chart = getattr(named_data("rows"), f"mark_{mark}")(tooltip=True)
    return make_figure(
        chart.encode(x="year:Q", y="people:Q", color="kind:N"),
        {"rows": ROWS},
        title="People",
        description="People by year.",
    )


@pytest.mark.parametrize("mark", ["line", "bar", "area", "point", "circle", "rule", "tick", "rect"])
def test_each_mark_has_a_grey_ghost_behind_it(mark: str) -> None:
    ghost, present = add_ghost(draw(mark).template.vega_lite_spec)["layer"]
    assert ghost["mark"]["type"] == mark
    assert ghost["data"]["name"] == "rows_pinned"
    assert ghost["encoding"].keys() == {"x", "y", "detail"}  # which keeps series apart
    assert present["data"]["name"] == "rows"
    assert present["encoding"].keys() == {"x", "y", "color"}


def test_texts_have_no_ghost() -> None:
    spec = add_ghost(draw("text").template.vega_lite_spec)
    assert len(spec["layer"]) == 1
    assert ghost_data(spec, {"rows": []}) == {}


def test_both_scenarios_are_on_one_scale() -> None:
    figure = draw("bar")
    spec = add_ghost(figure.to_dict())
    spec["datasets"] |= ghost_data(spec, {"rows": [{"year": 2014, "people": 90.0, "kind": "a"}]})
    assert ">90<" in to_static_svg(spec)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_chart_of_a_topic_can_be_drawn_with_its_ghost(topic: str) -> None:
    outcome = TOPICS[topic].run()
    for draw_chart in TOPICS[topic].charts.values():
        chart = draw_chart(outcome)
        if isinstance(chart, Figure) and not chart.is_empty:
            spec = add_ghost(chart.to_dict())
            spec["datasets"] |= ghost_data(spec, chart.dataset_rows)
            alone, with_ghost = to_static_svg(chart), to_static_svg(spec)
            assert with_ghost.count("<path") > alone.count("<path")


def test_an_overlay_has_room_for_the_others_and_draws_one() -> None:
    front = draw("bar")
    alike = [replace(front, data={"rows": ROWS.assign(people=people)}) for people in (50.0, 90.0)]
    overlay = overlay_figures(front, alike[0], alike[1:])
    spec = overlay.to_dict()
    assert ">90<" in to_static_svg(spec)
    hidden, ghost, _ = spec["layer"]
    assert hidden["mark"]["opacity"] == 0
    assert ghost["mark"]["stroke"] == "#6F777B"
    assert overlay_figures(front, draw("bar")) is front  # of another template
