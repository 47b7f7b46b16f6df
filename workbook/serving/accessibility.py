"""The accessibility statement, whose results come from the record of the last test."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pydantic

from workbook.serving.handlers import MessageHandler
from workbook.text.dates import format_day

RECORD_PATH: Final = Path(__file__).with_name("accessibility_record.json")
"""The record of the last test. ``make statement`` writes it again."""

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


class StateCheck(pydantic.BaseModel):
    """The result of one check of a page."""

    page: str
    """Title of the page."""
    state: str
    """State of the page, such as “every section open”."""
    violations: tuple[str, ...]
    """The rules that the page violates, each with the parts of the page."""


class AccessibilityRecord(pydantic.BaseModel):
    """What the last test found."""

    tested_on: date
    engine: str
    """Name and version of the testing tool."""
    browser: str
    """Name and version of the browser."""
    checks: tuple[StateCheck, ...]

    @property
    def failed_checks(self) -> Sequence[StateCheck]:
        """The checks that found a violation."""
        return [check for check in self.checks if check.violations]

    @property
    def states_by_page(self) -> Mapping[str, Sequence[str]]:
        """The states in which each page was checked."""
        states: dict[str, list[str]] = {}
        for check in self.checks:
            states.setdefault(check.page, []).append(check.state)
        return states


def read_record(path: Path = RECORD_PATH) -> AccessibilityRecord:
    """Read the record of the last test.

    Args:
        path: File of the record.

    Returns:
        The record.

    Raises:
        pydantic.ValidationError: The file is not a record.
    """
    return AccessibilityRecord.model_validate_json(path.read_bytes())


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
