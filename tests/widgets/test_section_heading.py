"""The heading of a topic's section in a report: its title, its introduction and its link."""

import pytest

from workbook import Study
from workbook.topics.registry import TOPICS
from workbook.widgets.section_heading import SectionHeadingWidget

REPORT = TOPICS["quarterly_report"]


def heading_html(name):
    return SectionHeadingWidget(TOPICS[name]).to_static_html()


def test_a_heading_has_the_title_and_the_introduction():
    assert heading_html("take_up").startswith('<div class="wb-prose"><h3>Digital take-up</h3>\n<p>')
    assert heading_html("savings") == '<div class="wb-prose"><h3>Savings</h3></div>'


def test_on_a_served_page_it_links_to_the_topics_page(monkeypatch):
    monkeypatch.setenv("VOILA_BASE_URL", "/workbook/")
    assert heading_html("savings") == (
        '<div class="wb-prose"><h3><a href="/workbook/savings">Savings</a></h3></div>'
    )


def test_a_topic_without_figures_for_the_department_has_neither_heading_nor_notes():
    study = Study(REPORT, REPORT.Scenario(department="Ministry of Justice"))
    views = {
        name: (study.section_heading(name), study.section_notes(name))
        for name in ("savings", "delivery")
    }
    assert [view.to_static_html() for view in views["savings"]] == ["", ""]
    assert all(view.to_static_html() for view in views["delivery"])
    study.scenario = study.scenario.replace(department="")
    assert all(view.to_static_html() for view in views["savings"])


def test_an_unknown_section_is_an_error():
    with pytest.raises(KeyError, match="savings"):
        Study(REPORT).section_heading("saving")
