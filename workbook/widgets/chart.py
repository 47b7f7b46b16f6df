"""A chart: one Vega view with data that change in place."""

from collections.abc import Mapping
from html import escape
from typing import Any

import traitlets

from workbook.charts.figure import ChartTemplate, Figure
from workbook.exports.static_svg import to_static_svg
from workbook.result_table import ResultTable
from workbook.topic import AnyChart
from workbook.widgets.chart_parts import (
    CAPTION_PARTS,
    caption_texts,
    click_target_fields,
    first_dataset_table,
    split_datasets,
)
from workbook.widgets.prose import to_prose_html
from workbook.widgets.table import EMPTY_TABLE_CONTENT, table_content, table_content_html
from workbook.widgets.widget import WorkbookWidget, is_served_page

_PENDING_TITLE = "Calculating…"


class ChartWidget(WorkbookWidget):
    """A chart with its title, text description, data table and downloads.

    Traits:
        name: The chart's name, and that of the downloaded files.
        study_id: Identifies the form that takes a value selected in the chart.
        spec: The Vega-Lite specification without data and captions.
        named_data: The rows of each of its datasets, by name.
        captions: Title, subtitle and description.
        click_target: Column and parameter that a click selects; empty if none.
        table_content: The table below the chart.
        render_count: How many times the chart was shown. The page renders only when this trait
            changes, so that a change of several traits is rendered once.

    Args:
        name: The chart's name.
        study_id: Identifier of the form; empty if there is none.
    """

    name = traitlets.Unicode().tag(sync=True)
    study_id = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    named_data = traitlets.Dict().tag(sync=True)
    captions = traitlets.Dict().tag(sync=True)
    click_target = traitlets.Dict().tag(sync=True)
    table_content = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)
    render_count = traitlets.Int(0).tag(sync=True)

    def __init__(self, name: str, study_id: str = "") -> None:
        super().__init__(name=name, study_id=study_id)
        self._template: ChartTemplate | None = None
        self.on_msg(self._send_vega)

    def show(self, chart: AnyChart, table: ResultTable | None) -> None:
        """Show a chart. If the template is the same as before, only its data are replaced.

        Args:
            chart: The chart.
            table: The table below the chart; the chart's first dataset if None.
        """
        self._shown_chart = chart
        template = chart.template if isinstance(chart, Figure) else None
        if isinstance(chart, Figure) and template is self._template:
            spec, data, captions = self.spec, chart.dataset_rows, caption_texts(chart)
        else:
            spec, data = split_datasets(chart.to_dict())
            captions = caption_texts(chart)
        self._template = template
        table = table or first_dataset_table(self.name, captions["title"], data)
        with self.hold_sync():
            self.spec, self.named_data, self.captions = spec, data, captions
            self.click_target = click_target_fields(chart)
            self.table_content = table_content(table)
            self.render_count += 1

    def show_pending(self) -> None:
        """Show that the result is being calculated, and remove the earlier result."""
        with self.hold_sync():
            self.captions = {**dict.fromkeys(CAPTION_PARTS, ""), "title": _PENDING_TITLE}
            self.named_data = {name: [] for name in self.named_data}
            self.table_content = EMPTY_TABLE_CONTENT
            self.render_count += 1

    def to_static_html(self) -> str:
        """Render the chart as SVG, with description and table. A page draws its own SVG."""
        captions = self.captions
        picture = "" if is_served_page() else to_static_svg(self._shown_chart, titled=False)
        return (
            f'<figure class="wb-figure" data-chart="{escape(self.name)}">'
            f'<figcaption><span class="wb-title">{escape(captions["title"])}</span>'
            f'<span class="wb-subtitle">{escape(captions["subtitle"])}</span></figcaption>'
            f'<div class="wb-plot">{picture}</div>'
            f'<p class="wb-description">{to_prose_html(captions["description"])}</p>'
            f'<details><summary>View data</summary><div class="wb-scroll">'
            f"{table_content_html(self.table_content)}</div></details></figure>"
        )

    def _send_vega(self, _: object, content: Mapping[str, Any], __: object) -> None:
        if content.get("request") == "vega":
            import vl_convert  # noqa: PLC0415  100 MB that the kernel of a page never needs

            self.send({"vega": vl_convert.javascript_bundle()})  # type: ignore[call-arg]
