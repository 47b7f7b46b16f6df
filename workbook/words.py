"""Numbers as people read them: on tiles, in sentences, in refusals."""

import math

MILLION = 1_000_000
BILLION = 1_000_000_000


def number(value: float) -> str:
    """A number with thousands separated and no needless decimals: 300,000, 79.5, 0.25."""
    if math.isfinite(value) and value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.10g}"


def people(value: float) -> str:
    """People, in millions where there are that many: ``5.4 million``, ``619,000``."""
    if abs(value) >= MILLION:
        return f"{value / MILLION:,.1f} million"
    return f"{_rounded(value):,.0f}"


def pounds(value: float) -> str:
    """Money: ``£1.2 billion``, ``£49.2 million``, ``£189.29``."""
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size >= BILLION:
        return f"{sign}£{size / BILLION:,.1f} billion"
    if size >= MILLION:
        return f"{sign}£{size / MILLION:,.1f} million"
    return f"{sign}£{size:,.0f}" if size >= 1_000 else f"{sign}£{size:,.2f}"


def percent(share: float) -> str:
    """A share as a percentage, to one decimal place at most: ``21%``, ``12.6%``."""
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def chance(probability: float) -> str:
    """A probability from draws, never said to be certain: ``4%``, ``under 1%``, ``over 99%``."""
    if probability < 0.01:
        return "under 1%"
    return "over 99%" if probability > 0.99 else f"{probability:.0%}"


def value_in(value: float | str | None, unit: str) -> str:
    """An indicator's value as a reader sees it; what is not known is ``not known``."""
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    write = {"people": number_of_people, "share": percent, "GBP": pounds}.get(unit, number)
    return write(value)


def number_of_people(value: float) -> str:
    """People to the nearest one: ``5,444,000``."""
    return f"{value:,.0f}".replace("-", "−")


def _rounded(value: float) -> float:
    size = 10 ** max(0, math.floor(math.log10(abs(value))) - 2) if value else 1
    return round(value / size) * size
