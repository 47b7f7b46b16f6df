"""Values of commitments that are derived from other tables instead of published."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class DerivedValue(NamedTuple):
    """A derived value, the month or day for which it holds, and the change in that quarter."""

    value: float
    period: str
    added: float | None = None


Derivation = Callable[[date], DerivedValue | None]
"""The value as known by a day; None where it is not known."""
