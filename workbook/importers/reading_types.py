"""What a cell says that is not written as its column asks."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class CellReading:
    """What a cell says.

    Args:
        text: The value as the table asks for it; blank for a figure that is not known.
        is_certain: Whether the cell has no other meaning.
        condition: What must be so for a reading that is not certain, such as ``if the day comes
            first``; empty if that is plain.
    """

    text: str
    is_certain: bool
    condition: str = ""


ColumnReader = Callable[[list[str]], dict[str, CellReading]]
"""Gives readings of those of the distinct texts of a column that can be read."""
