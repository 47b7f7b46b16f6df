"""A chart: an Altair chart as one Vega view, its data replaced in place."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import traitlets

from workbook.charting import Drawing, Figure
from workbook.exports.still import svg
from workbook.outcome import Column
from workbook.topic import AnyChart
from workbook.widgets.table import EMPTY, content_of, still_content
from workbook.widgets.widget import Widget, on_a_page

Spec = dict[str, Any]
WORDS = ("title", "subtitle", "description")
WAITING = "Being worked out…"
HASHED = "data-"
"""How Altair begins the name that it gives to data held in a chart."""


class Chart(Widget):
    """A chart with its title, a description in words, its figures and its downloads.

    ``shown`` counts the outcomes that were shown; the front end draws when it changes, so that a
    change of all the other traits is one drawing. What a reader picks in it is told to the form of
    the same ``study``.
    """

    name = traitlets.Unicode().tag(sync=True)
    study = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    picks = traitlets.Dict().tag(sync=True)
    table = traitlets.Dict(EMPTY).tag(sync=True)
    shown = traitlets.Int(0).tag(sync=True)

    def __init__(self, name: str, study: str = "") -> None:
        super().__init__(name=name, study=study)
        self._drawing: Drawing | None = None
        self.on_msg(self._send_vega)

    def show(
        self, chart: AnyChart, figures: pd.DataFrame | None, columns: Mapping[str, Column]
    ) -> None:
        """Show this chart, and ``figures`` in the table beneath (the chart's own data if None)."""
        self._chart = chart
        drawing = chart.drawing if isinstance(chart, Figure) else None
        if isinstance(chart, Figure) and drawing is self._drawing:
            spec, data, words = self.spec, chart.datasets, words_of(chart)
        else:
            spec, data = split(chart.to_dict())
            words = words_of(chart)
        self._drawing = drawing
        if figures is None:
            figures = pd.DataFrame(next(iter(data.values()), []))
        with self.hold_sync():
            self.spec, self.data, self.words = spec, data, words
            self.picks = _picks(chart)
            self.table = content_of(figures, columns)
            self.shown += 1

    def wait(self) -> None:
        """Show that the answer is being worked out: nothing of an earlier one stays."""
        with self.hold_sync():
            self.words = {**dict.fromkeys(WORDS, ""), "title": WAITING}
            self.data = {name: [] for name in self.data}
            self.table = EMPTY
            self.shown += 1

    def still(self) -> str:
        """The chart as SVG, its description and its table; a page's kernel makes no SVG."""
        words = self.words
        picture = "" if on_a_page() else svg(self._chart, titled=False)
        return (
            f'<figure class="wb-figure" data-chart="{escape(self.name)}">'
            f'<figcaption><span class="wb-title">{escape(words["title"])}</span>'
            f'<span class="wb-subtitle">{escape(words["subtitle"])}</span></figcaption>'
            f'<div class="wb-plot">{picture}</div>'
            f'<p class="wb-description">{escape(words["description"])}</p>'
            f'<details><summary>The chart’s figures</summary><div class="wb-scroll">'
            f"{still_content(self.table, words['title'])}</div></details></figure>"
        )

    def _send_vega(self, _: object, content: Mapping[str, Any], __: object) -> None:
        if content.get("want") == "vega":
            import vl_convert  # noqa: PLC0415  100 MB that a page's kernel never needs

            self.send({"vega": vl_convert.javascript_bundle()})  # type: ignore[call-arg]


def split(whole: Spec) -> tuple[Spec, dict[str, Any]]:
    """A Vega-Lite specification as what stays the same, and its data by name.

    Data that Altair named by their hash are named by the order in which they appear, so that
    another outcome's chart has the same specification and only its data change.
    """
    names: dict[str, str] = {}

    def renamed(part: Any) -> Any:  # noqa: ANN401  any part of a specification
        if isinstance(part, list):
            return [renamed(each) for each in part]
        if not isinstance(part, dict):
            return part
        held = part.get("data")
        if isinstance(held, dict) and str(held.get("name", "")).startswith(HASHED):
            part = {**part, "data": {"name": names.setdefault(held["name"], f"data{len(names)}")}}
        return {key: renamed(value) for key, value in part.items()}

    kept = ("title", "description", "datasets")
    spec = renamed({key: value for key, value in whole.items() if key not in kept})
    return spec, {names.get(name, name): rows for name, rows in whole.get("datasets", {}).items()}


def words_of(chart: AnyChart) -> dict[str, str]:
    """A chart's title, subtitle and description as text; empty where it has none."""
    if isinstance(chart, Figure):
        return {part: getattr(chart, part) for part in WORDS}
    whole = chart.to_dict()
    title = whole.get("title", "")
    parts = title if isinstance(title, dict) else {"text": title}
    lines = (parts.get("text", ""), parts.get("subtitle", ""), whole.get("description", ""))
    texts = (" ".join([line] if isinstance(line, str) else line) for line in lines)
    return dict(zip(WORDS, texts, strict=True))


def _picks(chart: AnyChart) -> dict[str, str]:
    """What a reader picks in a chart, empty for nothing."""
    return dict(vars(chart.picks)) if isinstance(chart, Figure) and chart.picks else {}
