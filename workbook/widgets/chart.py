"""A chart: an Altair chart as one Vega view, its data replaced in place."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import traitlets

from workbook.charts.figure import ChartTemplate, Figure
from workbook.exports.static_svg import to_static_svg
from workbook.result_table import Column, ResultTable
from workbook.topic import AnyChart
from workbook.widgets.table import EMPTY_TABLE_CONTENT, table_content, table_content_html
from workbook.widgets.widget import WorkbookWidget, is_served_page

VegaLiteSpec = dict[str, Any]
_CAPTION_PARTS = ("title", "subtitle", "description")
_PENDING_TITLE = "Being worked out…"
_HASHED_NAME_PREFIX = "data-"
"""How Altair begins the name that it gives to data held in a chart."""


class ChartWidget(WorkbookWidget):
    """A chart with its title, a description in words, its figures and its downloads.

    ``shown`` counts the outcomes that were shown; the front end draws when it changes, so that a
    change of all the other traits is one drawing. What a reader picks in it is told to the form of
    the same ``study``.
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
        """Show this chart, and beneath it the table, or the chart's own data if there is none."""
        self._shown_chart = chart
        template = chart.template if isinstance(chart, Figure) else None
        if isinstance(chart, Figure) and template is self._template:
            spec, data, captions = self.spec, chart.dataset_rows, caption_texts(chart)
        else:
            spec, data = split_datasets(chart.to_dict())
            captions = caption_texts(chart)
        self._template = template
        table = table or _data_table(self.name, captions["title"], data)
        with self.hold_sync():
            self.spec, self.named_data, self.captions = spec, data, captions
            self.click_target = _click_target(chart)
            self.table_content = table_content(table)
            self.render_count += 1

    def show_pending(self) -> None:
        """Show that the answer is being worked out: nothing of an earlier one stays."""
        with self.hold_sync():
            self.captions = {**dict.fromkeys(_CAPTION_PARTS, ""), "title": _PENDING_TITLE}
            self.named_data = {name: [] for name in self.named_data}
            self.table_content = EMPTY_TABLE_CONTENT
            self.render_count += 1

    def to_static_html(self) -> str:
        """The chart as SVG, its description and its table; a page's kernel makes no SVG."""
        captions = self.captions
        picture = "" if is_served_page() else to_static_svg(self._shown_chart, titled=False)
        return (
            f'<figure class="wb-figure" data-chart="{escape(self.name)}">'
            f'<figcaption><span class="wb-title">{escape(captions["title"])}</span>'
            f'<span class="wb-subtitle">{escape(captions["subtitle"])}</span></figcaption>'
            f'<div class="wb-plot">{picture}</div>'
            f'<p class="wb-description">{escape(captions["description"])}</p>'
            f'<details><summary>The chart’s figures</summary><div class="wb-scroll">'
            f"{table_content_html(self.table_content)}</div></details></figure>"
        )

    def _send_vega(self, _: object, content: Mapping[str, Any], __: object) -> None:
        if content.get("request") == "vega":
            import vl_convert  # noqa: PLC0415  100 MB that a page's kernel never needs

            self.send({"vega": vl_convert.javascript_bundle()})  # type: ignore[call-arg]


def split_datasets(specification: VegaLiteSpec) -> tuple[VegaLiteSpec, dict[str, Any]]:
    """A Vega-Lite specification as what stays the same, and its data by name.

    Data that Altair named by their hash are named by the order in which they appear, so that
    another outcome's chart has the same specification and only its data change.
    """
    dataset_names: dict[str, str] = {}

    def rename_datasets(node: Any) -> Any:  # noqa: ANN401  any part of a specification
        if isinstance(node, list):
            return [rename_datasets(item) for item in node]
        if not isinstance(node, dict):
            return node
        data_reference = node.get("data")
        if isinstance(data_reference, dict) and str(data_reference.get("name", "")).startswith(
            _HASHED_NAME_PREFIX
        ):
            node = {
                **node,
                "data": {
                    "name": dataset_names.setdefault(
                        data_reference["name"], f"data{len(dataset_names)}"
                    )
                },
            }
        return {key: rename_datasets(value) for key, value in node.items()}

    separate_keys = ("title", "description", "datasets")
    spec = rename_datasets(
        {key: value for key, value in specification.items() if key not in separate_keys}
    )
    return spec, {
        dataset_names.get(name, name): rows
        for name, rows in specification.get("datasets", {}).items()
    }


def _data_table(name: str, title: str, datasets: Mapping[str, Any]) -> ResultTable:
    """The first of a chart's datasets as a table, its columns labelled by their names."""
    frame = pd.DataFrame(next(iter(datasets.values()), []))
    columns = {
        str(column): Column(str(column).replace("_", " ").capitalize()) for column in frame.columns
    }
    return ResultTable(name, title, frame, columns)


def caption_texts(chart: AnyChart) -> dict[str, str]:
    """A chart's title, subtitle and description as text; empty where it has none."""
    if isinstance(chart, Figure):
        return {part: getattr(chart, part) for part in _CAPTION_PARTS}
    specification = chart.to_dict()
    title = specification.get("title", "")
    title_parts = title if isinstance(title, dict) else {"text": title}
    text_lines = (
        title_parts.get("text", ""),
        title_parts.get("subtitle", ""),
        specification.get("description", ""),
    )
    texts = (" ".join([line] if isinstance(line, str) else line) for line in text_lines)
    return dict(zip(_CAPTION_PARTS, texts, strict=True))


def _click_target(chart: AnyChart) -> dict[str, str]:
    """What a reader picks in a chart, empty for nothing."""
    return (
        dict(vars(chart.click_target)) if isinstance(chart, Figure) and chart.click_target else {}
    )
