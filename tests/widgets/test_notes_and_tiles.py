"""Notes, tiles and further figures: what is shown at first, and that nothing is lost."""

import re

import pytest
from bs4 import BeautifulSoup

from workbook import Study
from workbook.exports.print_html import to_print_html
from workbook.topics.savings import topic
from workbook.widgets.notes import NotesWidget


@pytest.fixture(scope="module")
def study() -> Study:
    return Study(topic)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 10])
def test_three_notes_are_shown_and_the_others_are_in_a_disclosure(count: int) -> None:
    widget = NotesWidget()
    widget.notes = [f"Note {number}." for number in range(count)]
    page = BeautifulSoup(widget.to_static_html(), "html.parser")
    assert [item.get_text() for item in page.select("li")] == widget.notes
    assert len(page.select(":not(details) > ul > li, :scope > ul > li")) == min(count, 3)
    summaries = [summary.get_text() for summary in page.select("summary")]
    assert summaries == ([f"More notes ({count - 3})"] if count > 3 else [])


def test_a_document_has_every_note_and_figure(study: Study) -> None:
    html = study.notes.to_static_html() + study.more_figures.to_static_html()
    text = to_print_html(html).get_text()
    assert all(note in text for note in study.notes.notes)
    assert all(tile["label"] in text for tile in study.more_figures.tiles)
    assert "More notes" not in text
    assert "More figures" not in text


def test_every_indicator_is_on_the_first_screen_or_in_the_further_figures(study: Study) -> None:
    first = [tile["name"] for tile in study.dashboard.key_tiles.tiles]
    others = [tile["name"] for tile in study.more_figures.tiles]
    assert sorted(first + others) == sorted(item.name for item in study.outcome.indicators)
    static_html = study.more_figures.to_static_html()
    assert f"<summary>More figures ({len(others)})</summary>" in static_html
    assert re.findall(r'data-indicator="(\w+)"', static_html) == others
    assert study.dashboard.select_views("more_figures") == [study.more_figures]


def test_the_further_figures_follow_the_scenario() -> None:
    study = Study(topic)
    study.scenario = study.scenario.replace(volume=1_000_000)
    values = {tile["name"]: tile["value"] for tile in study.more_figures.tiles}
    assert values["total_saving"] == repr(study.outcome["total_saving"].value)
