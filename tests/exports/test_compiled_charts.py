"""Charts that are compiled once for several drawings are drawn as if each was compiled."""

import pandas as pd
import pytest
import vl_convert

from workbook.charts.figure import layer_charts, make_figure, named_data
from workbook.exports.compiled_charts import _compile_template, compile_chart
from workbook.topics.registry import TOPICS

ROWS = pd.DataFrame({"year": [2014, 2015, 2016], "people": [3.0, None, 1.5]})
TEMPLATE = make_figure(
    layer_charts(
        named_data("path").mark_line().encode(x="year:Q", y="people:Q"),
        named_data("marks").mark_point().encode(x="year:Q", y="people:Q"),
    ),
    title="",
    description="",
).template


def describe(title, subtitle="", description="Described.", rows=ROWS):
    data = {"path": rows, "marks": rows.head(1)}
    figure = make_figure(
        TEMPLATE, data, title=title, subtitle=subtitle, description=description
    ).to_dict()
    return {**figure, "width": 500}


@pytest.mark.parametrize(
    "spec",
    [
        describe("One line", "Below"),
        {**describe("x"), "title": {"text": ["Two", "lines"], "subtitle": ["Below"]}},
        {**describe("x"), "title": "Text"},
        {**describe("x"), "title": None},
        {**describe("x"), "title": ""},
        {**describe("x"), "title": {"text": None, "subtitle": "Alone"}},
        describe("", description=""),
        describe("No rows", rows=ROWS.head(0)),
        {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a"}}},
        {"mark": "bar", "data": {"values": []}, "title": {"text": {"expr": "'a' + 'b'"}}},
    ],
)
def test_a_chart_is_compiled_as_vega_lite_compiles_it(spec):
    assert compile_chart(spec) == vl_convert.vegalite_to_vega(spec)


@pytest.mark.parametrize("name", TOPICS)
def test_every_chart_of_a_topic_is_compiled_as_vega_lite_compiles_it(name):
    topic = TOPICS[name]
    outcome = topic.run()
    for draw in topic.charts.values():
        spec = {**draw(outcome).to_dict(), "width": 500}
        assert compile_chart(spec) == vl_convert.vegalite_to_vega(spec)


def test_a_template_is_compiled_once_for_other_data_and_words():
    compile_chart(describe("First", "Below", "Described first."))
    compiled = _compile_template.cache_info().misses
    second = compile_chart(describe("Second", "Other", "Described again.", ROWS.head(2)))
    assert _compile_template.cache_info().misses == compiled
    assert second["title"]["text"] == "Second"
    assert second["description"] == "Described again."


def test_a_chart_that_cannot_be_compiled_is_an_error():
    with pytest.raises(ValueError, match="conversion failed"):
        compile_chart({"mark": "unknown"})


def test_a_chart_without_its_title_has_the_same_template():
    titled = compile_chart(describe("First", "Below"))
    compiled = _compile_template.cache_info().misses
    untitled = compile_chart({**describe("First", "Below"), "title": None})
    assert _compile_template.cache_info().misses == compiled
    assert untitled == {name: part for name, part in titled.items() if name != "title"}
