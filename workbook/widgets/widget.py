"""What all our widgets share: their JavaScript beside them, and a still form without it."""

import os
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

FOLDER = Path(__file__).parent
STILL = "text/html"


def on_a_page() -> bool:
    """Whether this kernel serves a page rather than JupyterLab or a scheduled run."""
    return "VOILA_BASE_URL" in os.environ


class Widget(anywidget.AnyWidget):
    """A view with its JavaScript and CSS beside its Python file, under the same name.

    ``parts`` name the JavaScript files that stand in front of its own, without their ending;
    ``common.css`` stands in front of its style.
    Where there is no live front end (a report, a print, an e-mail) its ``still`` is shown.
    """

    parts: ClassVar[tuple[str, ...]] = ("common",)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _code(self) -> str:
        own = type(self).__module__.rpartition(".")[2]
        return "".join(_text(f"{part}.js") for part in (*self.parts, own))

    @traitlets.default("_css")
    def _style(self) -> str:
        own = type(self).__module__.rpartition(".")[2]
        return "".join(_text(f"{part}.css") for part in ("common", own))

    def still(self) -> str:
        """The widget as plain HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, STILL: self.still()}, metadata


@cache
def _text(name: str) -> str:
    """A file of this folder as text, empty where there is none: not every view has a style."""
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
