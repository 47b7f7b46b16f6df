"""Result of an analysis that a visitor has requested, as a page and as plain HTML show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from workbook.charts.figure import Figure
from workbook.exports.static_svg import to_static_svg
from workbook.result_table import ResultTable
from workbook.topic import AnalysisResult
from workbook.widgets.chart_parts import caption_texts, reserved_heights, split_datasets
from workbook.widgets.static_figure import static_figure_html
from workbook.widgets.table import table_content, table_content_html
from workbook.widgets.widget import is_served_page


@dataclass(frozen=True)
class RequestedResult:
    """Result of an analysis that a visitor has requested.

    Args:
        sentences: The answer, and then notes.
        charts: Charts, each with its table.
        tables: Tables without a chart.
        form_texts: What the visitor may put into the form's fields, by parameter.
    """

    sentences: tuple[str, ...]
    charts: tuple[AnalysisResult, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    form_texts: Mapping[str, str] = field(default_factory=dict)

    def to_content(self, prefix: str) -> dict[str, Any]:
        """Describe the result for the page.

        Args:
            prefix: What precedes the charts' names, which are unique on a page.

        Returns:
            The sentences, the traits of each chart, the content of each table, and the texts.
        """
        return {
            "sentences": list(self.sentences),
            "charts": [_chart_traits(chart, prefix) for chart in self.charts],
            "tables": list(map(table_content, self.tables)),
            "form_texts": dict(self.form_texts),
        }

    def to_static_html(self, prefix: str) -> str:
        """Render the result as plain HTML, the charts as pictures."""
        answer, *notes = self.sentences
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        listed = f'<ul class="wb-notes">{items}</ul>' if notes else ""
        figures = "".join(_figure_html(chart, prefix) for chart in self.charts)
        tables = "".join(table_content_html(table_content(table)) for table in self.tables)
        return f'<p class="wb-request-answer">{escape(answer)}</p>{listed}{figures}{tables}'


def _chart_traits(result: AnalysisResult, prefix: str) -> dict[str, Any]:
    """The traits of a chart's widget that shows a result of the present scenario."""
    chart = result.chart
    if isinstance(chart, Figure):
        spec, fixed_data = split_datasets(chart.template.vega_lite_spec)
        data = {**fixed_data, **chart.dataset_rows}
    else:
        spec, data = split_datasets(chart.to_dict())
    return {
        "name": f"{prefix}-{result.name}",
        "spec": spec,
        "named_data": data,
        "captions": caption_texts(chart),
        "click_target": {},
        "table_content": table_content(result.table),
        "is_deferred": False,
        "status": "current",
        "is_empty": isinstance(chart, Figure) and chart.is_empty,
        "reserved_heights": reserved_heights(spec, data),
        "render_count": 1,
    }


def _figure_html(result: AnalysisResult, prefix: str) -> str:
    is_drawn = not is_served_page()  # a page draws its charts itself
    picture = to_static_svg(result.chart, titled=False, described=False) if is_drawn else ""
    return static_figure_html(_chart_traits(result, prefix), picture)
