"""Indicators: the figures that answer a topic's question, declared once and then given values."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from workbook.periods import MONTHS_PER_QUARTER, last_day_of_quarter
from workbook.text.dates import MONTH_NAMES, format_month
from workbook.text.numbers import (
    format_change,
    format_difference,
    format_estimate,
    format_probability,
    format_quantile,
    format_simulated_range,
    format_value,
)
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names

Unit = Literal["people", "share", "GBP", "years", "months", "days", "quarter", "count", "index"]
Direction = Literal["lower", "higher", ""]
IndicatorValue = float | str | None
Interval = tuple[float | None, float | None]

INDICATOR_FIELDS = ("name", "label", "value", "unit", "low", "high", "reason")
"""Fields of an indicator in JSON, CSV and spreadsheets; ``reason`` holds its explanation."""

MISSING_LABEL = "not known"
"""What a reader sees in place of a missing value, where nothing else is declared."""


@dataclass(frozen=True)
class IndicatorDefinition:
    """What an indicator is, whatever the scenario.

    Args:
        name: Name in code, files and links, unique within a topic.
        label: Short label that holds for every scenario.
        unit: Unit of the value; a share is a fraction of 1.
        direction: Which way is better, empty where neither is.
        is_difference: Whether the value is a difference of two shares, read in percentage points.
        is_probability: Whether the value is a probability, which is never shown as certain.
        is_quantile: Whether the value is a quantile of simulations, shown to two figures.
        is_year_to: Whether a quarter stands for the 12 months that end with it.
        missing_label: What a reader sees in place of a missing value. It may hold fields.
        scenario_label: Label with fields such as ``{year}``, which each scenario fills in; empty
            where the label is the same for all.

    Raises:
        ValueError: The unit is unknown.
    """

    name: str
    label: str
    unit: Unit
    direction: Direction = ""
    is_difference: bool = False
    is_probability: bool = False
    is_quantile: bool = False
    is_year_to: bool = False
    missing_label: str = MISSING_LABEL
    scenario_label: str = ""

    def __post_init__(self) -> None:
        _check_unit(self.name, self.unit)

    def for_any_scenario(self) -> "IndicatorDefinition":
        """The definition without labels that a scenario fills in."""
        return replace(self, scenario_label="", missing_label=MISSING_LABEL)


@dataclass(frozen=True)
class Indicator:
    """One figure of an outcome.

    Args:
        name: Name in code, files and links.
        label: Label that a reader sees.
        unit: Unit of the value; a share is a fraction of 1.
        value: A number in the unit, a quarter, or None where it is not known.
        low: P10 of the simulations; None where nothing is uncertain.
        high: P90 of the simulations; None where nothing is uncertain.
        missing_reason: Why there is no value; empty where there is one.
        note: What a reader must know beside the value.
        direction: Which way is better, empty where neither is.
        is_difference: Whether the value is a difference of two shares, read in percentage points.
        is_probability: Whether the value is a probability, which is never shown as certain.
        is_quantile: Whether the value is a quantile of simulations, shown to two figures.
        is_year_to: Whether a quarter stands for the 12 months that end with it.
        missing_label: What a reader sees in place of a missing value.
        as_of: The newest period of the data behind the value: a month, a day or a year. Empty
            where it rests on assumptions alone; None for the newest period of the topic's tables.

    Raises:
        ValueError: The value is not finite, or missing without a reason, or known with one; the
            unit is unknown; or the interval's ends are in the wrong order.
    """

    name: str
    label: str
    unit: Unit
    value: IndicatorValue
    low: float | None = None
    high: float | None = None
    missing_reason: str = ""
    note: str = ""
    direction: Direction = ""
    is_difference: bool = False
    is_probability: bool = False
    is_quantile: bool = False
    is_year_to: bool = False
    as_of: str | None = None
    missing_label: str = MISSING_LABEL

    def __post_init__(self) -> None:
        for field_name in ("value", "low", "high"):
            object.__setattr__(self, field_name, _to_python(getattr(self, field_name)))
        _check_unit(self.name, self.unit)
        numbers = [n for n in (self.value, self.low, self.high) if isinstance(n, float)]
        if not all(map(math.isfinite, numbers)):
            msg = f"{self.name} is not finite: what is not known is None, with a missing_reason"
            raise ValueError(msg)
        if self.value is None and not self.missing_reason:
            msg = f"{self.name} has no value: say why in its missing_reason"
            raise ValueError(msg)
        if self.value is not None and self.missing_reason:
            msg = f"{self.name} has a value, so it has no missing_reason: use note"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"{self.name}: its range is from {self.low} to {self.high}: the low comes first"
            raise ValueError(msg)

    def __repr__(self) -> str:
        interval = f" ({self.formatted_range})" if self.formatted_range else ""
        return f"<Indicator {self.name}: {self.formatted_value}{interval}>"

    @property
    def number(self) -> float | None:
        """The value as a number, None where it is missing. Raises ValueError for a quarter."""
        return None if self.value is None else float(self.value)

    @property
    def raw_text(self) -> str:
        """The value unrounded, as pages hold it beside the formatted one; empty where missing."""
        return "" if self.value is None else str(self.value)

    @property
    def explanation(self) -> str:
        """Why the value is missing, and the note; empty where there is nothing to say."""
        return "; ".join(filter(None, (self.missing_reason, self.note)))

    @property
    def formatted_value(self) -> str:
        """The value as a reader sees it."""
        if self.value is None:
            return self.missing_label
        if isinstance(self.value, str):
            return self._format_text(self.value)
        if self.is_probability:
            return format_probability(self.value)
        if self.is_difference:
            return format_difference(self.value)
        if self.is_quantile:
            return format_quantile(self.value, self.unit)
        is_estimate = self.unit == "people" or self.low is not None
        return (format_estimate if is_estimate else format_value)(self.value, self.unit)

    def _format_text(self, value: str) -> str:
        if self.is_year_to:
            return f"year to {format_month(last_day_of_quarter(value))}"
        return _format_quarter(value) if self.unit == "quarter" else value

    def format_change(self, change: float | None) -> str:
        """Format a change of the value with its sign; that of a share is in percentage points."""
        return MISSING_LABEL if change is None else format_change(change, self.unit)

    def format_change_from(self, other: "Indicator") -> str:
        """Format the difference to the same indicator of another outcome; empty for quarters."""
        if self.unit == "quarter":
            return ""
        number, other_number = self.number, other.number
        if number is None or other_number is None:
            return self.format_change(None)
        return self.format_change(number - other_number)

    @property
    def formatted_range(self) -> str:
        """P10 to P90 as a reader sees it; empty where nothing is uncertain."""
        if self.low is None or self.high is None:
            return ""
        return format_simulated_range(self.low, self.high, self.unit)

    @property
    def side_of_range(self) -> Literal["above", "below", ""]:
        """Side of P10 to P90 on which the value lies; empty within it or without one."""
        if self.number is None or self.low is None or self.high is None:
            return ""
        if self.number > self.high:
            return "above"
        return "below" if self.number < self.low else ""

    def as_dict(self) -> dict[str, Any]:
        """The indicator as ``run --json`` prints it."""
        *value_fields, reason_field = INDICATOR_FIELDS
        values = {name: getattr(self, name) for name in value_fields}
        return {**values, reason_field: self.explanation}


def build_indicators(  # noqa: PLR0913  each is by an indicator's name, and most are optional
    definitions: Iterable[IndicatorDefinition],
    values: Mapping[str, IndicatorValue],
    *,
    intervals: Mapping[str, Interval] | None = None,
    missing_reasons: Mapping[str, str] | None = None,
    missing_labels: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    label_fields: Mapping[str, object] | None = None,
    as_of: Mapping[str, str] | None = None,
) -> tuple[Indicator, ...]:
    """Build a topic's indicators from their definitions and a scenario's figures.

    Args:
        definitions: What each indicator is, in the order in which they are shown.
        values: Value of each indicator by its name: a number, a quarter, or None, NaN or an
            infinite number where it is not known.
        intervals: P10 and P90 of the simulations by indicator name. An interval with an end that
            is not finite is left out, and so is that of a missing value.
        missing_reasons: Why a value is missing, by indicator name; ignored for known values.
        missing_labels: What stands in place of a missing value, where it is not what the
            definition says.
        notes: What a reader must know beside a value, by indicator name; ignored for missing ones.
        label_fields: Values of the fields in the definitions' labels.
        as_of: The newest period of the data behind a value, by indicator name; empty for a value
            that rests on assumptions alone.

    Returns:
        An indicator for each definition, in their order.

    Raises:
        KeyError: A definition has no entry in ``values``, or a label's field none in
            ``label_fields``.
        ValueError: A missing value has no reason.

    Example:
        >>> jobs = IndicatorDefinition(
        ...     "jobs", "Jobs in the target year", "count", scenario_label="Jobs in {year}"
        ... )
        >>> [indicator] = build_indicators([jobs], {"jobs": 12}, label_fields={"year": 2020})
        >>> indicator.label, indicator.formatted_value
        ('Jobs in 2020', '12')
    """
    missing_labels = missing_labels or {}

    def build_indicator(definition: IndicatorDefinition) -> Indicator:
        name, fields = definition.name, label_fields or {}
        value = _to_python(values[name])
        is_known = value is not None and (isinstance(value, str) or math.isfinite(value))
        low, high = _finite_interval((intervals or {}).get(name)) if is_known else (None, None)
        return Indicator(
            name,
            (definition.scenario_label or definition.label).format(**fields),
            definition.unit,
            value if is_known else None,
            low,
            high,
            missing_reason="" if is_known else (missing_reasons or {}).get(name, ""),
            note=(notes or {}).get(name, "") if is_known else "",
            direction=definition.direction,
            is_difference=definition.is_difference,
            is_probability=definition.is_probability,
            is_quantile=definition.is_quantile,
            is_year_to=definition.is_year_to,
            as_of=(as_of or {}).get(name),
            missing_label=missing_labels.get(name, definition.missing_label).format(**fields),
        )

    return tuple(map(build_indicator, definitions))


def _check_unit(name: str, unit: str) -> None:
    if unit not in get_args(Unit):
        suggestion = suggest_names(unit, get_args(Unit))
        msg = f"{name}: unit {quote_value(unit)} is unknown. {suggestion}"
        raise ValueError(msg)


def _format_quarter(quarter: str) -> str:
    """Write a quarter in words: ``2014-Q2`` gives April to June 2014."""
    end = last_day_of_quarter(quarter)
    return f"{MONTH_NAMES[end.month - MONTHS_PER_QUARTER]} to {format_month(end)}"


def _to_python(value: Any) -> Any:  # noqa: ANN401  a number of Python's or of NumPy's
    """A NumPy number as Python's own, anything else as it is."""
    return value.item() if hasattr(value, "item") else value


def _finite_interval(interval: Interval | None) -> Interval:
    """The interval, or none where an end is missing or not finite."""
    if interval is None or not all(end is not None and math.isfinite(end) for end in interval):
        return None, None
    low, high = map(_to_python, interval)
    return low, high
