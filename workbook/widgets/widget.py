"""Base class of the widgets: JavaScript and CSS from files, and a static form."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbook.widgets.javascript_bundle import bundle_javascript

_WIDGET_FOLDER = Path(__file__).parent
STATIC_MIME_TYPE = "text/html"


def is_served_page() -> bool:
    """Whether this kernel serves a page rather than JupyterLab or a scheduled run."""
    return "VOILA_BASE_URL" in os.environ


class WorkbookWidget(anywidget.AnyWidget):
    """A widget with its JavaScript and CSS in files of the same name as its Python module.

    The JavaScript is an ES module that may import others. ``shared/common.css`` precedes the CSS.
    The static form is shown where no front end runs: in a report, in print or in an email.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _javascript_source(self) -> str:
        return bundle_javascript(_WIDGET_FOLDER / f"{self._module_name()}.js")

    @traitlets.default("_css")
    def _stylesheet_source(self) -> str:
        return _read_css("shared/common") + _read_css(self._module_name())

    def _module_name(self) -> str:
        return type(self).__module__.rpartition(".")[2]

    def to_static_html(self) -> str:
        """The widget as plain HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, STATIC_MIME_TYPE: self.to_static_html()}, metadata


@cache
def _read_css(name: str) -> str:
    """Read a style sheet of this folder; empty for a widget without one."""
    path = _WIDGET_FOLDER / f"{name}.css"
    return path.read_text(encoding="utf-8") if path.is_file() else ""
