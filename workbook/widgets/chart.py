"""A chart: one Vega view with data that change in place."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import traitlets

from workbook.charts.figure import ChartTemplate, Figure
from workbook.charts.ghost import add_ghost, ghost_data
from workbook.exports.chart_captions import CAPTION_PARTS, caption_texts
from workbook.exports.requested_pictures import draw_untitled
from workbook.exports.table_content import EMPTY_TABLE_CONTENT, table_content
from workbook.result_table import ResultTable
from workbook.topic import AnyChart
from workbook.widgets.chart_parts import (
    VegaLiteSpec,
    click_target_fields,
    first_dataset_table,
    reserved_heights,
    split_datasets,
)
from workbook.widgets.static_figure import STATIC_TRAITS, static_figure_html
from workbook.widgets.widget import WorkbookWidget, is_served_page

CURRENT: Final = "current"
STALE: Final = "stale"
PENDING: Final = "pending"
FAILED: Final = "failed"
"""States of a chart: of the present scenario, of an earlier one, without a result, not computed."""

_PENDING_TITLE = "Calculating…"
_GHOST_NOTE = "Dashed grey: the pinned scenario"


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
        is_deferred: Whether its result is calculated after the outcome.
        status: Whether the chart shows the present scenario: current, stale, pending or failed.
        is_empty: Whether there is nothing to draw. The description then says why.
        reserved_heights: Pixels to reserve before the chart is drawn: on a wide screen, on a phone.
        is_hidden: Whether the scenario leaves out what the chart would show.
        render_count: How many times the chart was shown. The page renders only when this trait
            changes, so that a change of several traits is rendered once.

    Args:
        name: The chart's name.
        study_id: Identifier of the form; empty if there is none.
        is_deferred: Whether its result is calculated after the outcome.
        topic_name: The topic whose server draws the chart for visitors without JavaScript; empty
            if there is none.
    """

    name = traitlets.Unicode().tag(sync=True)
    study_id = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    named_data = traitlets.Dict().tag(sync=True)
    captions = traitlets.Dict().tag(sync=True)
    click_target = traitlets.Dict().tag(sync=True)
    table_content = traitlets.Dict(EMPTY_TABLE_CONTENT).tag(sync=True)
    is_deferred = traitlets.Bool().tag(sync=True)
    status = traitlets.Unicode(CURRENT).tag(sync=True)
    is_empty = traitlets.Bool().tag(sync=True)
    is_hidden = traitlets.Bool().tag(sync=True)
    reserved_heights = traitlets.List([0, 0]).tag(sync=True)
    render_count = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, name: str, study_id: str = "", *, is_deferred: bool = False, topic_name: str = ""
    ) -> None:
        super().__init__(name=name, study_id=study_id, is_deferred=is_deferred)
        self._topic_name = topic_name
        self._template: ChartTemplate | None = None
        self._shown: tuple[AnyChart, ResultTable | None] | None = None
        self._pinned: Figure | None = None
        self._has_ghost = False
        self.on_msg(self._send_vega)

    def show(self, chart: AnyChart, table: ResultTable | None) -> None:
        """Show a chart. If the template is the same as before, only its data are replaced.

        Args:
            chart: The chart.
            table: The table below the chart; the chart's first dataset if None.
        """
        self._shown = chart, table
        if isinstance(chart, Figure):
            spec, data = self._specify_figure(chart)
        else:
            self._template, self._has_ghost = None, False
            spec, data = split_datasets(chart.to_dict())
        captions = caption_texts(chart)
        table = table or first_dataset_table(self.name, captions["title"], data)
        if self._has_ghost:
            captions["subtitle"] = ". ".join(filter(None, (captions["subtitle"], _GHOST_NOTE)))
        with self.hold_sync():
            self.spec, self.named_data, self.captions = spec, data, captions
            self.click_target = click_target_fields(chart)
            self.table_content = table_content(table)
            self.is_empty = isinstance(chart, Figure) and chart.is_empty
            self.reserved_heights = reserved_heights(spec, data)
            self.status, self.is_hidden = CURRENT, False
            self.render_count += 1

    def hide(self) -> None:
        """Hide the chart until one is shown."""
        self._shown = None
        with self.hold_sync():
            self.status, self.is_hidden = CURRENT, True
            self.captions = dict.fromkeys(CAPTION_PARTS, "")
            self.table_content = EMPTY_TABLE_CONTENT
            self.render_count += 1

    def _specify_figure(self, figure: Figure) -> tuple[VegaLiteSpec, dict[str, Any]]:
        """The specification and the data, with those of the pinned scenario behind them."""
        pinned = self._pinned if self._pinned and self._pinned.template is figure.template else None
        spec, fixed_data = self.spec, dict[str, Any]()
        if figure.template is not self._template or self._has_ghost != bool(pinned):
            spec, fixed_data = split_datasets(figure.template.vega_lite_spec)
            spec = add_ghost(spec) if pinned else spec
        self._template, self._has_ghost = figure.template, bool(pinned)
        ghost = ghost_data(spec, pinned.dataset_rows) if pinned else {}
        return spec, {**fixed_data, **figure.dataset_rows, **ghost}

    def pin(self) -> None:
        """Keep the chart that is shown in grey behind those of later scenarios."""
        chart = self._shown[0] if self._shown and self.status == CURRENT else None
        self._pinned = chart if isinstance(chart, Figure) and not chart.is_empty else None
        self._show_again()

    def unpin(self) -> None:
        """Show the chart alone again."""
        self._pinned = None
        self._show_again()

    def _show_again(self) -> None:
        if self._shown and self.status == CURRENT:
            self.show(*self._shown)

    @property
    def specification(self) -> dict[str, Any]:
        """The Vega-Lite specification of the chart that is shown, with its data."""
        return self._shown_chart.to_dict()

    @property
    def _shown_chart(self) -> AnyChart:
        """The chart that was shown last."""
        if self._shown is None:
            msg = f"the chart {self.name} was not shown yet"
            raise ValueError(msg)
        return self._shown[0]

    def mark_stale(self) -> None:
        """Mark that the chart is of an earlier scenario until the next result."""
        if self.is_hidden:
            self.is_hidden = False
            self.show_pending()
        else:
            self.status = STALE

    def mark_failed(self) -> None:
        """Mark that there is no result for the present scenario, if none was shown."""
        if self.status != CURRENT:
            self.status = FAILED

    def show_pending(self) -> None:
        """Show that the result is being calculated, and remove the earlier result."""
        if self.is_hidden:
            return
        with self.hold_sync():
            self.captions = {**dict.fromkeys(CAPTION_PARTS, ""), "title": _PENDING_TITLE}
            self.named_data = {name: [] for name in self.named_data}
            self.table_content = EMPTY_TABLE_CONTENT
            self.status = PENDING
            self.render_count += 1

    def describe_content(self) -> str:
        """The name and the title."""
        return f"{self.name}: {self.captions.get('title', _PENDING_TITLE)}"

    def to_static_html(self) -> str:
        """Render the chart as SVG, with description and table. A page draws its own SVG.

        Returns:
            The figure; an empty text for a hidden chart.
        """
        if self.is_hidden:
            return ""
        traits = {name: getattr(self, name) for name in STATIC_TRAITS}
        return static_figure_html(traits, "" if self.is_empty else self._static_picture())

    def _static_picture(self) -> str:
        """The picture without a text alternative beyond its name: the description follows it.

        On a served page, the server puts its own picture in the place between the comments. What
        stands there is for a visitor without JavaScript.
        """
        if is_served_page():
            address = f"{self._topic_name}/charts/{self.name}.svg"
            title = escape(self.captions["title"])
            image = f'<noscript><img src="{escape(address)}" alt="{title}"></noscript>'
            return f"<!--still {escape(self.name)}-->{image}<!--/still-->"
        return draw_untitled(self.specification)

    def _send_vega(self, _: object, content: Mapping[str, Any], __: object) -> None:
        send_vega(self, content)


def send_vega(widget: WorkbookWidget, content: Mapping[str, Any]) -> None:
    """Send Vega to JupyterLab if a widget's script asks for it.

    Args:
        widget: The widget.
        content: The message of its script.
    """
    if content.get("request") == "vega":
        import vl_convert  # noqa: PLC0415  100 MB that the kernel of a page never needs

        widget.send({"vega": vl_convert.javascript_bundle()})  # type: ignore[call-arg]
