"""A topic: one policy question, with its scenario, tables, model and charts, held as a value."""

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import Figure
from workbook.claims.published_report import PublishedReport
from workbook.importers.catalogue import open_table
from workbook.indicators import IndicatorDefinition
from workbook.outcome import Outcome
from workbook.report_section import ReportSection
from workbook.resources import OUR_PACKAGE, resource_folder
from workbook.result_table import ResultTable
from workbook.scenario import ParameterError as Refusal
from workbook.scenario import ParameterValue, ScenarioError, scenario_file_title
from workbook.scenario import Scenario as AnyScenario
from workbook.tables import TableError, TableIssue, TableSchema

Tables = Mapping[str, pd.DataFrame]
AnyChart = Figure | alt.TopLevelMixin
ChartFunction = Callable[[Outcome], AnyChart]

_REMEMBERED_OUTCOMES = 4
"""Outcomes of a needed topic that are kept, the newest first."""


@dataclass(frozen=True)
class SensitivityCurve:
    """Declaration of a sensitivity curve: an indicator over a span of one parameter.

    Args:
        indicator: Name of the indicator.
        parameter: Name of the parameter.
        low: Low end of the span, in the parameter's unit.
        high: High end of the span, in the parameter's unit.
        target: A value of the indicator to mark, None for none.
    """

    indicator: str
    parameter: str
    low: float
    high: float
    target: float | None = None

    @property
    def name(self) -> str:
        """Name of its chart and its table."""
        return f"{self.indicator}_by_{self.parameter}"


@dataclass(frozen=True, eq=False)
class AnalysisResult:
    """Result of an analysis that takes longer than a key press.

    Args:
        chart: The chart that shows it.
        table: The figures behind the chart; its name is that of the analysis.
    """

    chart: AnyChart
    table: ResultTable

    @property
    def name(self) -> str:
        """Name of the analysis, its chart and its table."""
        return self.table.name


DeferredAnalysis = Callable[[Tables, Outcome], Iterator[AnalysisResult | None]]
"""Works out answers step by step, None after each step; who has something more urgent may stop."""


