"""Drawing charts in Chromium as a page does, and reading where their texts stand."""

import json
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import vl_convert

from workbook.analysis.deferred import run_analyses
from workbook.scenario import ScenarioError
from workbook.tables import TableError
from workbook.widgets import chart
from workbook.widgets.chart import ChartWidget
from workbook.widgets.evaluation import evaluate
from workbook.widgets.javascript_bundle import bundle_javascript

WIDTHS: Final = {320: 288, 390: 358, 480: 448, 820: 788, 1280: 704}
"""Width of a chart on a screen of each width, in CSS pixels."""

OPEN_END: Final = 1000
"""How many times its default a parameter without a bound takes."""

DRAWN_TRAITS: Final = (
    "captions",
    "click_target",
    "is_deferred",
    "is_empty",
    "name",
    "named_data",
    "render_count",
    "reserved_heights",
    "spec",
    "status",
    "table_content",
)
TEXT_VALUES: Final = {
    ("take_up", "quarter"): ("2013-Q1", "2015-Q1", "2021-Q4"),
    ("take_up", "services"): ("Change of registered keeper: notifications", "Visa applications"),
    ("take_up", "service"): ("Vehicle tax renewals",),
    ("digital_inclusion", "quarter"): ("2016-Q4", "2021-Q4"),
    ("delivery", "quarter"): ("2013-Q1", "2021-Q4"),
    ("delivery", "department"): ("Office for National Statistics", "Department for Transport"),
    ("savings", "quarter"): ("2013-Q2", "2015-Q1", "2021-Q4"),
    ("quarterly_report", "quarter"): ("2013-Q1", "2016-Q4", "2021-Q4"),
}
"""Values of the parameters that are texts, by topic and parameter."""

HERE, WIDGET_FOLDER = Path(__file__).parent, Path(chart.__file__).parent


def extreme_scenarios(topic):
    """Yield the default scenario, then each parameter alone at its extreme values, with a name."""
    default = topic.Scenario()
    yield "default", default
    for name, parameter in topic.Scenario.parameters().items():
        for value in TEXT_VALUES.get((topic.name, name)) or extreme_values(parameter):
            try:
                yield f"{name}={value}", default.replace(**{name: value})
            except ScenarioError:
                continue  # another parameter rules the value out


def extreme_values(parameter):
    """The lowest and the highest value, or each choice, without the default."""
    if parameter.kind == "string":
        return [choice for choice in parameter.choices if choice != parameter.default]
    bottom, top = parameter.bounds
    size = OPEN_END * max(abs(parameter.default), 1)
    ends = [-size if bottom is None else bottom, size if top is None else top]
    kind = int if parameter.kind == "integer" else float
    return [kind(end) for end in ends if end != parameter.default]


def drawn_traits(topic, scenario, *, deferred=True):
    """Give the traits of each chart of a scenario; none if the topic has no outcome for it."""
    try:
        evaluation = evaluate(topic, topic.load_tables(scenario), scenario)
    except (ScenarioError, TableError):
        return {}
    charts = {
        name: (figure, None) for name, figure in topic.draw_charts(evaluation.outcome).items()
    }
    if deferred:
        results = run_analyses(topic, evaluation.outcome, evaluation.tables)
        charts |= {result.name: (result.chart, result.table) for result in results if result.chart}
    return {name: _read_traits(name, *parts) for name, parts in charts.items()}


def _read_traits(name, figure, table):
    widget = ChartWidget(name)
    widget.show(figure, table)
    return json.loads(json.dumps({trait: getattr(widget, trait) for trait in DRAWN_TRAITS}))


class DrawingPage:
    """A page that draws charts with the widget's own JavaScript.

    Args:
        page: An empty page of Chromium.
    """

    def __init__(self, page):
        self.page, self.messages = page, []
        page.on("console", self._record_message)
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.set_content("<!doctype html><html lang=en><body></body></html>")
        for path in (WIDGET_FOLDER.parent / "page.css", WIDGET_FOLDER / "chart.css"):
            page.add_style_tag(path=path)
        page.add_script_tag(content=vl_convert.javascript_bundle())
        page.add_script_tag(path=HERE / "chart_drawing.js")
        page.evaluate("startDrawing", bundle_javascript(WIDGET_FOLDER / "chart.js"))

    def find_faults(self, width, charts):
        """Draw charts in place of those before; gives the faults of each, and of the console."""
        self.messages.clear()
        faults = self.page.evaluate(
            "([width, charts]) => drawCharts(width, charts)", [width, charts]
        )
        messages = {"console": list(self.messages)} if self.messages else {}
        return {name: texts for name, texts in faults.items() if texts} | messages

    def _record_message(self, message):
        if message.type in {"warning", "error"}:
            self.messages.append(message.text)


@contextmanager
def drawing_page(browser):
    """Open a page that draws charts, without motion."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    try:
        yield DrawingPage(page)
    finally:
        page.close()
