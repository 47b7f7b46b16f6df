"""A topic: one policy question, with its scenario, tables, model and charts, held as a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from workbook.charting import Figure
from workbook.outcome import Outcome
from workbook.resources import folder
from workbook.scenario import Scenario as AnyScenario
from workbook.scenario import title_of
from workbook.tables import Table

Tables = Mapping[str, pd.DataFrame]
AnyChart = Figure | alt.TopLevelMixin
Chart = Callable[[Outcome], AnyChart]


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

    ``model`` is a pure function of tables and scenario; ``charts`` are pure functions of an
    Outcome, by name, each giving an Altair chart (or a finished Figure of one) with a title that
    says what it shows and a description in words. ``swing`` names the indicator whose swing under
    each assumption is shown, empty for none.
    """

    name: str
    title: str
    question: str
    Scenario: type[AnyScenario]
    model: Callable[[Tables, Any], Outcome]
    charts: Mapping[str, Chart] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    responses: tuple[Response, ...] = ()
    swing: str = ""

    def load(self, quarter: str) -> Tables:
        """The topic's tables, each with what the quarter may see."""
        return {table.name: table.load(quarter) for table in self.tables}

    def published(self) -> dict[str, AnyScenario]:
        """The scenarios published beside the default, each by its title."""
        files = sorted((folder("data") / "scenarios" / self.name).glob("*.toml"))
        read = {title_of(path): self.Scenario.from_file(path) for path in files}
        return {title: scenario for title, scenario in read.items() if scenario != self.Scenario()}

    def run(self, scenario: AnyScenario | None = None, /, **values: Any) -> Outcome:  # noqa: ANN401
        """Run the model on a scenario, or on the default with these values in place of its own.

        Raises ScenarioError for values that the scenario refuses, TableError for bad tables.
        """
        scenario = (scenario or self.Scenario()).replace(**values)
        return self.model(self.load(scenario.quarter), scenario)
