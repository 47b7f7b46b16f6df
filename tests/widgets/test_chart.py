"""The chart widget: specifications that stay the same, and plain Altair charts."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.widgets.chart import ChartWidget
from workbook.widgets.chart_parts import split_datasets


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
