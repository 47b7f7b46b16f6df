"""The first screen of a topic: the answer with the key chart, and the form beside it."""

from collections.abc import Sequence
from typing import Any

import ipywidgets

from workbook.widgets.form import FormWidget
from workbook.widgets.widget import STATIC_MIME_TYPE, WorkbookWidget, is_served_page

_CSS_CLASS = "wb-overview"


class Overview:
    """Views that are shown together when a topic is opened.

    A served page places each view by itself. JupyterLab shows the form beside the others.

    Args:
        views: The views in reading order, the form among them.
    """

    def __init__(self, views: Sequence[WorkbookWidget]) -> None:
        self.views = tuple(views)

    def __repr__(self) -> str:
        return f"<Overview: {', '.join(type(view).__name__ for view in self.views)}>"

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415  only needed in a notebook

        for view in self.views if is_served_page() else (_SideBySide(self.views),):
            display(view)  # type: ignore[no-untyped-call]


class _SideBySide(ipywidgets.HBox):  # type: ignore[misc]
    """The form beside the other views, with their static forms for where no front end runs."""

    def __init__(self, views: tuple[WorkbookWidget, ...]) -> None:
        self._views = views
        forms = [view for view in views if isinstance(view, FormWidget)]
        others = [view for view in views if not isinstance(view, FormWidget)]
        columns = [ipywidgets.VBox(others), ipywidgets.VBox(forms)]
        for column, share in zip(columns, ("2 1 24rem", "1 1 18rem"), strict=True):
            column.layout = ipywidgets.Layout(flex=share, min_width="0")
        super().__init__(columns, layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="1.5rem"))
        self.add_class(_CSS_CLASS)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        data = super()._repr_mimebundle_(**kwargs) or {}
        html = "\n".join(view.to_static_html() for view in self._views)
        return {**data, STATIC_MIME_TYPE: html}
