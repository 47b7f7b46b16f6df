"""The link: the address of the scenario, and the scenario that a visitor opens by address."""

from html import escape

import traitlets

from workbook.scenario import Scenario
from workbook.text.grammar import join_items
from workbook.widgets.uploads import UPLOAD_PREFIX
from workbook.widgets.widget import WorkbookWidget

_VISIT_ONLY_NOTE = "This link works during this visit only, because {} is not stored."
_NO_LINK_NOTE = "This scenario cannot be shared as a link, because it uses a file: {}."


class LinkWidget(WorkbookWidget):
    """The scenario's query string; on a page it is kept in the address bar.

    Traits:
        query: The query string that opens the present scenario.
        requested_query: From the page: the query string of its address; None until sent.
        open_error: Why the requested scenario cannot be opened; empty if it can.
        request_completed: Whether the requested scenario was opened or rejected.
        incident_message: Message about a fault in the workbook; empty if there is none.
        sharing_note: Why the link may not work for others; empty if it does.
    """

    query = traitlets.Unicode().tag(sync=True)
    requested_query = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    open_error = traitlets.Unicode().tag(sync=True)
    request_completed = traitlets.Bool(default_value=False).tag(sync=True)
    incident_message = traitlets.Unicode().tag(sync=True)
    sharing_note = traitlets.Unicode().tag(sync=True)

    def show(self, scenario: Scenario) -> None:
        """Show the link to this scenario."""
        file_values = scenario.file_paths.values()
        uploaded = [
            path.removeprefix(UPLOAD_PREFIX)
            for path in file_values
            if path.startswith(UPLOAD_PREFIX)
        ]
        note = _VISIT_ONLY_NOTE if uploaded else _NO_LINK_NOTE if file_values else ""
        self.sharing_note = note.format(join_items(uploaded or file_values))
        self.query = scenario.to_query()

    def to_static_html(self) -> str:
        """Render the query string as a sentence."""
        if not self.query:
            return '<p class="wb-link">The published assumptions are used.</p>'
        if self.sharing_note:
            return f'<p class="wb-link">{escape(self.sharing_note)}</p>'
        return (
            '<p class="wb-link">To open this scenario, add '
            f"<code>?{escape(self.query)}</code> to the page’s address.</p>"
        )
