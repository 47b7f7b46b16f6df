"""Result of an analysis that a visitor has requested, as a page and as plain HTML show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from workbook.charts.figure import Figure
from workbook.exports.chart_captions import caption_texts
from workbook.exports.static_svg import to_static_svg
from workbook.exports.table_content import table_content, table_content_html
from workbook.topic import AnalysisResult, AnyChart
from workbook.widgets.chart_parts import reserved_heights, split_datasets
from workbook.widgets.static_figure import static_figure_html
from workbook.widgets.widget import is_served_page


@dataclass(frozen=True)
class RequestedResult:
    """Result of an analysis that a visitor has requested.

    Args:
        sentences: The answer, and then notes.
        parts: Charts with their tables, and tables alone, in their order.
        form_texts: What the visitor may put into the form's fields, by parameter.
    """

    sentences: tuple[str, ...]
    parts: tuple[AnalysisResult, ...] = ()
    form_texts: Mapping[str, str] = field(default_factory=dict)

    def to_content(self, prefix: str) -> dict[str, Any]:
        """Describe the result for the page.

        Args:
            prefix: What precedes the charts' names, which are unique on a page.

        Returns:
            The sentences, for each part its chart's traits or its table's content, and the texts.
        """
        return {
            "sentences": list(self.sentences),
            "parts": [
                {"chart": _chart_traits(part, part.chart, prefix)}
                if part.chart
                else {"table": table_content(part.table)}
                for part in self.parts
            ],
            "form_texts": dict(self.form_texts),
        }

    def to_static_html(self, prefix: str) -> str:
        """Render the result as plain HTML, the charts as pictures."""
        answer, *notes = self.sentences
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        listed = f'<ul class="wb-notes">{items}</ul>' if notes else ""
        parts = "".join(_part_html(part, prefix) for part in self.parts)
        return f'<p class="wb-request-answer">{escape(answer)}</p>{listed}{parts}'


def _chart_traits(result: AnalysisResult, chart: AnyChart, prefix: str) -> dict[str, Any]:
    """The traits of a chart's widget that shows a result of the present scenario."""
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


def _part_html(part: AnalysisResult, prefix: str) -> str:
    if part.chart is None:
        return table_content_html(table_content(part.table))
    is_drawn = not is_served_page()  # a page draws its charts itself
    picture = to_static_svg(part.chart, titled=False, described=False) if is_drawn else ""
    return static_figure_html(_chart_traits(part, part.chart, prefix), picture)
