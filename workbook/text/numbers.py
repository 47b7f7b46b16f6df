"""Format numbers for people: on tiles, in sentences, in tables and in error messages."""

import math
import re

_THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
LEAST_PROBABILITY = 0.01
"""Simulations cannot distinguish a probability below this from 0, or above 1 minus this from 1."""

_WHOLE_QUANTITY_FROM = 100
"""Counts from here on are shown without decimals."""

_ESTIMATE_FIGURES, _RANGE_END_FIGURES = 3, 2
"""Significant figures of an uncertain value, and of the ends of its simulated range."""

_MOST_ROUNDED = 0.1
"""Share of a range by which rounding may move one of its ends."""

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")
"""First characters of texts that a spreadsheet may run as a formula."""


def format_number(value: float) -> str:
    """Format a number with thousands separators and no needless decimals: ``300,000``, ``79.5``."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.10g}"


def format_quantity(value: float) -> str:
    """Format a count: whole from 100 up, a smaller one to three figures: ``379,881``, ``4.5``."""
    return _use_minus_sign(
        f"{value:,.0f}" if abs(value) >= _WHOLE_QUANTITY_FROM else f"{value:z.3g}"
    )


def format_people(value: float) -> str:
    """Format a number of people to three figures or in millions: ``5.4 million``, ``619,000``."""
    rounded = round_to_figures(value, _ESTIMATE_FIGURES)
    if abs(rounded) >= MILLION:
        return _use_minus_sign(f"{value / MILLION:,.1f} million")
    return _use_minus_sign(f"{rounded:z,.0f}")


def format_money(value: float) -> str:
    """Format pounds: ``£1.2 billion``, ``£49.2 million``, ``£189.29``, ``£0``."""
    if not value:
        return "£0"
    sign, size = ("−" if round(value, 2) < 0 else ""), abs(value)
    if round(size / MILLION, 1) >= _THOUSAND:
        return f"{sign}£{size / BILLION:,.1f} billion"
    if round(size) >= MILLION:
        return f"{sign}£{size / MILLION:,.1f} million"
    return f"{sign}£{size:,.0f}" if round(size, 2) >= _THOUSAND else f"{sign}£{size:,.2f}"


def format_short_money(amount: float) -> str:
    """Format pounds for a label in a chart: ``£219.5 m``, ``£1.2 bn``, ``£48,294``."""
    return shorten_amount(format_money(amount))


def format_share(share: float) -> str:
    """Format a share as a percentage with at most one decimal place: ``21%``, ``12.6%``."""
    return _use_minus_sign(f"{share * 100:z.1f}".removesuffix(".0") + "%")


def format_points(share: float) -> str:
    """Format a difference of shares in percentage points, with its sign: ``+2.1``, ``−0.4``."""
    return _use_minus_sign(f"{share * 100:+z.1f}")


def format_difference(share: float) -> str:
    """Format a difference of shares with its unit: ``+2.1 points``."""
    return f"{format_points(share)} points"


def format_probability(probability: float) -> str:
    """Format a probability from simulations, never as certain: ``4%``, ``over 99%``."""
    if probability < LEAST_PROBABILITY:
        return f"under {LEAST_PROBABILITY:.0%}"
    if probability > 1 - LEAST_PROBABILITY:
        return f"over {1 - LEAST_PROBABILITY:.0%}"
    return f"{probability:.0%}"


def round_to_figures(value: float, figures: int) -> float:
    """Round a number to some significant figures.

    Args:
        value: A finite number.
        figures: Number of significant figures, at least 1.

    Returns:
        The rounded number.

    Example:
        >>> round_to_figures(-184_700_000, 2)
        -180000000.0
    """
    if not value:
        return 0.0
    return round(float(value), figures - 1 - math.floor(math.log10(abs(value))))


def format_estimate(value: float, unit: str) -> str:
    """Format an uncertain value to three figures: ``£556 million``, ``5.4 million``.

    Args:
        value: A finite number in the unit.
        unit: Unit such as ``GBP``.

    Returns:
        The text that a reader sees.
    """
    return _format_figures(value, unit, _ESTIMATE_FIGURES)


def format_short_estimate(amount: float) -> str:
    """Format uncertain pounds for a label in a chart: ``£556 m``, ``£1.2 bn``."""
    return shorten_amount(format_estimate(amount, "GBP"))


def shorten_amount(text: str) -> str:
    """Shorten an amount for a label in a chart: ``£440 million`` gives ``£440 m``."""
    return text.replace(" million", " m").replace(" billion", " bn")


def format_simulated_range(low: float, high: float, unit: str) -> str:
    """Format P10 and P90 of simulations to two figures: ``−£180 million to £1.2 billion``.

    Another seed moves these ends by about 1 in 50 of the range, so a third figure is not known. An
    end that two figures would move by much of the range, such as 10.3 beside 9.9, has three.

    Args:
        low: P10 in the unit.
        high: P90 in the unit.
        unit: Unit such as ``GBP``.

    Returns:
        The text that a reader sees.
    """
    most_rounded = _MOST_ROUNDED * (high - low)
    return " to ".join(
        _format_figures(
            end,
            unit,
            _ESTIMATE_FIGURES
            if abs(round_to_figures(end, _RANGE_END_FIGURES) - end) > most_rounded
            else _RANGE_END_FIGURES,
        )
        for end in (low, high)
    )


def format_quantile(value: float, unit: str) -> str:
    """Format a quantile of simulations, such as P10, to two figures: ``−£180 million``.

    Args:
        value: A finite number in the unit.
        unit: Unit such as ``GBP``.

    Returns:
        The text that a reader sees.
    """
    return _format_figures(value, unit, _RANGE_END_FIGURES)


def format_value(value: float | str | None, unit: str) -> str:
    """Format a value in its unit; ``not known`` where it is missing.

    Args:
        value: A number in the unit, a quarter, or None.
        unit: Unit such as ``share`` or ``GBP``.

    Returns:
        The text that a reader sees.
    """
    if value is None:
        return "not known"
    if isinstance(value, str):
        return value
    formatters = {
        "people": format_people_exactly,
        "count": format_quantity,
        "share": format_share,
        "GBP": format_money,
        "year": format_year,
        "index": format_index,
        "years": format_years,
        "points": format_difference,
        "probability": format_probability,
    }
    return formatters.get(unit, format_number)(value)


def format_cell(value: float | str | None, unit: str) -> str:
    """Format a cell of a table; blank where missing.

    Args:
        value: A number in the unit, a text, a boolean or None.
        unit: Unit such as ``share``; empty to show the value as it is.

    Returns:
        The text that a reader sees; ``yes`` or blank for a boolean.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str) or not unit:
        return str(value)
    return format_value(value, unit)


