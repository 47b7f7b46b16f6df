"""Pictures of a topic's charts for its default scenario, for visitors without JavaScript.

They are drawn when the first such visitor asks for one, in a process of its own: Vega takes 100 MB,
and deferred analyses take seconds. Run as a module, it reads a topic's name from standard input
and writes them as JSON.
"""

import asyncio
import json
import sys
import time

from workbook.analysis.deferred import run_deferred
from workbook.exports.static_svg import to_static_svg
from workbook.serving.worker_process import WorkerError, run_module
from workbook.topic import Topic
from workbook.topics.registry import TOPICS

_DRAWING_SECONDS = 120
_RETRY_SECONDS = 600
"""Time after a failure until the topic is drawn again: a page asks for all its charts at once."""


class DefaultCharts:
    """The pictures of each topic, drawn once and then kept. One topic is drawn at a time."""

    def __init__(self) -> None:
        self._pictures: dict[str, dict[str, str]] = {}
        self._failure_times: dict[str, float] = {}
        self._turn = asyncio.Lock()

    async def find_picture(self, topic_name: str, chart_name: str) -> str | None:
        """Find a chart's picture.

        Args:
            topic_name: Name of a topic.
            chart_name: Name of a chart.

        Returns:
            The SVG; None where the topic has no such chart.

        Raises:
            WorkerError: The topic's charts could not be drawn, now or in the last ten minutes.
        """
        if topic_name not in self._pictures:
            async with self._turn:
                await self._draw_topic(topic_name)
        return self._pictures[topic_name].get(chart_name)

    async def _draw_topic(self, topic_name: str) -> None:
        """Draw a topic's charts, unless another request has, or has failed a moment ago."""
        if topic_name in self._pictures:
            return
        if time.monotonic() - self._failure_times.get(topic_name, float("-inf")) < _RETRY_SECONDS:
            raise WorkerError(f"the charts of {topic_name} could not be drawn a moment ago")
        try:
            self._pictures[topic_name] = await _draw_in_process(topic_name)
        except WorkerError:
            self._failure_times[topic_name] = time.monotonic()
            raise


async def _draw_in_process(topic_name: str) -> dict[str, str]:
    pictures: dict[str, str] = json.loads(await run_module(__name__, topic_name, _DRAWING_SECONDS))
    return pictures


def draw_default_charts(topic: Topic) -> dict[str, str]:
    """Draw all charts of a topic for its default scenario.

    Args:
        topic: The topic.

    Returns:
        SVG by the chart's name, those of the deferred analyses included. A chart that cannot be
        drawn is left out and reported on standard error.
    """
    scenario = topic.Scenario()
    tables = topic.load_tables(scenario)
    outcome = topic.evaluate_model(tables, scenario)
    charts = topic.draw_charts(outcome)
    charts |= {
        result.name: result.chart
        for result in run_deferred(topic, tables, outcome)
        if result and result.chart
    }
    pictures = {}
    for name, chart in charts.items():
        try:
            pictures[name] = to_static_svg(chart, titled=False)
        except ValueError as error:
            sys.stderr.write(f"The chart {name} of {topic.name} could not be drawn: {error}\n")
    return pictures


if __name__ == "__main__":
    json.dump(draw_default_charts(TOPICS[sys.stdin.read()]), sys.stdout)
