"""The heading of a topic's section in a report: its title, its introduction and its link."""

import pytest

from workbook.topics.registry import TOPICS
from workbook.widgets.section_heading import section_heading

REPORT = TOPICS["quarterly_report"]


def test_a_heading_has_the_title_and_the_introduction():
    heading = section_heading(REPORT, "take_up").data
    assert heading.startswith('<div class="wb-prose"><h3>Digital take-up</h3>\n<p>')
    assert section_heading(REPORT, "savings").data == (
        '<div class="wb-prose"><h3>Savings</h3></div>'
    )


def test_on_a_served_page_it_links_to_the_topics_page(monkeypatch):
    monkeypatch.setenv("VOILA_BASE_URL", "/workbook/")
    assert section_heading(REPORT, "savings").data == (
        '<div class="wb-prose"><h3><a href="/workbook/savings">Savings</a></h3></div>'
    )


def test_an_unknown_section_is_an_error():
    with pytest.raises(KeyError, match="savings"):
        section_heading(REPORT, "saving")
