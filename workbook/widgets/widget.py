"""Base class of the widgets: JavaScript and CSS from files, and a static form."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

import anywidget
import traitlets

from workbook.kernels.static_run import is_static_run
from workbook.widgets.javascript_bundle import bundle_javascript

WIDGET_FOLDER = Path(__file__).parent
"""The folder of the widgets' scripts and styles."""

STATIC_MIME_TYPE = "text/html"
VIEW_KEY = "workbook_view"
"""Key of an output's metadata that names the view: ``form``, ``chart``… The page places it."""

MODULE_TRAIT = "_esm"
"""The trait with a widget's script, of which a served page has only the name."""

SERVED_SCRIPTS_VARIABLE = "WORKBOOK_SERVED_SCRIPTS"
"""Set for the kernels of a server whose pages have the scripts and styles of all widgets."""

_GENERAL_TRAITS = frozenset({"layout", "tabbable", "tooltip"})
"""Traits of every widget in JupyterLab, which the pages do not use."""


def is_served_page() -> bool:
    """Whether this kernel serves a page rather than JupyterLab or a scheduled run."""
    return "VOILA_BASE_URL" in os.environ


class _NoFrontEnd:
    """Stands for the connection of a widget that no front end shows. ipywidgets sends nothing."""

    kernel = None

    def __init__(self) -> None:
        self.comm_id = uuid4().hex
        self._callback: object = None

    def on_msg(self, callback: object) -> None:
        """Keep what would answer a message, as a connection does: the widget lives as long."""
        self._callback = callback

    def close(self) -> None:
        """Nothing is open."""


class WorkbookWidget(anywidget.AnyWidget):
    """A widget with its JavaScript and CSS in files of the same name as its Python module.

    The JavaScript is an ES module that may import others. ``shared/common.css`` precedes the CSS,
    and that of a base class that of its subclasses. A served page loads the scripts and styles of
    all widgets from our server: the state of a widget there has only the name of its module.
    The static form is shown where no front end runs: in a report, in print or in an email. A run
    that keeps only that form takes neither scripts nor styles, and sends no state.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _javascript_source(self) -> str:
        name = _module_name(type(self))
        if not _has_own_script():
            return name
        return bundle_javascript(WIDGET_FOLDER / f"{name}.js")

    @traitlets.default("_css")
    def _stylesheet_source(self) -> str:
        if not _has_own_script():
            return ""
        classes = [base for base in type(self).__mro__ if issubclass(base, WorkbookWidget)]
        names = (_module_name(widget_class) for widget_class in reversed(classes))
        return _read_css("shared/common") + "".join(map(_read_css, names))

    def open(self) -> None:
        """Tell the front end of the widget, unless there will be none."""
        if is_static_run():
            self.set_trait("comm", _NoFrontEnd())
        super().open()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.describe_content()}>"

    def describe_content(self) -> str:
        """What the widget shows, in a line: a terminal and the text of a notebook print it."""
        return _module_name(type(self))

    def to_static_html(self) -> str:
        """The widget as plain HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        _displayed_widgets[str(self.model_id)] = self
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        html = {**data, STATIC_MIME_TYPE: self.to_static_html()}
        return html, {**metadata, VIEW_KEY: _module_name(type(self))}


_displayed_widgets: WeakValueDictionary[str, WorkbookWidget] = WeakValueDictionary()
"""The widgets that the notebook has displayed, by identifier."""


def displayed_widgets() -> dict[str, WorkbookWidget]:
    """The widgets that the notebook has displayed, by the identifier of their model."""
    return dict(_displayed_widgets)


def page_state(state: Mapping[str, Any]) -> dict[str, Any]:
    """What the script of a served page needs of a widget's state: its module, and its own traits.

    Args:
        state: The state, as the kernel sends it.

    Returns:
        The part of it.
    """
    return {
        name: value
        for name, value in state.items()
        if name == MODULE_TRAIT or (not name.startswith("_") and name not in _GENERAL_TRAITS)
    }


def _has_own_script() -> bool:
    """Whether the state of a widget holds its script and style: where nothing else gives them."""
    return SERVED_SCRIPTS_VARIABLE not in os.environ and not is_static_run()


def _module_name(widget_class: type) -> str:
    return widget_class.__module__.rpartition(".")[2]


@cache
def _read_css(name: str) -> str:
    """Read a style sheet of this folder; empty for a widget without one."""
    path = WIDGET_FOLDER / f"{name}.css"
    return path.read_text(encoding="utf-8") if path.is_file() else ""
