"""Quarterly report: each topic's results, what has changed, and the checked published figures.

``topic`` and ``sections`` are built from the topics in the registry when they are first needed.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from workbook.dependencies import Dependency
from workbook.first_screen import FirstScreen
from workbook.scenario import DEPARTMENT_PARAMETER, ParameterValue
from workbook.topic import ChartFunction, Topic
from workbook.topics.quarterly_report import charts, model
from workbook.topics.quarterly_report.claims import PUBLISHED_REPORTS
from workbook.topics.quarterly_report.indicators import (
    REPORT_INDICATORS,
    key_indicator_definitions,
)
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.topic_comparisons import (
    LIKE_FOR_LIKE_OUTCOME_NAME,
    PREVIOUS_OUTCOME_NAME,
)
from workbook.topics.quarterly_report.topic_sections import TopicSection, list_sections

_NAME = "quarterly_report"


def build_topic(topics: Sequence[Topic]) -> Topic:
    """Build the report on these topics.

    Args:
        topics: The topics of the registry. Those that declare no section are left out.

    Returns:
        The quarterly report, itself a topic.
    """
    sections = list_sections(topics)
    return Topic(
        name=_NAME,
        title="Quarterly report",
        question="What has changed this quarter, and can the published figures be reproduced?",
        Scenario=QuarterlyReport,
        tables=tuple(table for report in PUBLISHED_REPORTS for table in report.tables),
        published_reports=PUBLISHED_REPORTS,
        model=partial(model.evaluate_quarterly_report, sections=sections),
        charts={
            "findings": _without_departments(charts.draw_findings),
            **{section.chart: _section_chart(section) for section in sections},
            "sections": _without_departments(charts.draw_verdicts_by_section),
        },
        dependencies=tuple(_list_dependencies(sections)),
        indicators=(*REPORT_INDICATORS, *key_indicator_definitions(sections)),
        is_document=True,
        first_screen=FirstScreen(
            chart="findings",
            indicators=(
                "claims_confirmed",
                "claims_consistent",
                "claims_contradicted",
                "claims_unsettled",
            ),
            levers=("quarter", "previous_quarter", "department"),
        ),
        position=1000,
    )


def _list_dependencies(sections: Sequence[TopicSection]) -> Iterator[Dependency]:
    """Dependencies on each topic: for the quarter, for the earlier one, and like for like."""
    department = {DEPARTMENT_PARAMETER: DEPARTMENT_PARAMETER}
    quarter = {"quarter": "quarter", **department}
    for section in sections:
        yield Dependency(section.topic, quarter | _map_tables(section.topic))
    for section in sections:
        name = PREVIOUS_OUTCOME_NAME.format(section.name)
        overrides = partial(_compared_quarter_override, parameter="quarter")
        yield Dependency(section.topic, department | _map_tables(section.topic), overrides, name)
    for section in sections:
        if like_for_like := section.declared.like_for_like:
            name = LIKE_FOR_LIKE_OUTCOME_NAME.format(section.name)
            overrides = partial(_compared_quarter_override, parameter=like_for_like.parameter)
            yield Dependency(section.topic, quarter | _map_tables(section.topic), overrides, name)


def _map_tables(topic: Topic) -> dict[str, str]:
    """Parameters of a topic that choose a table, with the report's own for the same table."""
    report_parameters = {
        parameter.choice_of: name
        for name, parameter in QuarterlyReport.parameters().items()
        if parameter.choice_of
    }
    return {
        name: report_parameters[parameter.choice_of]
        for name, parameter in topic.Scenario.parameters().items()
        if parameter.choice_of in report_parameters
    }


def _compared_quarter_override(
    scenario: QuarterlyReport, parameter: str
) -> Mapping[str, ParameterValue]:
    return {parameter: scenario.compared_quarter}


def _without_departments(draw: ChartFunction) -> ChartFunction:
    """Draw a chart of the published figures, which are not checked by department."""
    return lambda outcome: (
        None if outcome.scenario_of(QuarterlyReport).department else draw(outcome)
    )


def _section_chart(section: TopicSection) -> ChartFunction:
    """Draw a topic's chart from its part of the report's outcome."""
    draw = section.topic.charts[section.declared.chart]
    return lambda outcome: charts.draw_topic_chart(draw, outcome.part_outcomes[section.name])


def __getattr__(name: str) -> object:
    if name not in {"sections", "topic"}:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from workbook.topics.registry import TOPICS  # noqa: PLC0415  the registry builds the report

    return TOPICS[_NAME] if name == "topic" else list_sections(TOPICS.values())
