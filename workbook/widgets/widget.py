"""What all our widgets share: their JavaScript beside them, and a still form without it."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

FOLDER = Path(__file__).parent
COMMON = (FOLDER / "common.js").read_text(encoding="utf-8")
STILL = "text/html"


def on_a_page() -> bool:
    """Whether this kernel serves a page rather than JupyterLab or a scheduled run."""
    return "VOILA_BASE_URL" in os.environ


class Widget(anywidget.AnyWidget):
    """A view with its JavaScript and CSS beside its Python file, under the same name.

    Where there is no live front end (a report, a print, an e-mail) its ``still`` is shown.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _code(self) -> str:
        return COMMON + _beside(type(self).__module__, ".js")

    @traitlets.default("_css")
    def _style(self) -> str:
        return _beside(type(self).__module__, ".css")

    def still(self) -> str:
        """The widget as plain HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, STILL: self.still()}, metadata


@cache
def _beside(module: str, ending: str) -> str:
    """Text of the file beside a widget's Python file, under the same name."""
    return (FOLDER / module.rpartition(".")[2]).with_suffix(ending).read_text(encoding="utf-8")
