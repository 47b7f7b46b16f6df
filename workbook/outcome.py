"""What a model gives back: indicators, tables and one headline sentence."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pandas as pd

from workbook.html_tables import to_html_table
from workbook.result_table import ResultTable
from workbook.scenario import ParameterError, Scenario
from workbook.text.numbers import format_people, format_value
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message

Unit = Literal["people", "share", "GBP", "years", "months", "quarter", "count", "index"]
Direction = Literal["lower", "higher", ""]

MISSING_LABEL = "not known"
"""What a reader sees in place of a missing value, where nothing else is said."""

OUTCOME_MEDIA_TYPE = "application/vnd.workbook.outcome+json"
"""Media type of an outcome in a notebook: its last cell shows one, a snapshot is checked by it."""


@dataclass(frozen=True)
class Indicator:
    """One figure that answers part of the question.

    ``value`` is a number in ``unit`` (a share as a fraction of 1), a quarter, or None with a
    ``reason``; ``low`` and ``high`` are the draws' P10 and P90, None where nothing is uncertain;
    ``better`` says which way is the better one, where one is. A ``difference`` of shares is read in
    percentage points; ``absent`` is what a reader sees in place of a missing value.
    Raises ValueError for a value that is not finite, or is missing without a reason, an unknown
    unit, or a range whose ends are the wrong way round.
    """

    name: str
    label: str
    unit: Unit
    value: float | str | None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    direction: Direction = ""
    is_difference: bool = False
    missing_label: str = MISSING_LABEL

    def __post_init__(self) -> None:
        for field_name in ("value", "low", "high"):  # numpy's numbers as Python's own
            field_value = getattr(self, field_name)
            object.__setattr__(
                self,
                field_name,
                field_value.item() if hasattr(field_value, "item") else field_value,
            )
        if self.unit not in get_args(Unit):
            units = ", ".join(get_args(Unit))
            msg = f"{self.name}: {quote_value(self.unit)} is not a unit; use one of {units}"
            raise ValueError(msg)
        float_values = [n for n in (self.value, self.low, self.high) if isinstance(n, float)]
        if not all(map(math.isfinite, float_values)):
            msg = f"{self.name} is not finite: what is not known is None, with a reason"
            raise ValueError(msg)
        if self.value is None and not self.reason:
            msg = f"{self.name} has no value: say why in its reason"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"{self.name}: its range is from {self.low} to {self.high}: the low comes first"
            raise ValueError(msg)

    @property
    def number(self) -> float | None:
        """The value as a number, None where it is missing. Raises ValueError for a quarter."""
        return None if self.value is None else float(self.value)

    @property
    def formatted_value(self) -> str:
        """The value as a reader sees it."""
        if self.value is None:
            return self.missing_label
        return format_value(self.value, "points" if self.is_difference else self.unit)

    @property
    def formatted_range(self) -> str:
        """P10 to P90 as a reader sees it; empty where nothing is uncertain."""
        if self.low is None or self.high is None:
            return ""
        format_end = (
            format_people if self.unit == "people" else lambda end: format_value(end, self.unit)
        )
        return f"{format_end(self.low)} to {format_end(self.high)}"

    def as_dict(self) -> dict[str, Any]:
        """The indicator as ``run --json`` prints it."""
        keys = ("name", "label", "value", "unit", "low", "high", "reason")
        return {name: getattr(self, name) for name in keys}


@dataclass(frozen=True, eq=False)
class Outcome:
    """A model's answer to one scenario.

    Equal only to itself: compare what is in it.

    Args:
        scenario: The scenario that the model was run on.
        headline: The answer as a sentence or two.
        indicators: The figures that answer the question, the most important first.
        tables: The result tables, each with a name of its own.
        notes: Sentences that a reader must know beside the headline.
        parameter_options: Values that the tables offer for a parameter, by its name.
        parameter_warnings: What must be known of allowed values, each at its parameter.
        part_outcomes: Outcomes of other topics that this one reports on, by topic name.

    Raises:
        ValueError: Two tables have the same name.
    """

    scenario: Scenario
    headline: str
    indicators: tuple[Indicator, ...]
    tables: tuple[ResultTable, ...] = ()
    notes: tuple[str, ...] = ()
    parameter_options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameter_warnings: tuple[ParameterError, ...] = ()
    part_outcomes: Mapping[str, "Outcome"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.table_names
        if repeated := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
            msg = f"two tables have the same name: {', '.join(repeated)}"
            raise ValueError(msg)

    def __getitem__(self, name: str) -> Indicator:
        """Indicator of this name; KeyError with the names that there are."""
        for indicator in self.indicators:
            if indicator.name == name:
                return indicator
        known_names = [indicator.name for indicator in self.indicators]
        raise KeyError(unknown_name_message("indicator", name, known_names))

    @property
    def warnings_and_notes(self) -> tuple[str, ...]:
        """Everything that a reader must know beside the headline, a sentence each."""
        return (*(warning.message for warning in self.parameter_warnings), *self.notes)

    @property
    def table_names(self) -> list[str]:
        """Names of the tables, in order."""
        return [table.name for table in self.tables]

    def table(self, name: str) -> ResultTable:
        """Result table of this name.

        Raises:
            KeyError: No table has this name; the message lists those that there are.
        """
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(unknown_name_message("table", name, self.table_names))

    def frame(self, name: str) -> pd.DataFrame:
        """Rows of the table of this name.

        Raises:
            KeyError: No table has this name; the message lists those that there are.
        """
        return self.table(name).frame

    def as_dict(self) -> dict[str, Any]:
        """The part of ``run --json`` that the model decides."""
        return {
            "quarter": self.scenario.quarter,
            "parameters": self.scenario.values(),
            "headline": self.headline,
            "indicators": [indicator.as_dict() for indicator in self.indicators],
            "tables": self.table_names,
        }

    def indicator_table(self) -> pd.DataFrame:
        """Every indicator as a row of text: what it is, its value, its likely range, its reason."""
        return pd.DataFrame(
            [(i.label, i.formatted_value, i.formatted_range, i.reason) for i in self.indicators],
            columns=["Indicator", "Value", "Likely range (P10 to P90)", "Note"],
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # noqa: ANN401  IPython's protocol
        """As a record: the indicators to read, and the outcome as ``run --json`` has it."""
        return {
            "text/plain": self.headline,
            "text/html": to_html_table(self.indicator_table(), self.headline),
            OUTCOME_MEDIA_TYPE: self.as_dict(),
        }
