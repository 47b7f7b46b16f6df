"""The accessibility statement, whose results come from the record of the last test."""

from datetime import date
from typing import Any, Final, NamedTuple

from workbook.accessibility_record import read_record
from workbook.serving.handlers import MessageHandler
from workbook.text.dates import format_day

PREPARED_ON: Final = date(2026, 11, 29)
"""The day on which the statement was first prepared."""


class KnownLimit(NamedTuple):
    """A part of the pages that does not fully meet the guidelines."""

    part: str
    criterion: str
    alternative: str


KNOWN_LIMITS: Final = (
    KnownLimit(
        "PDF documents are made by Chromium. Their tags have not been checked.",
        "1.3.1 (Info and Relationships)",
        "The page itself has the same text, tables and charts.",
    ),
    KnownLimit(
        "Charts are pictures. Their marks have no names of their own for a screen reader.",
        "1.1.1 (Non-text Content)",
        "Each chart has a description and its data as a table. The arrow keys read the data.",
    ),
)


UNTESTED_PARTS: Final = ("JupyterLab, in which analysts open the notebooks",)
"""What the test of the pages does not cover."""


class AccessibilityHandler(MessageHandler):
    """The accessibility statement, to which every page has a link."""

    def initialize(self, contact: str | None) -> None:
        """Take how visitors reach the team that runs the server."""
        self._contact = contact

    def get(self) -> None:
        """Write the statement."""
        values: dict[str, Any] = {
            "record": read_record(),
            "limits": KNOWN_LIMITS,
            "untested_parts": UNTESTED_PARTS,
            "contact": self._contact,
            "prepared_on": PREPARED_ON,
            "format_day": format_day,
        }
        self.finish(self.render_page("accessibility.html.j2", **values))
