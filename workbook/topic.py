"""A topic: one policy question, with its scenario, tables, model and charts, held as a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import altair as alt
import pandas as pd

from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.tables import Table

Tables = Mapping[str, pd.DataFrame]
AltairChart = alt.TopLevelMixin
Chart = Callable[[Outcome], AltairChart]


@dataclass(frozen=True)
class Response:
    """A question that a topic asks of itself: how ``indicator`` answers to the parameter ``by``.

    ``low`` and ``high`` are the ends of what is shown, in the parameter's unit; ``target`` a value
    of the indicator worth marking.
    """

    indicator: str
    by: str
    low: float
    high: float
    target: float | None = None

    @property
    def name(self) -> str:
        """Name of its chart and its table."""
        return f"{self.indicator}_by_{self.by}"


@dataclass(frozen=True)
class Topic:
    """One policy question.

    ``model`` is a pure function of tables and scenario; ``charts`` are pure functions of an Outcome,
    by name, each giving an Altair chart with a title that says what it shows and a description.
    """

    name: str
    title: str
    question: str
    Scenario: type[Scenario]
    model: Callable[[Tables, Any], Outcome]
    charts: Mapping[str, Chart] = field(default_factory=lambda: MappingProxyType({}))
    tables: tuple[Table, ...] = ()
    responses: tuple[Response, ...] = ()
    swing: str = ""
    """Indicator whose swing under each assumption is shown; empty for none."""

    def load(self, quarter: str) -> Tables:
        """The topic's tables, each with what the quarter may see."""
        return {table.name: table.load(quarter) for table in self.tables}

    def run(self, scenario: Scenario | None = None, /, **values: Any) -> Outcome:  # noqa: ANN401
        """Run the model on a scenario, or on the default with these values in place of its own.

        Raises ScenarioError for values that the scenario refuses, TableError for bad tables.
        """
        scenario = (scenario or self.Scenario()).replace(**values)
        return self.model(self.load(scenario.quarter), scenario)
