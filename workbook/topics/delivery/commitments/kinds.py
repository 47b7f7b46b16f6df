"""Kinds of rows in the table of commitments."""

from typing import Final

COMMITMENT, FIGURE, EVENT = "commitment", "figure", "event"
KINDS: Final = (COMMITMENT, FIGURE, EVENT)
"""Something promised; a figure that is followed; something that happened or is under way."""
