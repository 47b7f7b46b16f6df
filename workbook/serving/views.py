"""A part of a topic's page as a small page of its own, for other sites to show in a frame.

It is made without a kernel, a script or a cookie: a frame of another site gets no cookies, so that
nothing in it could be answered. Run as a module, it reads a request from standard input and writes
the view to standard output. Drawing takes 100 MB, which the server does not keep.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final, NamedTuple

from workbook.analysis.deferred import analysis_chart_names, run_analysis
from workbook.exports.chart_captions import caption_texts
from workbook.exports.static_svg import to_static_svg
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError
from workbook.text.grammar import format_count
from workbook.text.prose import to_prose_html
from workbook.text.suggestions import unknown_name_message
from workbook.topic import AnyChart, Tables, Topic
from workbook.topics.registry import TOPICS

VIEW_PARAMETER: Final = "view"
"""Name in a link of the part that it shows."""

_HEADLINE: Final = "headline"
_CHART_PREFIX: Final = "chart:"


class ViewRequest(NamedTuple):
    """What a view is of.

    Attributes:
        topic: Name of the topic.
        chart: Name of the chart; empty for the headline.
        query: The scenario, as a link has it.
    """

    topic: str
    chart: str
    query: str


@dataclass(frozen=True)
class ViewContent:
    """What a view shows.

    Args:
        title: The topic's title, or that of the chart.
        text: The headline, or what the chart measures, as HTML.
        picture: The chart as SVG; empty for a headline.
        changes: How far the scenario differs from the published one; empty if it does not.
        sources: Publications that the figures come from.
        problem: Why there is nothing to show; empty if there is.
    """

    title: str = ""
    text: str = ""
    picture: str = ""
    changes: str = ""
    sources: tuple[str, ...] = ()
    problem: str = ""


def parse_view(text: str, topic: Topic) -> str:
    """Read the part of a page that a link asks for.

    Args:
        text: ``headline``, or ``chart:`` and the name of a chart.
        topic: The topic.

    Returns:
        The name of the chart; empty for the headline.

    Raises:
        ValueError: There is no such part.
    """
    if text == _HEADLINE:
        return ""
    charts = [*topic.charts, *analysis_chart_names(topic)]
    name = text.removeprefix(_CHART_PREFIX)
    if name == text:
        known = [_HEADLINE, *(f"{_CHART_PREFIX}{chart}" for chart in charts)]
        raise ValueError(unknown_name_message("view", text, known))
    if name not in charts:
        raise ValueError(unknown_name_message("chart", name, charts))
    return name


def make_view(topic: Topic, chart_name: str, scenario: Scenario) -> ViewContent:
    """Evaluate a scenario and make a view of it.

    Args:
        topic: The topic.
        chart_name: Name of the chart; empty for the headline.
        scenario: The scenario.

    Returns:
        The view; one with a problem where the topic has no answer for the scenario.
    """
    try:
        tables = topic.load_tables(scenario)
        outcome = topic.evaluate_model(tables, scenario)
    except (ScenarioError, TableError) as error:
        return ViewContent(problem=str(error))
    title, text, picture = topic.title, outcome.headline, ""
    if chart_name and (chart := _draw_chart(topic, chart_name, tables, outcome)):
        captions = caption_texts(chart)
        title, text = captions["title"], captions["subtitle"]
        picture = to_static_svg(chart, titled=False)
    change_count = len(scenario.non_default_values())
    changes = f"{format_count(change_count, 'change')} from the published assumptions"
    return ViewContent(
        title=title,
        text=to_prose_html(text),
        picture=picture,
        changes=changes if change_count else "",
        sources=tuple(_list_sources(topic)),
    )


def _draw_chart(topic: Topic, name: str, tables: Tables, outcome: Outcome) -> AnyChart | None:
    """Draw a chart; None where the outcome has no figures for it."""
    if name in topic.charts:
        return topic.draw_chart(name, outcome)
    results = run_analysis(topic, name, tables, outcome)
    return next((result.chart for result in results if result and result.chart), None)


def _list_sources(topic: Topic) -> Iterable[str]:
    """Sources of the topic's tables, each once."""
    return dict.fromkeys(source for table in topic.tables for source in table.sources)


def _answer_request() -> None:
    request = ViewRequest(*json.load(sys.stdin))
    topic = TOPICS[request.topic]
    scenario = topic.Scenario.from_query(request.query)
    json.dump(asdict(make_view(topic, request.chart, scenario)), sys.stdout)


if __name__ == "__main__":
    _answer_request()
