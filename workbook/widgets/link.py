"""The link: the scenario as an address that opens it again, and the one that was asked for."""

from html import escape

import traitlets

from workbook.widgets.widget import Widget


class Link(Widget):
    """The scenario's query string; on a page it is kept in the address bar.

    ``asked`` is the query string with which the page was opened, None until the page says so;
    ``refused`` says why it was not opened; ``opened`` is true once it was answered.
    """

    query = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    refused = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Bool(default_value=False).tag(sync=True)
    incident = traitlets.Unicode().tag(sync=True)

    def still(self) -> str:
        """The query string in words; nothing for the published default."""
        if not self.query:
            return '<p class="wb-link">This is the published scenario.</p>'
        return (
            f'<p class="wb-link">This scenario is <code>?{escape(self.query)}</code> '
            "in the page’s address.</p>"
        )
