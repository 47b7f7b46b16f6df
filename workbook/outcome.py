"""Outcome of a model: indicators, result tables, a headline and notes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from workbook.html_tables import to_html_table
from workbook.indicators import INDICATOR_FIELDS, Indicator
from workbook.result_table import ResultTable, ResultTables
from workbook.scenario import ParameterError, ParameterValue, Scenario
from workbook.tables.derived_values import DerivedSequence
from workbook.text.suggestions import unknown_name_message

ScenarioOfTopic = TypeVar("ScenarioOfTopic", bound=Scenario)

OUTCOME_MEDIA_TYPE = "application/vnd.workbook.outcome+json"
"""Media type of an outcome in a notebook's last cell, by which a snapshot is checked."""

_NOTEBOOK_STYLE = (
    "<style>.jp-RenderedHTML .wb-table :is(th, td, caption) { text-align: left; }</style>"
)
"""JupyterLab aligns the cells of every table to the right, and those of this one are texts."""

INTERVAL_LABEL = "80% of simulations (P10 to P90)"
"""Heading of an indicator's interval in a table."""


@dataclass(frozen=True)
class SubstitutedValue:
    """What a model uses in place of the scenario's value of a parameter.

    Args:
        source: Where the value used comes from, or why the parameter plays no part, as a sentence.
        value: Value used, in the parameter's unit; None where the parameter plays no part.
    """

    source: str
    value: ParameterValue | None = None


