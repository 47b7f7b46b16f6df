"""Values of commitments that are derived from other tables instead of published."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class DerivedValue(NamedTuple):
    """A derived value, the month or day for which it holds, and how much each quarter added.

    ``paces`` has the quarter up to the period first.
    """

    value: float
    period: str
    paces: tuple[float, ...] = ()


Derivation = Callable[[date], DerivedValue | None]
"""The value as known by a day; None where it is not known."""
