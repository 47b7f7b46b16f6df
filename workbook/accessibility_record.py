"""The record of the last test of the pages, which every accessibility statement quotes."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pydantic

RECORD_PATH: Final = Path(__file__).with_name("accessibility_record.json")
"""The record of the last test. ``make statement`` writes it again."""


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
