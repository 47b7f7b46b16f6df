"""Result of a comparison of scenarios: frames, texts and charts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.analysis.charts import draw_waterfall
from workbook.analysis.comparison_text import (
    METHODS,
    contribution_texts,
    indicator_texts,
    missing_reason,
    parameter_texts,
)
from workbook.charts.figure import Figure
from workbook.html_tables import to_html_table
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.text.suggestions import unknown_name_message


@dataclass(frozen=True, eq=False, repr=False)
class ScenarioComparison:
    """Comparison of two to four scenarios, each with the first.

    Attributes:
        outcomes: Outcome of each scenario by its name.
        key_indicator: Name of the indicator that the headline is about.
        parameters: The parameters that differ: ``name``, ``label``, ``unit``, and a column for each
            scenario, None where it has the default value.
        indicators: Every indicator: ``name``, ``label``, ``unit``, a column for each scenario, and
            the difference to the first: ``difference`` for two scenarios, ``difference NAME`` for
            more. What is missing is NaN or None.
        contributions: What each parameter adds to each difference: ``scenario``, ``indicator``,
            ``parameter`` (several, with commas, where one alone has no result) and ``label``.
            ``in_order`` is its effect if the parameters change one at a time in the order shown,
            ``average`` that over all orders (Shapley). Each adds up to the difference. Both are NaN
            where the indicator is missing in a mixture of the scenarios.
        headline: The finding in a sentence or two.
        notes: Sentences that a reader needs to interpret the contributions.
    """

    outcomes: Mapping[str, Outcome]
    key_indicator: str
    parameters: pd.DataFrame
    indicators: pd.DataFrame
    contributions: pd.DataFrame
    headline: str
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<ScenarioComparison: {self.headline}>"

    @property
    def names(self) -> list[str]:
        """Names of the scenarios, in order."""
        return list(self.outcomes)

    @property
    def parameter_texts(self) -> pd.DataFrame:
        """The parameters that differ as a reader sees them, a column for each scenario."""
        return parameter_texts(self.outcomes, self.parameters)

    @property
    def indicator_texts(self) -> pd.DataFrame:
        """The indicators and their differences as a reader sees them."""
        return indicator_texts(self.outcomes, self.indicators)

    def contribution_texts(self, scenario: str, indicators: Iterable[str]) -> pd.DataFrame:
        """What each parameter adds to a difference to the first scenario, as a reader sees it.

        Args:
            scenario: Name of the other scenario.
            indicators: Names of the indicators, each a column unless it is missing in a scenario.

        Returns:
            A row for each parameter that differs, averaged over the orders.
        """
        return contribution_texts(self.outcomes, self.contributions, scenario, indicators)

    def waterfall(
        self, indicator: str = "", scenario: str = "", *, is_in_order: bool = False
    ) -> Figure:
        """Draw what each parameter contributes to the difference of a scenario to the first.

        Args:
            indicator: Name of the indicator; ``key_indicator`` if empty.
            scenario: Name of the scenario; the last if empty.
            is_in_order: Whether the parameters change one at a time in the order shown. By default
                their effects are averaged over the orders.

        Returns:
            The figure.

        Raises:
            KeyError: There is no such indicator or scenario. The message suggests one.
        """
        table = self.waterfall_table(indicator, scenario)
        name, (first_name, *others) = indicator or self.key_indicator, self.names
        last_name, column = scenario or others[-1], "in_order" if is_in_order else "average"
        first, last = (self.outcomes[end][name] for end in (first_name, last_name))
        contributions = table.frame[["label", column]].itertuples(index=False, name=None)
        return draw_waterfall(
            [(first_name, first), (last_name, last)],
            list(contributions),
            METHODS[column],
            missing_reason(first, last, table.frame[column].tolist()),
        )

    def waterfall_table(self, indicator: str = "", scenario: str = "") -> ResultTable:
        """Data of a waterfall: a row for each parameter, with both kinds of contribution.

        Args:
            indicator: Name of the indicator; ``key_indicator`` if empty.
            scenario: Name of the scenario; the last if empty.

        Returns:
            The table.

        Raises:
            KeyError: There is no such indicator or scenario. The message suggests one.
        """
        first_name, *others = self.names
        scenario = scenario or others[-1]
        if scenario not in others:
            raise KeyError(unknown_name_message("scenario to compare", scenario, others))
        declared = self.outcomes[first_name][indicator or self.key_indicator]
        is_row = (self.contributions["scenario"] == scenario) & (
            self.contributions["indicator"] == declared.name
        )
        columns = {
            "parameter": Column("Parameter", is_name=True),
            "label": Column("Parameter"),
            "in_order": Column("Changed one at a time", declared.unit),
            "average": Column("Averaged over orders", declared.unit),
        }
        return ResultTable(
            f"{declared.name}_contributions",
            f"{declared.label}: “{scenario}” compared with “{first_name}”",
            self.contributions.loc[is_row, list(columns)].reset_index(drop=True),
            columns,
        )

    def as_dict(self) -> dict[str, Any]:
        """The comparison as ``scenario compare --json`` prints it.

        ``difference`` and ``by_parameter`` (averaged over the orders) are those of the last
        scenario to the first; ``comparisons`` has them for each other scenario.
        """
        return {
            "scenarios": self.names,
            "parameters": [
                {"name": row["name"], "values": [row[name] for name in self.names]}
                for row in self.parameters.to_dict("records")
            ],
            "indicators": [
                self._indicator_as_dict(name) for name in self.indicators["name"].tolist()
            ],
            "headline": self.headline,
            "notes": list(self.notes),
        }

    def _indicator_as_dict(self, indicator: str) -> dict[str, Any]:
        first, *others = [outcome[indicator].value for outcome in self.outcomes.values()]
        comparisons = [
            {
                "scenario": scenario,
                "difference": _subtract_values(value, first),
                "by_parameter": self._contributions_by_parameter(indicator, scenario),
            }
            for scenario, value in zip(self.names[1:], others, strict=True)
        ]
        last = {name: comparisons[-1][name] for name in ("difference", "by_parameter")}
        return {
            "name": indicator,
            "values": [first, *others],
            **last,
            "comparisons": comparisons,
        }

    def _contributions_by_parameter(self, indicator: str, scenario: str) -> dict[str, float]:
        frame = self.waterfall_table(indicator, scenario).frame.dropna(subset="average")
        return dict(zip(frame["parameter"].tolist(), frame["average"].tolist(), strict=True))

    def _repr_html_(self) -> str:
        """Headline and tables, for a notebook."""
        return to_html_table(self.parameter_texts, "Parameters that differ") + to_html_table(
            self.indicator_texts, self.headline
        )


def _subtract_values(value: float | str | None, first: float | str | None) -> float | None:
    """Difference of two values of an indicator; None where one is missing or a quarter."""
    if isinstance(value, str | None) or isinstance(first, str | None):
        return None
    return float(value) - float(first)
