"""What the owner of a file says about it: its headings, its cells and its renamed services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Corrections:
    """What the owner of a file says about it.

    Args:
        headings: Column of the table that each heading of the file stands for.
        accept_readings: Whether to take suggested readings of cells that are not certain.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    accept_readings: bool = False


NO_CORRECTIONS: Final = Corrections()
"""The file is read as it is."""
