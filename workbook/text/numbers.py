"""Numbers as people read them: on tiles, in sentences, in refusals; and texts for cells."""

import math

_THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
LEAST_PROBABILITY = 0.01
"""Draws cannot tell a chance below this from none, nor one as far from certainty from certainty."""

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these may be run as a formula by the spreadsheet that opens it."""


def format_number(value: float) -> str:
    """A number with thousands separated and no needless decimals: 300,000, 79.5, 0.25."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.10g}"


def format_people(value: float) -> str:
    """People, in millions where there are that many: ``5.4 million``, ``619,000``."""
    rounded = _round_to_three_figures(value)
    if abs(rounded) >= MILLION:
        return _use_minus_sign(f"{value / MILLION:,.1f} million")
    return _use_minus_sign(f"{rounded:z,.0f}")


def format_money(value: float) -> str:
    """Money: ``£1.2 billion``, ``£49.2 million``, ``£189.29``, ``£0``."""
    if not value:
        return "£0"
    sign, size = ("−" if round(value, 2) < 0 else ""), abs(value)
    if round(size / MILLION, 1) >= _THOUSAND:
        return f"{sign}£{size / BILLION:,.1f} billion"
    if round(size) >= MILLION:
        return f"{sign}£{size / MILLION:,.1f} million"
    return f"{sign}£{size:,.0f}" if round(size, 2) >= _THOUSAND else f"{sign}£{size:,.2f}"


def format_short_money(amount: float) -> str:
    """Money as it is written beside a mark of a chart: ``£219.5 m``, ``£1.2 bn``, ``£48,294``."""
    return format_money(amount).replace(" million", " m").replace(" billion", " bn")


def format_share(share: float) -> str:
    """A share as a percentage, to one decimal place at most: ``21%``, ``12.6%``."""
    return _use_minus_sign(f"{share * 100:z.1f}".removesuffix(".0") + "%")


def format_points(share: float) -> str:
    """A difference of shares in percentage points, with its sign: ``+2.1``, ``−0.4``."""
    return _use_minus_sign(f"{share * 100:+z.1f}")


def format_difference(share: float) -> str:
    """A difference of shares as a reader sees it: ``+2.1 points``."""
    return f"{format_points(share)} points"


def format_probability(probability: float) -> str:
    """A probability from draws, never said to be certain: ``4%``, ``under 1%``, ``over 99%``."""
    if probability < LEAST_PROBABILITY:
        return f"under {LEAST_PROBABILITY:.0%}"
    if probability > 1 - LEAST_PROBABILITY:
        return f"over {1 - LEAST_PROBABILITY:.0%}"
    return f"{probability:.0%}"


def format_value(value: float | str | None, unit: str) -> str:
    """A value in its unit as a reader sees it; what is not known is ``not known``."""
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    formatters = {
        "people": format_people_exactly,
        "share": format_share,
        "GBP": format_money,
        "year": format_year,
        "index": format_index,
        "years": format_years,
        "points": format_difference,
    }
    return formatters.get(unit, format_number)(value)


def format_cell(value: float | str | None, unit: str) -> str:
    """A cell of a table as a reader sees it: blank where missing, years and counts as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str) or not unit:
        return str(value)
    return format_value(value, unit)


def format_people_exactly(value: float) -> str:
    """People to the nearest one: ``5,444,000``."""
    return _use_minus_sign(f"{value:z,.0f}")


def format_index(value: float) -> str:
    """An index or a ratio, where 1 is no change: ``0.864``."""
    return _use_minus_sign(f"{value:z,.3f}")


def format_years(value: float) -> str:
    """A stretch of years, to one decimal place: ``6.1 years``, ``1 year``."""
    rounded = f"{value:,.1f}".removesuffix(".0")
    return f"{rounded} year" if rounded == "1" else f"{rounded} years"


def format_year(value: float) -> str:
    """A year, its thousands not separated: ``2020``."""
    return f"{value:.0f}"


def escape_formula(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might run it."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def _use_minus_sign(text: str) -> str:
    return text.replace("-", "−")


def _round_to_three_figures(value: float) -> float:
    size = 10 ** max(0, math.floor(math.log10(abs(value))) - 2) if value else 1
    return round(value / size) * size
