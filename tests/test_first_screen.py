"""What a topic's page shows first, and the sections that its notebook has."""

from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.widgets.example_topic import topic
from workbook.first_screen import MAX_KEY_INDICATORS, MAX_LEVERS, FirstScreen
from workbook.serving.page_sections import list_page_sections
from workbook.topics.digital_inclusion import topic as inclusion
from workbook.topics.registry import TOPICS
from workbook.widgets.study import Study


def test_a_topic_that_declares_none_shows_its_first_chart_and_parameters() -> None:
    assert topic.key_chart == "ranked"
    assert topic.levers == ("least", "measure", "exclude", "service")


def test_a_topic_without_charts_has_no_key_chart() -> None:
    assert replace(topic, charts={}).key_chart == ""
    study = Study(replace(topic, charts={}))
    assert study.headline in study.overview.views


@pytest.mark.parametrize("name", TOPICS)
def test_every_topic_of_ours_declares_its_first_screen(name: str) -> None:
    declared = TOPICS[name].first_screen
    assert declared.chart
    assert 0 < len(declared.indicators) <= MAX_KEY_INDICATORS
    assert 0 < len(declared.levers) <= MAX_LEVERS


@pytest.mark.parametrize(
    ("first_screen", "message"),
    [
        (FirstScreen(chart="pth"), "chart"),
        (FirstScreen(indicators=("people",)), "indicator"),
        (FirstScreen(levers=("starts",)), "parameter"),
    ],
)
def test_an_unknown_name_is_rejected(first_screen: FirstScreen, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(inclusion, first_screen=first_screen)


def test_more_than_fits_is_rejected() -> None:
    with pytest.raises(ValueError, match="5 levers, and at most 4"):
        FirstScreen(levers=tuple("abcde"))


def test_the_overview_is_in_reading_order() -> None:
    study = Study(inclusion)
    views = study.overview.views
    order = [study.headline, study.charts["path"], study.form, study.notes]
    assert [view for view in views if view in order] == order


def test_views_are_selected_by_name() -> None:
    study = Study(inclusion)
    views = study.dashboard.select_views("flows", "ages", "floor_people", "swing")
    assert views == [
        study.charts["flows"],
        study.table("ages"),
        study.select_tiles("floor_people"),
        study.charts["swing"],
    ]
    with pytest.raises(KeyError, match="flows"):
        study.show("flow")


def test_sections_are_the_headings_of_the_second_level() -> None:
    closed = {"metadata": {"jp-MarkdownHeadingCollapsed": True}}
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title"),
            new_markdown_cell("## What it would take\n\nMore starts."),
            new_code_cell("## not a heading"),
            new_markdown_cell("## Limits", **closed),
        ]
    )
    first, second = list_page_sections(notebook)
    assert (first.id, first.title, first.text) == (
        "what-it-would-take",
        "What it would take",
        "More starts.",
    )
    assert (first.is_closed, second.is_closed) == (False, True)
