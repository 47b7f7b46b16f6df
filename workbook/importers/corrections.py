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
        same_names: Name before of each service that goes on under another name.
        new_names: Services that are new, though one like them ended.
        expected_names: Services that the file must have, since the owner names them now.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    accept_readings: bool = False
    same_names: Mapping[str, str] = field(default_factory=dict)
    new_names: tuple[str, ...] = ()
    expected_names: tuple[str, ...] = ()


NO_CORRECTIONS: Final = Corrections()
"""The file is read as it is."""
