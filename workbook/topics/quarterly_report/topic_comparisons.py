"""The topics of the report: their outcomes for the quarter and for the one compared with."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from workbook.indicators import build_indicators
from workbook.outcome import Outcome
from workbook.report_section import ReportSection
from workbook.scenario import ScenarioError
from workbook.text.grammar import capitalise_first
from workbook.topics.quarterly_report.topic_sections import TopicSection

PREVIOUS_OUTCOME_NAME = "{}.before"
"""Name of the dependency that gives a topic's outcome of the quarter compared with."""

LIKE_FOR_LIKE_OUTCOME_NAME = "{}.since"
"""Name of the dependency that gives the outcome that compares both quarters like for like."""


class TopicComparison(NamedTuple):
    """A topic's outcome, and the one of the quarter compared with: None where it has nothing.

    ``comparable`` says whether the figures of two quarters are of the same; where they are not,
    ``like_for_like`` is the outcome that compares the two quarters.
    """

    name: str
    title: str
    section: ReportSection
    current: Outcome
    previous: Outcome | None
    like_for_like: Outcome | None
    comparable: bool

    @property
    def incomparable_text(self) -> str:
        """Text in place of a difference between values that are not comparable."""
        return self.section.like_for_like.difference_text if self.section.like_for_like else ""


def compare_topics(
    outcomes: Mapping[str, Outcome], sections: Iterable[TopicSection], quarter: str
) -> tuple[TopicComparison, ...]:
    """Pair each topic's outcome with that of the quarter compared with.

    Args:
        outcomes: The topics' outcomes by the names of the report's dependencies.
        sections: The report's sections.
        quarter: The quarter reported on.

    Returns:
        A comparison for each section, in order.

    Raises:
        ScenarioError: A topic that is required knows nothing of the quarter.
    """
    return tuple(_compare_topic(section, outcomes, quarter) for section in sections)


def _compare_topic(
    section: TopicSection, outcomes: Mapping[str, Outcome], quarter: str
) -> TopicComparison:
    try:
        current = outcomes[section.name]
    except ScenarioError as error:
        if section.declared.is_required:
            raise
        current = _unknown_outcome(section, quarter, error)
    comparable = section.declared.like_for_like is None
    return TopicComparison(
        section.name,
        section.topic.title,
        section.declared,
        current,
        _outcome_or_none(outcomes, PREVIOUS_OUTCOME_NAME.format(section.name)),
        None
        if comparable
        else _outcome_or_none(outcomes, LIKE_FOR_LIKE_OUTCOME_NAME.format(section.name)),
        comparable,
    )


def _unknown_outcome(section: TopicSection, quarter: str, error: ScenarioError) -> Outcome:
    """An outcome without values, for a topic without data for the quarter."""
    reason = f"no data for {quarter}"
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
        return outcomes[name]
    except ScenarioError:
        return None
