"""Format numbers for people: on tiles, in sentences, in tables and in error messages."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

_THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
LEAST_PROBABILITY = 0.01
"""Simulations cannot distinguish a probability below this from 0, or above 1 minus this from 1."""

_WHOLE_QUANTITY_FROM = 100
"""Counts from here on are shown without decimals."""

_ESTIMATE_FIGURES, _RANGE_END_FIGURES = 3, 2
"""Significant figures of an uncertain value, and of the ends of its simulated range."""

_MILLION_TEXT = " million"

_MOST_ROUNDED = 0.1
"""Share of a range by which rounding may move one of its ends."""

_NARROW_SHARE_RANGE = 0.05
"""Width of a range of shares up to which a tenth of a point is at least 1 in 50 of it."""

_DECIMAL_DIGITS = 15
"""Significant digits of a decimal number that its binary form keeps."""

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")
"""First characters of texts that a spreadsheet may run as a formula."""


def format_number(value: float) -> str:
    """Format a number with thousands separators and no needless decimals: ``300,000``, ``79.5``."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.10g}"


def round_half_up(value: float, decimals: int) -> float:
    """Round the decimal number that a reader sees, a half away from zero.

    In binary the mean of £7.72 and £7.95 lies below £7.835, and would be rounded down.

    Args:
        value: A number.
        decimals: Decimal places; negative to round to tens or hundreds.

    Returns:
        The rounded number; the number itself where it has no digit to round.

    Example:
        >>> round_half_up(7.835, 2), round_half_up(-0.145 * 100, 0)
        (7.84, -15.0)
    """
    if not abs(value) < 10**_DECIMAL_DIGITS:
        return float(value)
    number = Decimal(f"{value:.{_DECIMAL_DIGITS}g}")
    return float(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def format_quantity(value: float) -> str:
    """Format a count: whole from 100 up, a smaller one to three figures: ``379,881``, ``4.5``."""
    return _use_minus_sign(
        f"{round_half_up(value, 0):,.0f}"
        if abs(value) >= _WHOLE_QUANTITY_FROM
        else f"{round_to_figures(value, _ESTIMATE_FIGURES):z.3g}"
    )


def format_people(value: float) -> str:
    """Format a number of people to three figures or in millions: ``5.4 million``, ``619,000``."""
    rounded = round_to_figures(value, _ESTIMATE_FIGURES)
    if abs(rounded) >= MILLION:
        return _use_minus_sign(f"{round_half_up(value / MILLION, 1):,.1f}{_MILLION_TEXT}")
    return _use_minus_sign(f"{rounded:z,.0f}")


def format_money(value: float) -> str:
    """Format pounds: ``£1.2 billion``, ``£49.2 million``, ``£210 million``, ``£189.29``, ``£0``."""
    if not value:
        return "£0"
    sign, size = ("−" if round_half_up(value, 2) < 0 else ""), abs(value)
    if round_half_up(size / MILLION, 1) >= _THOUSAND:
        return f"{sign}£{_format_tenths(size / BILLION)} billion"
    if round_half_up(size, 0) >= MILLION:
        return f"{sign}£{_format_tenths(size / MILLION)} million"
    pence = round_half_up(size, 2)
    return f"{sign}£{round_half_up(size, 0):,.0f}" if pence >= _THOUSAND else f"{sign}£{pence:,.2f}"


def format_short_money(amount: float) -> str:
    """Format pounds for a label in a chart: ``£219.5 m``, ``£1.2 bn``, ``£48,294``."""
    return shorten_amount(format_money(amount))


def format_share(share: float) -> str:
    """Format a share as a percentage with at most one decimal place: ``21%``, ``12.6%``."""
    return _use_minus_sign(f"{round_half_up(share * 100, 1):z.1f}".removesuffix(".0") + "%")


def format_points(share: float) -> str:
    """Format a difference of shares in percentage points with its sign: ``+2.1``, ``0.0``."""
    text = f"{round_half_up(share * 100, 1):+z.1f}"
    return "0.0" if text == "+0.0" else _use_minus_sign(text)


def format_difference(share: float) -> str:
    """Format a difference of shares with its unit: ``+2.1 points``."""
    return f"{format_points(share)} points"


def format_change(change: float, unit: str) -> str:
    """Format a difference of two estimates with its sign: ``−1.3 million``, ``+2.1 points``.

    Args:
        change: A finite number in the unit.
        unit: Unit such as ``GBP``; a share is a fraction of 1.

    Returns:
        The text that a reader sees.
    """
    if unit == "share":
        return format_difference(change)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{format_estimate(abs(change), unit)}"


def format_probability(probability: float) -> str:
    """Format a probability from simulations, never as certain: ``4%``, ``over 99%``."""
    if probability < LEAST_PROBABILITY:
        return f"under {LEAST_PROBABILITY:.0%}"
    if probability > 1 - LEAST_PROBABILITY:
        return f"over {1 - LEAST_PROBABILITY:.0%}"
    return f"{round_half_up(probability, 2):.0%}"


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
    return round_half_up(float(value), figures - 1 - math.floor(math.log10(abs(value))))


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
    end that two figures would move by much of the range, such as 10.3 beside 9.9, has three. People
    in millions have their unit once: ``4.9 to 6.4 million``. A narrow range of shares has the same
    decimals at both ends: ``9.2% to 12.2%``.

    Args:
        low: P10 in the unit.
        high: P90 in the unit.
        unit: Unit such as ``GBP``.

    Returns:
        The text that a reader sees.
    """
    most_rounded = _MOST_ROUNDED * (high - low)
    if unit == "share" and low and high - low <= _NARROW_SHARE_RANGE:
        return _use_minus_sign(
            f"{round_half_up(low * 100, 1):z.1f}% to {round_half_up(high * 100, 1):z.1f}%"
        )
    low_text, high_text = (
        _format_figures(
            end,
            unit,
            _ESTIMATE_FIGURES
            if abs(round_to_figures(end, _RANGE_END_FIGURES) - end) > most_rounded
            else _RANGE_END_FIGURES,
        )
        for end in (low, high)
    )
    if unit == "people" and high_text.endswith(_MILLION_TEXT):
        low_text = low_text.removesuffix(_MILLION_TEXT)
    return f"{low_text} to {high_text}"


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
        "days": format_days,
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
    return _use_minus_sign(f"{round_half_up(value, 0):z,.0f}")


def format_index(value: float) -> str:
    """Format an index or a ratio to three decimal places: ``0.864``."""
    return _use_minus_sign(f"{round_half_up(value, 3):z,.3f}")


def format_years(value: float) -> str:
    """Format a duration in years with at most one decimal place: ``6.1 years``, ``1 year``."""
    rounded = _format_tenths(value)
    return f"{rounded} year" if rounded == "1" else f"{rounded} years"


def format_days(value: float) -> str:
    """Format a duration in days with at most one decimal place: ``84 days``, ``1 day``."""
    rounded = _format_tenths(value)
    return f"{rounded} day" if rounded == "1" else f"{rounded} days"


def format_year(value: float) -> str:
    """Format a calendar year: ``2020``."""
    return f"{value:.0f}"


def escape_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet may run as a formula."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def unescape_formula(text: str) -> str:
    """Remove the apostrophe that ``escape_formula`` put before a text."""
    return text[1:] if text.startswith("'") and escape_formula(text[1:]) == text else text


def _format_tenths(value: float) -> str:
    return f"{round_half_up(value, 1):,.1f}".removesuffix(".0")


def _format_figures(value: float, unit: str, figures: int) -> str:
    rounded = round_to_figures(value, figures)
    if unit == "GBP":
        return _format_money_figures(value, figures)
    if unit == "people":  # to three figures they are rounded once, by format_people
        return format_people(value if figures == _ESTIMATE_FIGURES else rounded)
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
    size = round_half_up(abs(value) / scale, decimals)
    name = "billion" if scale == BILLION else "million"
    return f"{'−' if value < 0 else ''}£{size:,.10g} {name}"


def _use_minus_sign(text: str) -> str:
    return text.replace("-", "−")
