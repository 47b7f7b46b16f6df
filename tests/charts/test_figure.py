"""A figure: a template that stays the same, with data and captions that change."""

from datetime import date

import altair as alt
import pandas as pd
import pytest

from workbook.charts.figure import (
    DEFAULT_HEIGHT,
    ChartTemplate,
    ClickTarget,
    build_once,
    frame_records,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.theme import CHART_THEME

WORDS = {"title": "People fell", "subtitle": "Millions", "description": "From 3 to 2."}


@pytest.fixture
def template():
    base = named_data("rows").encode(x="year:O", y="people:Q")
    return ChartTemplate(layer_charts(base.mark_bar(), base.mark_rule()))


@pytest.fixture
def people():
    return pd.DataFrame({"year": [2014, 2015], "people": [3.0, None]})


def test_a_template_has_the_theme_and_fills_its_container(template):
    spec = template.vega_lite_spec
    assert spec["config"] == CHART_THEME.to_dict()
    assert (spec["width"], spec["height"]) == ("container", DEFAULT_HEIGHT)
    assert "datasets" not in spec


def test_a_template_is_converted_once(template):
    assert template.vega_lite_spec is template.vega_lite_spec


def test_the_height_can_follow_the_number_of_rows():
    template = ChartTemplate(named_data("rows").mark_bar(), {"step": 20})
    assert template.vega_lite_spec["height"] == {"step": 20}


def test_a_figure_combines_its_template_with_data_and_captions(template, people):
    spec = make_figure(template, {"rows": people}, **WORDS).to_dict()
    assert spec["title"] == {"text": "People fell", "subtitle": "Millions"}
    assert spec["description"] == "From 3 to 2."
    assert spec["datasets"] == {
        "rows": [{"year": 2014, "people": 3.0}, {"year": 2015, "people": None}]
    }
    assert spec["layer"] == template.vega_lite_spec["layer"]


def test_figures_share_their_template(template, people):
    first, second = (make_figure(template, {"rows": rows}, **WORDS) for rows in (people, people))
    assert first.template is second.template is template


def test_a_chart_that_contains_its_data_keeps_them(people):
    chart = alt.Chart(people).mark_bar().encode(x="year:O", y="people:Q")
    [rows] = make_figure(chart, **WORDS).to_dict()["datasets"].values()
    assert rows == frame_records(people)


@pytest.mark.parametrize("is_layered", [True, False])
def test_a_figure_can_be_converted_to_an_altair_chart(template, people, is_layered):
    chart = template if is_layered else named_data("rows").mark_bar().encode(x="year:O")
    figure = make_figure(chart, {"rows": people}, **WORDS)
    assert isinstance(figure.to_altair(), alt.LayerChart if is_layered else alt.Chart)
    assert figure.to_altair().to_dict()["datasets"] == figure.dataset_rows


def test_a_click_changes_nothing_unless_a_target_is_set(template):
    assert make_figure(template, **WORDS).click_target is None
    target = ClickTarget(parameter="service", column="service")
    assert make_figure(template, **WORDS, click_target=target).click_target is target


def test_layers_are_drawn_in_order():
    spec = layer_charts(named_data("a").mark_bar(), named_data("b").mark_line()).to_dict()
    assert [layer["data"]["name"] for layer in spec["layer"]] == ["a", "b"]


CHANNELS = {
    "x": "year:O",
    "x2": alt.datum(2014),
    "y": alt.value(3),
    "strokeDash": alt.StrokeDash("kind:N"),
    "tooltip": ["year:O", alt.Tooltip("people:Q", format=",.0f")],
}


def draw_layers(base):
    lines = base.encode(**CHANNELS).mark_line(color="black")
    return alt.LayerChart(layer=[lines, lines.mark_point()]).to_dict()


def test_channels_are_those_that_altair_makes():
    assert draw_layers(named_data("rows")) == draw_layers(alt.Chart(alt.NamedData("rows")))


def test_altair_need_not_search_for_a_channel(monkeypatch):
    monkeypatch.delattr(alt.SchemaBase, "from_dict")
    chart = named_data("rows").encode(**CHANNELS).mark_line()
    assert chart.to_dict()["encoding"]["x"] == {"field": "year", "type": "ordinal"}


def test_layers_stay_as_they_are():
    bars = named_data("rows").encode(x="year:O").mark_bar()
    before = bars.to_dict()
    layer_charts(bars, bars.mark_rule())
    assert bars.to_dict() == before


def test_a_template_that_is_built_once_has_its_specification():
    @build_once
    def build(data_name):
        return ChartTemplate(named_data(data_name).mark_bar())

    template = build("rows")
    assert build("rows") is template
    assert "vega_lite_spec" in vars(template)


def test_records_are_plain_values():
    frame = pd.DataFrame(
        {"day": [date(2014, 6, 30)], "time": [pd.Timestamp("2014-06-30")], "share": [float("nan")]}
    )
    assert frame_records(frame) == [
        {"day": "2014-06-30", "time": "2014-06-30T00:00:00", "share": None}
    ]


def test_a_notebook_shows_a_figure(template, people):
    bundle = make_figure(template, {"rows": people}, **WORDS)._repr_mimebundle_()
    assert "People fell" in str(bundle)
