"""Values that are derived from other tables instead of published."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from workbook.periods import period_end


class DerivedValue(NamedTuple):
    """A derived value, the month or day for which it holds, and how much each quarter added.

    ``paces`` has the quarter up to the period first.
    """

    value: float
    period: str
    paces: tuple[float, ...] = ()


Derivation = Callable[[date], DerivedValue | None]
"""The value as known by a day; None where it is not known."""


def latest_value(
    value: float | None,
    period: str,
    rests_on: str,
    day: date,
    derivations: Mapping[str, Derivation],
) -> DerivedValue | None:
    """Give a published value, or the derived value that the row rests on if that is newer.

    Args:
        value: The published value, None if none is published.
        period: The month for which it holds.
        rests_on: Identifiers of facts, and the name of a derivation if there is one.
        day: The day by which the value must be known.
        derivations: Derivations by name.

    Returns:
        The value; None if it is neither published nor derived.
    """
    published = None if value is None else DerivedValue(value, period)
    names = [name for name in rests_on.split() if name in derivations]
    derived = derivations[names[0]](day) if names else None
    if published and derived:
        return max(published, derived, key=lambda latest: period_end(latest.period))
    return published or derived
