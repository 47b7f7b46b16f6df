"""The topics of the report: their outcomes for the quarter and for the one compared with."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from workbook.department_figures import outcome_without_figures
from workbook.indicators import build_indicators
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter, period_end
from workbook.report_section import ReportSection
from workbook.scenario import (
    DEPARTMENT_PARAMETER,
    NoDepartmentFiguresError,
    ScenarioError,
    unknown_department_errors,
)
from workbook.tables import TableSchema
from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first
from workbook.topic import Tables, Topic
from workbook.topics.quarterly_report.change_kinds import DataPeriods
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.topic_sections import TopicSection

PREVIOUS_OUTCOME_NAME = "{}.before"
"""Name of the dependency that gives a topic's outcome of the quarter compared with."""

LIKE_FOR_LIKE_OUTCOME_NAME = "{}.since"
"""Name of the dependency that gives the outcome that compares both quarters like for like."""


class TopicComparison(NamedTuple):
    """A topic's outcome, and the one of the quarter compared with: None where it has nothing.

    ``like_for_like`` is the outcome that compares the two quarters where their figures may cover
    different things. ``newest_periods`` are those of the topic's tables as known in both quarters,
    with the tables of the topics that it depends on; ``own_newest_periods`` are without those.
    """

    name: str
    title: str
    section: ReportSection
    current: Outcome
    previous: Outcome | None
    like_for_like: Outcome | None
    newest_periods: DataPeriods
    own_newest_periods: DataPeriods

    @property
    def has_figures(self) -> bool:
        """Whether the topic has figures for the report's departments."""
        return not self.current.no_figures_reason

    def has_other_list(self, indicator: str) -> bool:
        """Whether an indicator covers other services or commitments than in the earlier quarter."""
        if self.previous is None:
            return False
        members = self.section.covered.members
        return set(members(self.previous, indicator)) != set(members(self.current, indicator))

    def describe_other_list(self, indicator: str) -> str:
        """What an indicator covers that it did not cover in the earlier quarter, in words."""
        if self.previous is None:
            return ""
        return self.section.covered.describe_difference(self.previous, self.current, indicator)

    def describe_other_value(self, indicator: str) -> str:
        """The earlier value of another list, in words; empty where the topic does not word it."""
        if self.previous is None:
            return ""
        return capitalise_first(self.section.covered.describe_previous(self.previous, indicator))


def compare_topics(
    outcomes: Mapping[str, Outcome],
    sections: Sequence[TopicSection],
    tables: Tables,
    scenario: QuarterlyReport,
) -> tuple[TopicComparison, ...]:
    """Pair each topic's outcome with that of the quarter compared with.

    Args:
        outcomes: The topics' outcomes by the names of the report's dependencies.
        sections: The report's sections.
        tables: The topics' tables as known in the quarter reported on.
        scenario: The quarter reported on, and the one compared with.

    Returns:
        A comparison for each section, in order.

    Raises:
        ScenarioError: A topic that is required knows nothing of the quarter, or no topic has
            figures for the departments.
    """
    current = {section.name: _find_outcome(section, outcomes, scenario) for section in sections}
    _check_departments(current.values(), scenario)
    return tuple(
        _compare_topic(section, current[section.name], outcomes, tables, scenario)
        for section in sections
    )


def _find_outcome(
    section: TopicSection, outcomes: Mapping[str, Outcome], scenario: QuarterlyReport
) -> Outcome:
    """A topic's outcome; one without figures if it does not know the quarter or a department."""
    try:
        return outcomes[section.name]
    except ScenarioError as error:
        if {problem.name for problem in error.problems} == {DEPARTMENT_PARAMETER}:
            topic_scenario = section.topic.Scenario(
                quarter=scenario.quarter, department=scenario.department
            )
            unknown = outcome_without_figures(
                section.topic.title, section.definitions, topic_scenario
            )
            return replace(unknown, notes=tuple(problem.message for problem in error.problems))
        if section.declared.is_required:
            raise
        return _unknown_outcome(section, scenario.quarter, error)


def _check_departments(outcomes: Collection[Outcome], scenario: QuarterlyReport) -> None:
    """Raise ScenarioError if no topic has figures for the scenario's departments."""
    if not outcomes or not all(outcome.no_figures_reason for outcome in outcomes):
        return
    if errors := tuple(unknown_department_errors(scenario.department)):
        raise ScenarioError(errors)
    raise NoDepartmentFiguresError(scenario.department)


def _compare_topic(
    section: TopicSection,
    current: Outcome,
    outcomes: Mapping[str, Outcome],
    tables: Tables,
    scenario: QuarterlyReport,
) -> TopicComparison:
    return TopicComparison(
        section.name,
        section.topic.title,
        section.declared,
        current,
        _outcome_or_none(outcomes, PREVIOUS_OUTCOME_NAME.format(section.name)),
        _outcome_or_none(outcomes, LIKE_FOR_LIKE_OUTCOME_NAME.format(section.name))
        if section.declared.like_for_like
        else None,
        _newest_periods(_list_tables(section.topic), tables, scenario),
        _newest_periods(section.topic.tables, tables, scenario),
    )


def _newest_periods(
    schemas: Iterable[TableSchema], tables: Tables, scenario: QuarterlyReport
) -> DataPeriods:
    """Newest period of some tables as known in both quarters; empty if none has a period."""
    ends = {
        str(period): period_end(str(period))
        for table in schemas
        if table.period
        for period in tables[table.name][table.period].unique()
    }
    quarters = scenario.compared_quarter, scenario.quarter
    return DataPeriods(*(_newest_by(last_day_of_quarter(quarter), ends) for quarter in quarters))


def _newest_by(day: date, ends: Mapping[str, date]) -> str:
    """The newest period that had ended by a day; empty if none had."""
    known = (period for period, end in ends.items() if end <= day)
    return max(known, key=ends.__getitem__, default="")


def _list_tables(topic: Topic) -> Iterator[TableSchema]:
    """The tables of a topic and of the topics that it depends on."""
    yield from topic.tables
    for dependency in topic.dependencies:
        yield from _list_tables(dependency.topic)


def _unknown_outcome(section: TopicSection, quarter: str, error: ScenarioError) -> Outcome:
    """An outcome without values, for a topic without data for the quarter."""
    reason = f"no data by {format_month(last_day_of_quarter(quarter))}"
    return Outcome(
        scenario=section.topic.Scenario(quarter=quarter),
        headline=f"{capitalise_first(reason)}.",
        indicators=build_indicators(
            [definition.for_any_scenario() for definition in section.definitions],
            dict.fromkeys(section.declared.indicators),
            missing_reasons=dict.fromkeys(section.declared.indicators, reason),
        ),
        notes=tuple(parameter_error.message for parameter_error in error.problems),
    )


def _outcome_or_none(outcomes: Mapping[str, Outcome], name: str) -> Outcome | None:
    try:
        outcome = outcomes[name]
    except ScenarioError:
        return None
    return None if outcome.no_figures_reason else outcome
