"""Topics: a policy question with its scenario, tables, model and charts."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import Figure
from workbook.claims.published_report import PublishedReport
from workbook.department_figures import outcome_without_figures
from workbook.dependencies import Dependency, DependencyOutcomes
from workbook.first_screen import MAX_KEY_INDICATORS, MAX_LEVERS, FirstScreen
from workbook.importers.catalogue import open_table
from workbook.importers.data_frames import read_data_frame
from workbook.indicators import IndicatorDefinition
from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.report_section import ReportSection
from workbook.resources import OUR_PACKAGE, resource_folder
from workbook.result_table import ResultTable
from workbook.scenario import (
    DEPARTMENT_PARAMETER,
    NamedScenarios,
    NoDepartmentFiguresError,
    ScenarioError,
    ScenarioStore,
    names_parameters,
    scenario_folders,
    unknown_department_errors,
)
from workbook.scenario import Scenario as AnyScenario
from workbook.tables import TableError, TableIssue, TableSchema
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names

Tables = Mapping[str, pd.DataFrame]
AnyChart = Figure | alt.TopLevelMixin
ChartFunction = Callable[[Outcome], AnyChart | None]
BulkModel = Callable[[Tables, Sequence[Any]], Mapping[str, FloatArray]]
"""From tables and scenarios to the value of each indicator in each, NaN where missing."""


@dataclass(frozen=True)
class SensitivityCurve:
    """Declaration of a sensitivity curve: an indicator over a range of one parameter.

    Args:
        indicator: Name of the indicator.
        parameter: Name of the parameter.
        low: Low end of the range, in the parameter's unit.
        high: High end of the range, in the parameter's unit.
        target: Value of the indicator to mark, None for none.
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
    """Result of a deferred analysis.

    Args:
        chart: Chart of the result; None for a table alone.
        table: Data of the chart. Its name is that of the analysis.
    """

    chart: AnyChart | None
    table: ResultTable

    @property
    def name(self) -> str:
        """Name of the analysis, its chart and its table."""
        return self.table.name


DeferredAnalysis = Callable[[Tables, Outcome], Iterator[AnalysisResult | None]]
"""Calculates results step by step and yields None after each step, where the caller may stop."""