def format_people_exactly(value: float) -> str:
    """Format a number of people in full: ``5,444,000``."""
    return _use_minus_sign(f"{value:z,.0f}")


def format_index(value: float) -> str:
    """Format an index or a ratio to three decimal places: ``0.864``."""
    return _use_minus_sign(f"{value:z,.3f}")


def format_years(value: float) -> str:
    """Format a duration in years with at most one decimal place: ``6.1 years``, ``1 year``."""
    rounded = f"{value:,.1f}".removesuffix(".0")
    return f"{rounded} year" if rounded == "1" else f"{rounded} years"


def format_year(value: float) -> str:
    """Format a calendar year: ``2020``."""
    return f"{value:.0f}"


def escape_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet may run as a formula."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def _format_figures(value: float, unit: str, figures: int) -> str:
    rounded = round_to_figures(value, figures)
    if unit == "GBP":
        return _format_money_figures(value, figures)
    if unit == "people":
        return format_people(rounded)
    if unit == "index":
        return _use_minus_sign(f"{rounded:,.10g}")
    return format_value(rounded, unit)


def _format_money_figures(value: float, figures: int) -> str:
    """Format pounds to some figures, in millions and billions with at most one decimal."""
    rounded = round_to_figures(value, figures)
    scale = next((size for size in (BILLION, MILLION) if abs(rounded) >= size), None)
    if scale is None:
        return re.sub(r"\.0+$", "", format_money(rounded))
    # The value is rounded once: rounded again, £1.846 billion would become £1.9 billion.
    decimals = min(1, figures - 1 - math.floor(math.log10(abs(rounded) / scale)))
    size = round(abs(value) / scale, decimals)
    name = "billion" if scale == BILLION else "million"
    return f"{'−' if value < 0 else ''}£{size:,.10g} {name}"


def _use_minus_sign(text: str) -> str:
    return text.replace("-", "−")
