"""The states of a page's widgets, which it is sent with: its script need not ask the kernel."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from jinja2.utils import htmlsafe_json_dumps

from workbook.widgets.widget import MODULE_TRAIT, page_state

_ELEMENT = '<script type="application/json" id="workbook-states">{}</script>'
_STATES = re.compile(_ELEMENT.format("(.*?)"), re.DOTALL)

WidgetStates = Mapping[str, Mapping[str, Any]]
"""States of widgets, by the identifier of their model."""


def states_element(run_cells: Callable[..., AsyncIterator[Any]]) -> str:
    """Write the states that the widgets have after the last cell of a page's notebook.

    Args:
        run_cells: What the template runs the cells with: a method of Voilà's renderer, whose
            executor has received the states with the outputs.

    Returns:
        The element with the states.
    """
    renderer: Any = run_cells.__self__  # type: ignore[attr-defined]  # it is a method
    states: WidgetStates = renderer.executor.widget_state
    return _write_element({name: state for name, state in states.items() if MODULE_TRAIT in state})


def replace_states(html: str, states: WidgetStates) -> str:
    """Replace the states that a page is sent with.

    Args:
        html: The page.
        states: The states now. If there are none, the page asks the kernel for them.

    Returns:
        The page with them.
    """
    return _STATES.sub(lambda _: _write_element(states), html, count=1)


def _write_element(states: WidgetStates) -> str:
    page_states = {name: {"state": page_state(state)} for name, state in states.items()}
    return _ELEMENT.format(htmlsafe_json_dumps(page_states))