@dataclass(frozen=True)
class Topic:
    """One policy question, with everything that answers it.

    Args:
        name: Name in commands, links and files.
        title: Title that a reader sees.
        question: The question in a sentence.
        Scenario: The class that declares the parameters.
        model: Pure function of the tables and a scenario that returns an ``Outcome``. With
            ``dependencies`` it takes their outcomes by name as its third argument.
        charts: Pure functions of an ``Outcome`` by name. Each returns an Altair chart, or a
            ``Figure`` of one, with a title that states the finding and a description in words.
        tables: The tables that the model reads.
        sensitivity_curves: Sensitivity curves to show.
        tornado: Name of the indicator that the tornado chart is of; empty for none.
        deferred: The topic's own analyses that take longer than a key press, by name.
        dependencies: Other topics whose outcomes the model needs.
        is_document: Whether a snapshot keeps the report as a text document too.
        published_reports: Publications whose figures ``workbook claims`` checks. Their tables
            belong in ``tables`` too.
        position: Where the topic stands on the home page and in lists; low numbers come first.
        package: Import name of the package whose folders ``notebooks`` and ``data`` hold the
            topic's notebook and published scenarios.
        report: The topic's section of the quarterly report; None for none.
        indicators: Definitions of the outcome's indicators, in their order.

    Raises:
        ValueError: The section shows an indicator that ``indicators`` does not declare.
    """

    name: str
    title: str
    question: str
    Scenario: type[AnyScenario]
    model: Callable[..., Outcome]
    charts: Mapping[str, ChartFunction] = field(default_factory=dict)
    tables: tuple[TableSchema, ...] = ()
    sensitivity_curves: tuple[SensitivityCurve, ...] = ()
    tornado: str = ""
    deferred: Mapping[str, DeferredAnalysis] = field(default_factory=dict)
    dependencies: tuple["Dependency", ...] = ()
    is_document: bool = False
    published_reports: tuple[PublishedReport, ...] = ()
    position: int = 100
    package: str = OUR_PACKAGE
    report: ReportSection | None = None
    indicators: tuple[IndicatorDefinition, ...] = ()

    def __post_init__(self) -> None:
        declared = {definition.name for definition in self.indicators}
        shown = self.report.indicators if self.report else ()
        if undeclared := [name for name in shown if name not in declared]:
            msg = f"the report shows {', '.join(undeclared)}, which the topic does not declare"
            raise ValueError(msg)

    @property
    def notebook_path(self) -> Path:
        """The topic's notebook, in the package that ships the topic."""
        return resource_folder("notebooks", self.package) / f"{self.name}.ipynb"

    def load_tables(self, scenario: AnyScenario, uploaded: Tables | None = None) -> Tables:
        """The topic's tables, each with what the scenario's quarter may see.

        Where a parameter says which table is read (``choice_of``), that one: among those
        ``brought`` by that name, or else held, registered or at a path.
        Raises TableError for a table that is refused.
        """
        tables = {
            table.name: table.filter_to_quarter(
                _open_source(table, self.table_source(table, scenario), uploaded or {}),
                scenario.quarter,
            )
            for table in self.tables
        }
        for dependency in self._distinct_dependencies():
            tables = {
                **dependency.topic.load_tables(dependency.derive_scenario(scenario), uploaded),
                **tables,
            }
        return tables

    def evaluate_model(self, tables: Tables, scenario: AnyScenario) -> Outcome:
        """The model's outcome. Raises ScenarioError where it has nothing for what is asked."""
        if not self.dependencies:
            return self.model(tables, scenario)
        return self.model(tables, scenario, DependencyOutcomes(self.dependencies, tables, scenario))

    def table_sources(self, scenario: AnyScenario) -> dict[TableSchema, str]:
        """Every table that an outcome rests on, with the name or path of what is read as it."""
        sources = {table: self.table_source(table, scenario) for table in self.tables}
        for dependency in self._distinct_dependencies():
            sources = dependency.topic.table_sources(dependency.derive_scenario(scenario)) | sources
        return sources

    def table_source(self, table: TableSchema, scenario: AnyScenario) -> str:
        """Name or path of what is read as this table; empty where nothing is brought as it."""
        for name, parameter in self.Scenario.parameters().items():
            if parameter.choice_of == table.name:
                return str(scenario.values()[name])
        return table.name

    def tables_as_of(self, tables: Tables, quarter: str) -> Tables:
        """Of these tables, what the topic and those that it needs may see in a quarter."""
        visible_tables = {
            table.name: table.filter_to_quarter(tables[table.name], quarter)
            for table in self.tables
        }
        for dependency in self.dependencies:
            visible_tables = {**dependency.topic.tables_as_of(tables, quarter), **visible_tables}
        return visible_tables

    def published_scenarios(self) -> dict[str, AnyScenario]:
        """The scenarios published beside the default, each by its title."""
        paths = sorted(
            (resource_folder("data", self.package) / "scenarios" / self.name).glob("*.toml")
        )
        scenarios = {scenario_file_title(path): self.Scenario.from_file(path) for path in paths}
        return {
            title: scenario for title, scenario in scenarios.items() if scenario != self.Scenario()
        }

    def run(self, scenario: AnyScenario | None = None, /, **values: Any) -> Outcome:  # noqa: ANN401
        """Run the model on a scenario, or on the default with these values in place of its own.

        Raises ScenarioError for values that the scenario refuses, TableError for bad tables.
        """
        scenario = (scenario or self.Scenario()).replace(**values)
        return self.evaluate_model(self.load_tables(scenario), scenario)

    def _distinct_dependencies(self) -> tuple["Dependency", ...]:
        """The first need of each topic: its tables serve the others, cut to their quarters."""
        return tuple(
            {
                dependency.topic.name: dependency for dependency in reversed(self.dependencies)
            }.values()
        )


