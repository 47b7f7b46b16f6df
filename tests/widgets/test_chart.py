"""The chart widget: specifications that stay the same, and plain Altair charts."""

from typing import Any

import altair as alt
import pandas as pd
import pytest

from workbook.widgets.chart import ChartWidget
from workbook.widgets.chart_parts import reserved_heights, split_datasets


def test_the_data_of_an_altair_chart_are_named_by_their_order() -> None:
    def split_chart(values: list[int]) -> tuple[Any, Any]:
        frame = pd.DataFrame({"x": values})
        return split_datasets(alt.layer(alt.Chart(frame).mark_point().encode(x="x:Q")).to_dict())

    (first, data), (second, other) = split_chart([1]), split_chart([2])
    assert first == second
    assert data == {"data0": [{"x": 1}]}
    assert other == {"data0": [{"x": 2}]}


def test_a_plain_altair_chart_can_be_shown() -> None:
    frame = pd.DataFrame({"year": [2014, 2015], "people": [1.0, 2.0]})
    chart = ChartWidget("plain")
    chart.show(
        alt.Chart(frame, title="Two years").mark_bar().encode(x="year:O", y="people:Q"), None
    )
    assert chart.captions["title"] == "Two years"
    assert chart.table_content["rows"] == [[2014, 1.0], [2015, 2.0]]


BARS = alt.Chart(pd.DataFrame({"name": ["a", "b", "b"], "people": [1, 2, 3]})).mark_bar()
RULE = alt.Chart(pd.DataFrame({"people": [1]})).mark_rule()
STEP = alt.Step(20)


@pytest.mark.parametrize(
    ("chart", "row_count"),
    [
        (alt.layer(RULE.encode(y=alt.datum("a")), BARS.encode(y="name:N")), 2),
        (alt.layer(BARS, BARS.mark_text()).encode(y="name:N"), 2),
        (alt.layer(alt.layer(BARS.encode(y="name:N")), RULE), 2),
        (BARS.encode(y=alt.value(0)), 0),
        (BARS.encode(y="count()"), 0),
        (alt.Chart(alt.InlineData(values=[1, 2])).mark_bar().encode(y="data:N"), 0),
        (alt.Chart(pd.DataFrame({"name": [["a"], ["b"]]})).mark_bar().encode(y="name:N"), 2),
    ],
    ids=["datum", "shared", "nested", "value", "count", "plain numbers", "lists"],
)
def test_the_height_of_any_chart_with_a_step_is_reserved(chart: Any, row_count: int) -> None:
    spec, data = split_datasets(chart.properties(height=STEP).to_dict())
    assert reserved_heights(spec, data) == [row_count * 20] * 2
