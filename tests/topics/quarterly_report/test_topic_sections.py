"""Sections of the report: one for each topic that declares one."""

from dataclasses import replace

import pytest

from tests.snapshots.example_topic import topic as small_topic
from tests.topics.quarterly_report.four_topics import REPORTED_TOPICS
from workbook.exports.outcome_parts import part_tables
from workbook.report_section import ReportSection
from workbook.scenario import ParameterError, ScenarioError
from workbook.topics import quarterly_report
from workbook.topics.quarterly_report import build_topic
from workbook.topics.quarterly_report.topic_sections import list_sections
from workbook.topics.registry import TOPICS

SECTION = ReportSection("path", ("doubled",), introduction="Twice & more.")


def evaluate_from_2014_q2(tables, scenario):
    """Evaluate the small topic, which has no data for earlier quarters."""
    if scenario.quarter < "2014-Q2":
        error = ParameterError("quarter", scenario.quarter, "quarter is too early.")
        raise ScenarioError([error])
    return small_topic.model(tables, scenario)


new_topic = replace(small_topic, model=evaluate_from_2014_q2, report=SECTION)


@pytest.fixture(scope="module")
def report():
    """A report on the four topics and a new one."""
    return build_topic([*REPORTED_TOPICS, new_topic])


def test_the_report_covers_the_topics_of_the_registry():
    assert quarterly_report.topic is TOPICS["quarterly_report"]
    names = [name for name, topic in TOPICS.items() if topic.report]
    assert [section.name for section in quarterly_report.sections] == names
    assert list(quarterly_report.topic.run().part_outcomes) == names


def test_a_topic_without_a_section_is_left_out():
    assert list_sections([small_topic]) == ()


def test_a_new_topic_gets_a_section(report):
    outcome = report.run()
    assert outcome["small.doubled"].value == 6
    assert outcome["small.doubled"].note == "Not known in March 2014"
    assert outcome.part_outcomes["small"].headline == "3 people."
    assert outcome.part_outcomes["small"].notes[0] == "3 people."
    assert "small.doubled" in outcome.frame("compared")["name"].to_list()


def test_a_chart_whose_name_is_taken_is_named_after_its_topic(report):
    outcome = report.run()
    assert list(report.charts)[-2:] == ["small_path", "sections"]
    assert report.charts["small_path"](outcome).title == "People go"
    own_frame = new_topic.run().frame("path")
    assert outcome.frame("small_path").equals(own_frame)
    assert "small_path" not in [table.name for table in part_tables(report, outcome)]


def test_a_topic_without_data_for_the_quarter_is_noted(report):
    outcome = report.run(quarter="2014-Q1")
    assert outcome["small.doubled"].value is None
    assert outcome["small.doubled"].missing_reason.startswith("no data by March 2014")
    assert outcome["small.doubled"].label == "Twice as many"
    assert outcome.part_outcomes["small"].notes[0] == "No data by March 2014."
    assert "small_path" not in outcome.table_names
    assert "quarter is too early." in outcome.part_outcomes["small"].notes
    figure = report.charts["small_path"](outcome)
    assert figure.title == "No data by March 2014"


def test_a_quarter_without_data_of_a_required_topic_is_an_error():
    required = replace(new_topic, report=replace(SECTION, is_required=True))
    with pytest.raises(ScenarioError, match="quarter is too early"):
        build_topic([required]).run(quarter="2014-Q1")


def test_the_module_has_no_other_names():
    with pytest.raises(AttributeError, match="no attribute 'topics'"):
        _ = quarterly_report.topics