@dataclass(frozen=True, eq=False)
class Simulations:
    """Simulations behind the intervals of an outcome.

    What does not vary, such as a lever or a probability, may be passed and is left out.

    Args:
        assumptions: Value of each uncertain parameter in each simulation, shape (draws,), by name.
        indicators: Value of each indicator in each simulation, shape (draws,), by name. It is
            infinite where a simulation has no finite one.

    Raises:
        ValueError: Two of them differ in their number of simulations.

    Example:
        >>> simulated = Simulations({"fare": [1, 2, 3], "line": "12"}, {"sold": [30, 20, 10]})
        >>> sorted(simulated.assumptions), simulated.indicators["sold"].tolist()
        (['fare'], [30.0, 20.0, 10.0])
    """

    assumptions: Mapping[str, Any]
    indicators: Mapping[str, Any]

    def __post_init__(self) -> None:
        for field_name in ("assumptions", "indicators"):
            varying = {
                name: np.asarray(values, np.float64)
                for name, values in getattr(self, field_name).items()
                if np.ndim(values) == 1
            }
            object.__setattr__(self, field_name, varying)
        arrays = (*self.assumptions.values(), *self.indicators.values())
        if len({array.size for array in arrays}) > 1:
            msg = "the simulations differ in number: give every array the same length"
            raise ValueError(msg)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Outcome of a model for one scenario.

    Outcomes compare by identity, not by content. An outcome gives its indicators in a loop, and one
    by its name: ``outcome["people_excluded"]``. ``outcome.tables["path"]`` is a result table.

    Args:
        scenario: The scenario.
        headline: The answer in a sentence or two.
        indicators: Figures that answer the question, the most important first.
        tables: Result tables with unique names; from an iterator, they are built when first read.
        notes: Sentences that a reader needs to interpret the figures; from an iterator, they are
            written when first read.
        parameter_options: Values that the tables offer for a parameter, by its name.
        parameter_warnings: Warnings about values that are allowed, each at its parameter.
        substituted_values: Values used in place of the scenario's, by parameter name.
        overdue_inputs: Sentences about inputs that are used after their review was due. A snapshot
            needs a reason for them.
        part_outcomes: Outcomes of other topics that this one reports on, by topic name.
        recent_changes: Sentences on what has changed since an earlier quarter, the most important
            first. The home page shows the first three.
        no_figures_reason: Why the outcome has no figures, such as ``no figures for the Home
            Office``; empty where it has some. It then has no tables and no charts.
        left_out: Names of indicators that the scenario leaves out. A page does not show them.
        simulations: The simulations behind the intervals, None where the model makes none. A page
            does not keep them.

    Raises:
        ValueError: Two tables have the same name.
    """

    scenario: Scenario
    headline: str
    indicators: tuple[Indicator, ...]
    tables: Iterable[ResultTable] = ()
    notes: Iterable[str] = ()
    parameter_options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameter_warnings: tuple[ParameterError, ...] = ()
    substituted_values: Mapping[str, SubstitutedValue] = field(default_factory=dict)
    overdue_inputs: tuple[str, ...] = ()
    part_outcomes: Mapping[str, "Outcome"] = field(default_factory=dict)
    recent_changes: tuple[str, ...] = ()
    no_figures_reason: str = ""
    left_out: frozenset[str] = frozenset()
    simulations: Simulations | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.tables, ResultTables):
            object.__setattr__(self, "tables", ResultTables(self.tables))
        if isinstance(self.notes, Iterator):
            object.__setattr__(self, "notes", DerivedSequence(self.notes))

    def __repr__(self) -> str:
        return f"{self.headline}\n{self._text_table()}" if self.indicators else self.headline

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def scenario_of(self, scenario_class: type[ScenarioOfTopic]) -> ScenarioOfTopic:
        """The scenario as one of a topic's, for an analysis that needs its parameters.

        Args:
            scenario_class: The topic's class of scenarios.

        Returns:
            The scenario.

        Raises:
            TypeError: The outcome is of another topic.
        """
        if not isinstance(self.scenario, scenario_class):
            msg = f"{type(self.scenario).__name__} is not a scenario of {scenario_class.__name__}"
            raise TypeError(msg)
        return self.scenario

    def __getitem__(self, name: str) -> Indicator:
        """Indicator of this name.

        Raises:
            KeyError: No indicator has this name; the message suggests one.
        """
        for indicator in self.indicators:
            if indicator.name == name:
                return indicator
        raise KeyError(unknown_name_message("indicator", name, self._ipython_key_completions_()))

    def _ipython_key_completions_(self) -> list[str]:
        return [indicator.name for indicator in self.indicators]

    @property
    def warnings_and_notes(self) -> tuple[str, ...]:
        """Parameter warnings and notes, in sentences."""
        return (*(warning.message for warning in self.parameter_warnings), *self.notes)

    @property
    def table_names(self) -> list[str]:
        """Names of the tables, in order."""
        return [table.name for table in self.tables]

    def table(self, name: str) -> ResultTable:
        """Result table of this name.

        Raises:
            KeyError: No table has this name; the message suggests one.
        """
        table: ResultTable = cast("ResultTables", self.tables)[name]
        return table

    def find_table(self, name: str) -> ResultTable | None:
        """Result table of this name, if there is one. Those after it need not be derived for it."""
        return cast("ResultTables", self.tables).find(lambda table: table.name == name)

    def frame(self, name: str) -> pd.DataFrame:
        """Rows of the table of this name.

        Raises:
            KeyError: No table has this name; the message suggests one.
        """
        return self.table(name).frame

    def as_dict(self) -> dict[str, Any]:
        """Outcome as ``run --json`` prints it, without the topic and the data."""
        return {
            "quarter": self.scenario.quarter,
            "parameters": self.scenario.values(),
            "headline": self.headline,
            "indicators": [indicator.as_dict() for indicator in self.indicators],
            "tables": self.table_names,
        }

    def to_frame(self) -> pd.DataFrame:
        """Indicators as numbers, to calculate with.

        Returns:
            A row for each indicator. ``value``, ``low`` and ``high`` are in its ``unit``, NaN where
            missing. A share is a fraction of 1, and a quarter a text. ``reason`` says why a value
            is missing, or what a reader must know beside it.

        Example:
            >>> from workbook.topics.digital_inclusion import topic
            >>> frame = topic.run(draws=100).to_frame().set_index("name")
            >>> float(frame.loc["people_excluded", "value"])
            5444000.0
        """
        rows = [indicator.as_dict() for indicator in self.indicators]
        has_texts = any(isinstance(indicator.value, str) for indicator in self.indicators)
        numeric = ["low", "high"] if has_texts else ["value", "low", "high"]
        frame = pd.DataFrame(rows, columns=list(INDICATOR_FIELDS))
        return frame.astype(dict.fromkeys(numeric, "float64"))

    def indicator_table(self) -> pd.DataFrame:
        """Indicators as text: label, value, interval and note, without those left out."""
        return pd.DataFrame(
            [
                (
                    indicator.label,
                    indicator.formatted_value,
                    indicator.formatted_range,
                    indicator.explanation,
                )
                for indicator in self.indicators
                if indicator.name not in self.left_out
            ],
            columns=["Indicator", "Value", INTERVAL_LABEL, "Note"],
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # noqa: ANN401  IPython's protocol
        """Outcome for a notebook: text, an HTML table, and JSON as ``run --json`` prints it."""
        table = to_html_table(self.indicator_table(), self.headline)
        return {
            "text/plain": repr(self),
            "text/html": f"<div>{_NOTEBOOK_STYLE}{table}</div>",
            OUTCOME_MEDIA_TYPE: self.as_dict(),
        }

    def _text_table(self) -> str:
        """Name, value and interval of each indicator, in columns of text."""
        rows = [
            (indicator.name, indicator.formatted_value, indicator.formatted_range)
            for indicator in self.indicators
        ]
        name_width, value_width = (max(len(row[column]) for row in rows) for column in (0, 1))
        return "\n".join(
            f"  {name:<{name_width}}  {value:>{value_width}}  {interval}".rstrip()
            for name, value, interval in rows
        )
