"""The first view of a link: its scenario in every view that the notebook has displayed."""

import asyncio
from weakref import WeakValueDictionary

import pytest

from tests.widgets import example_topic
from workbook import Study
from workbook.topics.digital_inclusion import topic
from workbook.widgets import opened_page, widget
from workbook.widgets.opened_page import open_query
from workbook.widgets.widget import WorkbookWidget


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Study:
    """The only study of a page, on which nothing is displayed yet."""
    monkeypatch.setattr(widget, "_displayed_widgets", WeakValueDictionary())
    study = Study(topic)
    monkeypatch.setattr(opened_page, "all_studies", lambda: [study])
    return study


def display(*widgets: WorkbookWidget) -> list[str]:
    """Display widgets as a notebook does, and return their identifiers."""
    for displayed in widgets:
        displayed._repr_mimebundle_()
    return [str(displayed.model_id) for displayed in widgets]


def test_displayed_views_show_the_scenario_of_the_link(study: Study) -> None:
    headline, path = display(study.headline, study.charts["path"])
    opened = open_query("?programme_starts=0&utm_source=newsletter")
    assert study.link.request_completed
    assert "6.2 million" in opened["views"][headline]
    assert "6.2 million in 2020" in opened["views"][path]
    assert study.tiles.model_id not in opened["views"]
    assert opened["states"].keys() == {headline, path}
    assert "6.2 million" in opened["states"][headline]["text"]
    assert not {"layout", "_model_module"} & opened["states"][headline].keys()
    assert opened["link_error"] == ""
    assert opened["charts"] == {"path": study.charts["path"].specification}


def test_analyses_that_are_not_of_the_link_are_calculated_once_the_page_is_live(
    study: Study,
) -> None:
    (identifier,) = display(study.charts["swing"])
    opened = open_query("?programme_starts=0")
    assert "Calculating…" in opened["views"][identifier]

    async def open_page() -> None:
        shown = asyncio.Event()
        study.charts["swing"].observe(lambda _: shown.set(), "render_count")
        study.link._handle_custom_msg({"request": "deferred"}, [])
        await shown.wait()

    asyncio.run(open_page())
    assert "Calculating…" not in study.charts["swing"].to_static_html()


def test_a_link_that_cannot_be_opened_gives_the_reason(study: Study) -> None:
    (identifier,) = display(study.changes)
    opened = open_query("?programme_starts=<b>")
    assert opened["link_error"] == study.link.open_error
    assert opened["views"][identifier].count('role="alert"') == 1
    assert "<b>" not in opened["views"][identifier]


def test_a_chart_without_data_has_no_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    study = Study(example_topic.topic)
    monkeypatch.setattr(opened_page, "all_studies", lambda: [study])
    study.charts["ranked"].is_empty = True
    assert open_query("")["charts"] == {"ranked": None}
