"""A chart's widget: the same specification for another outcome, and charts of Altair's own."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.widgets.chart import ChartWidget
from workbook.widgets.chart_parts import split_datasets


def test_a_chart_with_data_of_its_own_is_split_by_order() -> None:
    def spec_of(values: list[int]) -> tuple[Any, Any]:
        frame = pd.DataFrame({"x": values})
        return split_datasets(alt.layer(alt.Chart(frame).mark_point().encode(x="x:Q")).to_dict())

    (first, data), (second, other) = spec_of([1]), spec_of([2])
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