@dataclass(frozen=True, eq=False)
class Dependency:
    """Another topic, on whose outcome a topic rests.

    ``passed`` says which of its parameters take the value of which of ours, ``also`` gives values
    of others for a scenario of ours; the rest are as published. ``name`` is what the model finds
    the outcome by, the topic's own if blank: a topic that is needed twice, for two quarters, is
    named so, the later quarter first.
    """

    topic: Topic
    parameter_map: Mapping[str, str] = field(default_factory=dict)
    overrides: Callable[[Any], Mapping[str, ParameterValue]] = lambda _: {}
    name: str = ""
    _recent_outcomes: list[tuple[AnyScenario, tuple[pd.DataFrame, ...], Outcome]] = field(
        default_factory=list, repr=False
    )

    def derive_scenario(self, scenario: AnyScenario) -> AnyScenario:
        """What is asked of the other topic. Raises ScenarioError at the parameter of ours."""
        values = scenario.values()
        mapped_values = {
            their_parameter: values[our_parameter]
            for their_parameter, our_parameter in self.parameter_map.items()
        }
        with self._translate_errors(scenario):
            return self.topic.Scenario(**{**self.overrides(scenario), **mapped_values})

    def compute_outcome(self, tables: Tables, scenario: AnyScenario) -> Outcome:
        """The other topic's outcome; the last few are remembered, for whoever moves a lever.

        Raises ScenarioError at the parameter of ours that it has nothing for.
        """
        derived_scenario = self.derive_scenario(scenario)
        current_frames = tuple(tables[table.name] for table in self.topic.tables)
        for recent_scenario, recent_frames, outcome in self._recent_outcomes:
            if recent_scenario == derived_scenario and all(
                map(operator.is_, recent_frames, current_frames)
            ):
                return outcome
        with self._translate_errors(scenario):
            outcome = self.topic.evaluate_model(
                self.topic.tables_as_of(tables, derived_scenario.quarter), derived_scenario
            )
        self._recent_outcomes[:] = [
            (derived_scenario, current_frames, outcome),
            *self._recent_outcomes[: _REMEMBERED_OUTCOMES - 1],
        ]
        return outcome

    @contextmanager
    def _translate_errors(self, scenario: AnyScenario) -> Iterator[None]:
        """Within this, what the other topic refuses is refused at the parameter of ours."""
        try:
            yield
        except ScenarioError as error:
            raise ScenarioError(
                self._translate_error(parameter_error, scenario)
                for parameter_error in error.problems
            ) from error

    def _translate_error(self, parameter_error: Refusal, scenario: AnyScenario) -> Refusal:
        """The refusal at the parameter passed on, or at the quarter where ours has none such."""
        our_parameter, values = (
            self.parameter_map.get(parameter_error.name, parameter_error.name),
            scenario.values(),
        )
        if our_parameter not in values:
            quarter = self.parameter_map.get("quarter", "quarter")
            return Refusal(
                quarter, values[quarter], f"{self.topic.title}: {parameter_error.message}"
            )
        message = parameter_error.message.replace(
            f"{parameter_error.name} is", f"{our_parameter} is", 1
        )
        return Refusal(our_parameter, parameter_error.value, message)


class DependencyOutcomes(Mapping[str, Outcome]):
    """The outcomes of the topics that a topic needs, each worked out when it is looked at."""

    def __init__(
        self, dependencies: tuple[Dependency, ...], tables: Tables, scenario: AnyScenario
    ) -> None:
        self._dependencies = {
            dependency.name or dependency.topic.name: dependency for dependency in dependencies
        }
        self._model_inputs = tables, scenario

    def __getitem__(self, name: str) -> Outcome:
        return self._dependencies[name].compute_outcome(*self._model_inputs)

    def __iter__(self) -> Iterator[str]:
        return iter(self._dependencies)

    def __len__(self) -> int:
        return len(self._dependencies)


def _open_source(table: TableSchema, source: str, uploaded: Tables) -> pd.DataFrame:
    """The rows of what is named; none where nothing is."""
    if source in uploaded:
        return uploaded[source]
    if not source:
        return pd.DataFrame(columns=list(table.schema.columns))
    try:
        return open_table(table, source).frame
    except TableError:
        raise
    except ValueError as error:
        raise TableError(table.name, (TableIssue(None, None, None, str(error)),)) from None
