"""A topic: one policy question, with its scenario, tables, model and charts, held as a value."""

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from workbook.charting import Figure
from workbook.importers.opening import open_table
from workbook.outcome import Column, Outcome
from workbook.resources import folder
from workbook.scenario import Problem as Refusal
from workbook.scenario import Scenario as AnyScenario
from workbook.scenario import ScenarioError, Value, title_of
from workbook.tables import Problem, Table, TableError

Tables = Mapping[str, pd.DataFrame]
AnyChart = Figure | alt.TopLevelMixin
Chart = Callable[[Outcome], AnyChart]

REMEMBERED = 4
"""Outcomes of a needed topic that are kept, the newest first."""


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


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer that takes its time: its name, its chart, the table behind it and its columns."""

    name: str
    chart: AnyChart
    table: pd.DataFrame
    columns: Mapping[str, Column]


Answers = Callable[[Tables, Outcome], Iterator[Answer | None]]
"""Works out answers step by step, None after each step; who has something more urgent may stop."""


@dataclass(frozen=True)
class Topic:
    """One policy question.

    ``model`` is a pure function of tables and scenario; ``charts`` are pure functions of an
    Outcome, by name, each giving an Altair chart (or a finished Figure of one) with a title that
    says what it shows and a description in words. ``swing`` names the indicator whose swing under
    each assumption is shown, empty for none. ``later`` are answers of the topic's own that take
    longer than a key press, by name: a page shows them after the rest. A topic with ``needs`` has a
    model that takes the outcomes of the topics it needs as its third argument, by name. Of a topic
    that is a ``document`` a snapshot keeps the report as a text document too.
    """

    name: str
    title: str
    question: str
    Scenario: type[AnyScenario]
    model: Callable[..., Outcome]
    charts: Mapping[str, Chart] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    responses: tuple[Response, ...] = ()
    swing: str = ""
    later: Mapping[str, Answers] = field(default_factory=dict)
    needs: tuple["Need", ...] = ()
    document: bool = False

    def load(self, scenario: AnyScenario, brought: Tables | None = None) -> Tables:
        """The topic's tables, each with what the scenario's quarter may see.

        Where a parameter says which table is read (``choice_of``), that one: among those
        ``brought`` by that name, or else held, registered or at a path.
        Raises TableError for a table that is refused.
        """
        tables = {
            table.name: table.visible(
                _opened(table, self.source(table, scenario), brought or {}), scenario.quarter
            )
            for table in self.tables
        }
        for need in self._read_once():
            tables = {**need.topic.load(need.asked(scenario), brought), **tables}
        return tables

    def outcome(self, tables: Tables, scenario: AnyScenario) -> Outcome:
        """The model's outcome. Raises ScenarioError where it has nothing for what is asked."""
        if not self.needs:
            return self.model(tables, scenario)
        return self.model(tables, scenario, Outcomes(self.needs, tables, scenario))

    def sources(self, scenario: AnyScenario) -> dict[Table, str]:
        """Every table that an outcome rests on, with the name or path of what is read as it."""
        own = {table: self.source(table, scenario) for table in self.tables}
        for need in self._read_once():
            own = need.topic.sources(need.asked(scenario)) | own
        return own

    def source(self, table: Table, scenario: AnyScenario) -> str:
        """Name or path of what is read as this table; empty where nothing is brought as it."""
        for name, declared in self.Scenario.parameters().items():
            if declared.choice_of == table.name:
                return str(scenario.values()[name])
        return table.name

    def seen(self, tables: Tables, quarter: str) -> Tables:
        """Of these tables, what the topic and those that it needs may see in a quarter."""
        own = {table.name: table.visible(tables[table.name], quarter) for table in self.tables}
        for need in self.needs:
            own = {**need.topic.seen(tables, quarter), **own}
        return own

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
        return self.outcome(self.load(scenario), scenario)

    def _read_once(self) -> tuple["Need", ...]:
        """The first need of each topic: its tables serve the others, cut to their quarters."""
        return tuple({need.topic.name: need for need in reversed(self.needs)}.values())


@dataclass(frozen=True, eq=False)
class Need:
    """Another topic, on whose outcome a topic rests.

    ``passed`` says which of its parameters take the value of which of ours, ``also`` gives values
    of others for a scenario of ours; the rest are as published. ``name`` is what the model finds
    the outcome by, the topic's own if blank: a topic that is needed twice, for two quarters, is
    named so, the later quarter first.
    """

    topic: Topic
    passed: Mapping[str, str] = field(default_factory=dict)
    also: Callable[[Any], Mapping[str, Value]] = lambda _: {}
    name: str = ""
    _known: list[tuple[AnyScenario, tuple[pd.DataFrame, ...], Outcome]] = field(
        default_factory=list, repr=False
    )

    def asked(self, scenario: AnyScenario) -> AnyScenario:
        """What is asked of the other topic. Raises ScenarioError at the parameter of ours."""
        values = scenario.values()
        own = {theirs: values[ours] for theirs, ours in self.passed.items()}
        with self._in_our_words(scenario):
            return self.topic.Scenario(**{**self.also(scenario), **own})

    def outcome(self, tables: Tables, scenario: AnyScenario) -> Outcome:
        """The other topic's outcome; the last few are remembered, for whoever moves a lever.

        Raises ScenarioError at the parameter of ours that it has nothing for.
        """
        asked = self.asked(scenario)
        read = tuple(tables[table.name] for table in self.topic.tables)
        for known, frames, outcome in self._known:
            if known == asked and all(map(operator.is_, frames, read)):
                return outcome
        with self._in_our_words(scenario):
            outcome = self.topic.outcome(self.topic.seen(tables, asked.quarter), asked)
        self._known[:] = [(asked, read, outcome), *self._known[: REMEMBERED - 1]]
        return outcome

    @contextmanager
    def _in_our_words(self, scenario: AnyScenario) -> Iterator[None]:
        """Within this, what the other topic refuses is refused at the parameter of ours."""
        try:
            yield
        except ScenarioError as error:
            raise ScenarioError(self._ours(each, scenario) for each in error.problems) from error

    def _ours(self, problem: Refusal, scenario: AnyScenario) -> Refusal:
        """The refusal at the parameter passed on, or at the quarter where ours has none such."""
        ours, values = self.passed.get(problem.name, problem.name), scenario.values()
        if ours not in values:
            quarter = self.passed.get("quarter", "quarter")
            return Refusal(quarter, values[quarter], f"{self.topic.title}: {problem.message}")
        said = problem.message.replace(f"{problem.name} is", f"{ours} is", 1)
        return Refusal(ours, problem.value, said)


class Outcomes(Mapping[str, Outcome]):
    """The outcomes of the topics that a topic needs, each worked out when it is looked at."""

    def __init__(self, needs: tuple[Need, ...], tables: Tables, scenario: AnyScenario) -> None:
        self._needs = {need.name or need.topic.name: need for need in needs}
        self._asked = tables, scenario

    def __getitem__(self, name: str) -> Outcome:
        return self._needs[name].outcome(*self._asked)

    def __iter__(self) -> Iterator[str]:
        return iter(self._needs)

    def __len__(self) -> int:
        return len(self._needs)


def _opened(table: Table, source: str, brought: Tables) -> pd.DataFrame:
    """The rows of what is named; none where nothing is."""
    if source in brought:
        return brought[source]
    if not source:
        return pd.DataFrame(columns=list(table.schema.columns))
    try:
        return open_table(table, source).frame
    except TableError:
        raise
    except ValueError as error:
        raise TableError(table.name, (Problem(None, None, None, str(error)),)) from None