@dataclass(frozen=True)
class Topic:
    """A policy question with its scenario, tables, model and charts.

    Args:
        name: Name in commands, links and files.
        title: Title that a reader sees.
        question: The question in a sentence.
        Scenario: The class that declares the parameters.
        model: Pure function of the tables and a scenario that returns an ``Outcome``. With
            ``dependencies`` it takes their outcomes by name as its third argument.
        charts: Pure functions of an ``Outcome`` by name. Each returns an Altair chart, or a
            ``Figure``, with a title that states the finding and a text description; None where
            the scenario leaves out what it would show.
        trend: Small chart of the key figure over time, for the home page; None for none.
        tables: The tables that the model reads.
        sensitivity_curves: Sensitivity curves to show.
        tornado: Name of the indicator that the tornado chart is of; empty for none.
        deferred: The topic's own analyses that run after the page is updated, by name.
        dependencies: Other topics whose outcomes the model needs.
        is_document: Whether a snapshot keeps the report as a text document too.
        published_reports: Publications whose figures ``workbook claims`` checks. Their tables
            belong in ``tables`` too.
        position: Order on the home page and in lists; low numbers come first.
        package: Import name of the package whose folders ``notebooks`` and ``data`` hold the
            topic's notebook and published scenarios.
        report: The topic's section of the quarterly report, None for none.
        indicators: Definitions of the outcome's indicators, in their order.
        first_screen: What the page shows first.
        evaluate_many: Pure function that gives the same values as the model for many scenarios at
            once, without simulations; None for none. Their texts, such as the quarter, are the
            same, and so are their tables. It leaves out the indicators that need simulations, and
            raises the model's ``ScenarioError`` if the tables have no data.

    Raises:
        ValueError: The tornado chart, a sensitivity curve, the section or the first screen names
            an indicator, a parameter or a chart that the topic does not declare. A topic without
            ``indicators`` may name any in its tornado chart and its sensitivity curves.
    """

    name: str
    title: str
    question: str
    Scenario: type[AnyScenario]
    model: Callable[..., Outcome]
    charts: Mapping[str, ChartFunction] = field(default_factory=dict)
    trend: Callable[[Outcome], AnyChart] | None = None
    tables: tuple[TableSchema, ...] = ()
    sensitivity_curves: tuple[SensitivityCurve, ...] = ()
    tornado: str = ""
    deferred: Mapping[str, DeferredAnalysis] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()
    is_document: bool = False
    published_reports: tuple[PublishedReport, ...] = ()
    position: int = 100
    package: str = OUR_PACKAGE
    report: ReportSection | None = None
    indicators: tuple[IndicatorDefinition, ...] = ()
    first_screen: FirstScreen = field(default_factory=FirstScreen)
    evaluate_many: BulkModel | None = None

    def __repr__(self) -> str:
        return f"<Topic {self.name}: {self.question}>"

    def __post_init__(self) -> None:
        indicators = [definition.name for definition in self.indicators]
        parameters = self.Scenario.parameters()
        for curve in self.sensitivity_curves:
            _check_name("sensitivity_curves", "parameter", curve.parameter, parameters)
            if indicators:
                _check_name("sensitivity_curves", "indicator", curve.indicator, indicators)
        if self.tornado and indicators:
            _check_name("tornado", "indicator", self.tornado, indicators)
        for name in self.first_screen.indicators:
            _check_name("first_screen", "indicator", name, indicators)
        for name in self.first_screen.levers:
            _check_name("first_screen", "parameter", name, parameters)
        if self.first_screen.chart:
            _check_name("first_screen", "chart", self.first_screen.chart, self.charts)
        if self.report:
            _check_name("report", "chart", self.report.chart, self.charts)
            for name in (*self.report.indicators, *self.report.unjudged_indicators):
                _check_name("report", "indicator", name, indicators)
            if self.report.like_for_like:
                _check_name("report", "parameter", self.report.like_for_like.parameter, parameters)

    @property
    def key_chart(self) -> str:
        """Name of the chart on the first screen; empty for a topic without charts."""
        return self.first_screen.chart or next(iter(self.charts), "")

    @property
    def key_indicators(self) -> tuple[str, ...]:
        """Names of the indicators on the first screen; empty if the topic defines none."""
        defined = tuple(definition.name for definition in self.indicators)
        return self.first_screen.indicators or defined[:MAX_KEY_INDICATORS]

    @property
    def levers(self) -> tuple[str, ...]:
        """Names of the parameters that the form shows open."""
        common = AnyScenario.parameters()
        topical = tuple(name for name in self.Scenario.parameters() if name not in common)
        return self.first_screen.levers or topical[:MAX_LEVERS]

    @property
    def has_department_figures(self) -> bool:
        """Whether the topic declares what its departments select, and so has figures for some."""
        declared, common = self.Scenario.parameters(), AnyScenario.parameters()
        return declared[DEPARTMENT_PARAMETER] != common[DEPARTMENT_PARAMETER]

    @property
    def notebook_path(self) -> Path:
        """Path of the topic's notebook, in the package that ships the topic."""
        return resource_folder("notebooks", self.package) / f"{self.name}.ipynb"

    def load_tables(self, scenario: AnyScenario, uploaded: Tables | None = None) -> Tables:
        """Load the topic's tables, as known at the end of the scenario's quarter.

        Args:
            scenario: The scenario. A parameter with ``choice_of`` chooses the table to read.
            uploaded: Tables uploaded in this visit, by name. They come before bundled and
                registered ones.

        Returns:
            Data frames by table name, those of the dependencies included.

        Raises:
            TableError: A table has errors.
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
        """Run the model on tables that are already loaded.

        Args:
            tables: Data frames from ``load_tables``.
            scenario: The scenario.

        Returns:
            The outcome. It has no figures where the topic has none for the scenario's departments.

        Raises:
            ScenarioError: The tables have no data for the scenario, or no topic knows a department.
        """
        try:
            self.check_departments(scenario)
            return self._run_model(tables, scenario)
        except NoDepartmentFiguresError:
            return outcome_without_figures(self.title, self.indicators, scenario)

    def check_departments(self, scenario: AnyScenario) -> None:
        """Check that the topic may have figures for a scenario's departments.

        Args:
            scenario: The scenario.

        Raises:
            NoDepartmentFiguresError: The topic has no figures by department.
            ScenarioError: No topic knows a department.
        """
        if not scenario.department or self.has_department_figures:
            return
        if errors := tuple(unknown_department_errors(scenario.department)):
            raise ScenarioError(errors)
        raise NoDepartmentFiguresError(scenario.department)

    def _run_model(self, tables: Tables, scenario: AnyScenario) -> Outcome:
        if not self.dependencies:
            return self.model(tables, scenario)
        return self.model(tables, scenario, DependencyOutcomes(self.dependencies, tables, scenario))

    def draw_charts(self, outcome: Outcome) -> dict[str, AnyChart]:
        """Draw the charts of an outcome.

        Args:
            outcome: An outcome of the topic.

        Returns:
            The charts by name, without those that the scenario leaves out; none for an outcome
            without figures.
        """
        drawn = {name: self.draw_chart(name, outcome) for name in self.charts}
        return {name: chart for name, chart in drawn.items() if chart is not None}

    def draw_chart(self, name: str, outcome: Outcome) -> AnyChart | None:
        """Draw one chart of an outcome; None where the scenario leaves it out."""
        return None if outcome.no_figures_reason else self.charts[name](outcome)

    def table_sources(self, scenario: AnyScenario) -> dict[TableSchema, str]:
        """Tables that an outcome is based on, each with the name or path that is read for it."""
        sources = {table: self.table_source(table, scenario) for table in self.tables}
        for dependency in self._distinct_dependencies():
            sources = dependency.topic.table_sources(dependency.derive_scenario(scenario)) | sources
        return sources

    def table_source(self, table: TableSchema, scenario: AnyScenario) -> str:
        """Name or path that is read for a table; empty if the scenario chooses none."""
        for name, parameter in self.Scenario.parameters().items():
            if parameter.choice_of == table.name:
                return str(scenario.values()[name])
        return table.name

    def tables_as_of(self, tables: Tables, quarter: str) -> Tables:
        """Filter tables of the topic and its dependencies to what was known in a quarter."""
        visible_tables = {
            table.name: table.filter_to_quarter(tables[table.name], quarter)
            for table in self.tables
        }
        for dependency in self.dependencies:
            visible_tables = {**dependency.topic.tables_as_of(tables, quarter), **visible_tables}
        return visible_tables

    @property
    def scenarios(self) -> NamedScenarios[AnyScenario]:
        """The topic's named scenarios by name: the bundled ones and the team's."""
        return self.named_scenarios()

    def named_scenarios(self, folder: Path | None = None) -> NamedScenarios[AnyScenario]:
        """Read the topic's named scenarios.

        Args:
            folder: The team's folder; by default that in ``WORKBOOK_SCENARIOS``, if any.

        Returns:
            The bundled ones and the team's, by name. A scenario of the team takes the place of a
            bundled one of the same name.
        """
        return NamedScenarios(self.name, self._scenario_stores(folder))

    def scenario_store(self, folder: Path | None = None) -> ScenarioStore[AnyScenario]:
        """Folder in which the topic's scenarios are saved.

        Args:
            folder: The folder; by default that in ``WORKBOOK_SCENARIOS``, else the bundled one.

        Returns:
            The store.
        """
        return self._scenario_stores(folder)[-1]

    @property
    def scenario_folders(self) -> tuple[Path, ...]:
        """Folders of the topic's named scenarios. Those of the last are written."""
        return tuple(store.folder for store in self._scenario_stores(None))

    @names_parameters(lambda topic: topic.Scenario)
    def run(self, scenario: AnyScenario | None = None, /, **values: Any) -> Outcome:  # noqa: ANN401
        """Load the tables and run the model.

        Args:
            scenario: The scenario; the default by default.
            **values: Parameters to change, by name. One that chooses a table may be a DataFrame
                with that table's columns.

        Returns:
            The outcome.

        Raises:
            ScenarioError: A value is invalid, or the tables have no data for the scenario.
            TableError: A table has errors.

        Example:
            >>> from workbook.topics.digital_inclusion import topic
            >>> topic.run(programme_starts=800_000, draws=100)["people_excluded"].value
            4184000.0
        """
        frames = dict(self._read_frames(values))
        names = {parameter: name for parameter, (name, _) in frames.items()}
        scenario = (scenario or self.Scenario()).replace(**{**values, **names})
        tables = self.load_tables(scenario, dict(frames.values()))
        return self.evaluate_model(tables, scenario)

    def _read_frames(
        self, values: Mapping[str, Any]
    ) -> Iterator[tuple[str, tuple[str, pd.DataFrame]]]:
        """Read the data frames among values: by parameter, the name and the rows of each."""
        tables = {table.name: table for table in self.table_sources(self.Scenario())}
        parameters = self.Scenario.parameters()
        for name, value in values.items():
            choice = parameters[name].choice_of if name in parameters else ""
            if isinstance(value, pd.DataFrame) and choice in tables:
                yield name, read_data_frame(tables[choice], value)

    def _scenario_stores(self, folder: Path | None) -> list[ScenarioStore[AnyScenario]]:
        return [
            ScenarioStore(root, self.name, self.Scenario)
            for root in scenario_folders(self.package, folder)
        ]

    def _distinct_dependencies(self) -> tuple[Dependency, ...]:
        """First dependency on each topic. The others use its tables, filtered to their quarters."""
        return tuple(
            {
                dependency.topic.name: dependency for dependency in reversed(self.dependencies)
            }.values()
        )


def _check_name(attribute: str, kind: str, name: str, known: Collection[str]) -> None:
    """Check a name that a topic's attribute refers to."""
    if name not in known:
        msg = (
            f"{attribute} has the unknown {kind} {quote_value(name)}. {suggest_names(name, known)}"
        )
        raise ValueError(msg)


def _open_source(table: TableSchema, source: str, uploaded: Tables) -> pd.DataFrame:
    """Rows of a named or uploaded table; an empty frame where no table is chosen."""
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
