"""The section of a report in which a reader moves the main levers, without a server."""

from workbook.charts.figure import Figure
from workbook.exports.static_svg import to_static_svg
from workbook.outcome import INTERVAL_LABEL, Outcome
from workbook.snapshots.page_templates import TEMPLATES, render_template
from workbook.snapshots.scenario_grid import ScenarioGrid
from workbook.text.numbers import format_cell
from workbook.topic import Topic


def render_grid_section(topic: Topic, outcome: Outcome, grid: ScenarioGrid) -> str:
    """Render the section, with the headline, indicators and key chart of every scenario.

    Args:
        topic: The topic.
        outcome: The snapshot's outcome, which the section shows first.
        grid: The scenarios.

    Returns:
        The ``section`` element, for ``scenario_grid.js``; empty for a grid without points.
    """
    if not grid.points:
        return ""
    scenario_values = outcome.scenario.values()
    return render_template(
        "report/scenario_grid.html.j2",
        interval_label=INTERVAL_LABEL,
        levers=[
            {
                "parameter": lever.parameter,
                "texts": [format_cell(value, lever.parameter.unit) for value in lever.values],
                "start": lever.values.index(scenario_values[lever.parameter.name]),
            }
            for lever in grid.levers
        ],
        points=[
            {"point": point, "chart": _draw_key_chart(topic, point.outcome)}
            for point in grid.points
        ],
    )


def read_grid_script() -> str:
    """The script of the section."""
    return (TEMPLATES / "report" / "scenario_grid.js").read_text(encoding="utf-8")


def _draw_key_chart(topic: Topic, outcome: Outcome | None) -> str:
    """SVG of the key chart; empty where there is nothing to draw."""
    if outcome is None or not topic.key_chart:
        return ""
    chart = topic.draw_chart(topic.key_chart, outcome)
    is_empty = chart is None or (isinstance(chart, Figure) and chart.is_empty)
    return "" if chart is None or is_empty else to_static_svg(chart)
