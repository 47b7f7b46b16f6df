"""What all our widgets share: their JavaScript beside them, and a still form without it."""

import os
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

_WIDGET_FOLDER = Path(__file__).parent
STATIC_MIME_TYPE = "text/html"


def is_served_page() -> bool:
    """Whether this kernel serves a page rather than JupyterLab or a scheduled run."""
    return "VOILA_BASE_URL" in os.environ


class WorkbookWidget(anywidget.AnyWidget):
    """A view with its JavaScript and CSS beside its Python file, under the same name.

    ``parts`` name the JavaScript files that stand in front of its own, without their ending;
    ``common.css`` stands in front of its style.
    Where there is no live front end (a report, a print, an e-mail) its ``still`` is shown.
    """

    javascript_parts: ClassVar[tuple[str, ...]] = ("common",)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _javascript_source(self) -> str:
        module_name = type(self).__module__.rpartition(".")[2]
        return "".join(_read_asset(f"{part}.js") for part in (*self.javascript_parts, module_name))

    @traitlets.default("_css")
    def _stylesheet_source(self) -> str:
        module_name = type(self).__module__.rpartition(".")[2]
        return "".join(_read_asset(f"{part}.css") for part in ("common", module_name))

    def to_static_html(self) -> str:
        """The widget as plain HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, STATIC_MIME_TYPE: self.to_static_html()}, metadata


@cache
def _read_asset(name: str) -> str:
    """A file of this folder as text, empty where there is none: not every view has a style."""
    path = _WIDGET_FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
