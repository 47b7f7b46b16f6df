"""The first view of a link: the server has its scenario opened before it sends the page."""

from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import JSON

from workbook.widgets.chart import ChartWidget
from workbook.widgets.study import all_studies
from workbook.widgets.widget import displayed_widgets, page_state

QUERY_KEY = "workbook_query"
"""Key of a message's metadata that holds the query string: a link is never part of code."""


def open_message_query() -> JSON:
    """Open the scenario of the query string in the metadata of the message that is handled.

    Returns:
        What ``open_query`` returns.
    """
    shell: Any = get_ipython()
    query = shell.kernel.get_parent("shell")["metadata"][QUERY_KEY]
    return JSON(open_query(query))  # type: ignore[no-untyped-call]


def open_query(query: str) -> dict[str, Any]:
    """Open a scenario in every study of the notebook, and render the page again.

    Args:
        query: The query string of a link.

    Returns:
        ``views``: the static form of each displayed widget, by identifier; ``states``: the state of
        each; ``link_error``: why the scenario cannot be opened, or an empty text; ``charts``: the
        specification of each key chart, by name.
    """
    studies = all_studies()
    for study in studies:
        study.controls.open_query(query)
    widgets = displayed_widgets()
    key_charts = [study.charts.get(study.topic.key_chart) for study in studies]
    return {
        "views": {name: widget.to_static_html() for name, widget in widgets.items()},
        "states": {name: page_state(widget.get_state()) for name, widget in widgets.items()},
        "link_error": " ".join(study.link.open_error for study in studies).strip(),
        "charts": {chart.name: _find_specification(chart) for chart in key_charts if chart},
    }


def _find_specification(chart: ChartWidget) -> dict[str, Any] | None:
    return None if chart.is_empty or chart.is_hidden else chart.specification
