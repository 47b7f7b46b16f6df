"""A copied link opened in a study: its figures then and today, and messages about bad pins."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.analysis.pinned_topic import imported_package, make_topic, write_package
from workbook.scenario.store import FOLDER_VARIABLE
from workbook.widgets import pinned_link
from workbook.widgets.study import Study

ROWS = {"2014-01": 100, "2014-02": 200}


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the topic's package and of the team's scenarios."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("VOILA_BASE_URL", "/")  # as on a served page
    write_package(tmp_path, ROWS)
    with imported_package(tmp_path):
        yield tmp_path


def copy_link(study: Study) -> str:
    """Copy the link of a study as the page does; returns its query string."""
    study.dashboard.share._handle_custom_msg({"keep": study.dashboard.share.pin}, [])
    query = f"{study.link.query}&" if study.link.query else ""
    return f"{query}pin={study.dashboard.share.pin}"


def open_link(study: Study, query: str) -> str:
    """Open a link, and find out why its figures have changed; returns what is shown."""
    study.controls.open_query(query)
    study.deferred.run_all()
    return study.dashboard.pinned_link.describe_content()


def test_a_link_whose_figures_are_the_same() -> None:
    query = copy_link(Study(make_topic()))
    study = Study(make_topic())
    shown = open_link(study, query)
    assert "Its key figures are the same today. The data, the published assumptions" in shown
    assert study.dashboard.pinned_link.content["rows"]


def test_a_link_whose_figures_have_changed(package: Path) -> None:
    query = copy_link(Study(make_topic(), make_topic().Scenario()))
    write_package(package, ROWS | {"2014-01": 110})
    shown = open_link(Study(make_topic(cost=3)), query)
    assert "Cost of all visits was £600.00 then, and is £930.00 today" in shown
    assert "+£20 because data have been revised and +£310 because published assumptions" in shown


def test_it_goes_with_the_scenario_and_comes_back_with_the_link() -> None:
    topic = make_topic()
    query = copy_link(Study(topic, topic.Scenario(share=0.5)))
    study = Study(topic)
    assert "the same today" in open_link(study, query)
    study.scenario = topic.Scenario(share=0.4)
    assert not study.dashboard.pinned_link.text
    assert "the same today" in open_link(study, query)


@pytest.mark.parametrize("pin", ["0" * 16, "x", "../x"])
def test_a_pin_that_nobody_knows(pin: str) -> None:
    study = Study(make_topic())
    assert "The figures are today’s" in open_link(study, f"share=0.5&pin={pin}")
    assert study.scenario.values()["share"] == 0.5


def test_a_notebook_has_no_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOILA_BASE_URL")
    assert not Study(make_topic()).dashboard.share.pin


def test_a_pin_given_twice_is_read_once() -> None:
    query = copy_link(Study(make_topic()))
    assert "the same today" in open_link(Study(make_topic()), f"{query}&pin=x")


def test_a_failure_in_finding_the_causes_leaves_the_rest_of_the_page_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = copy_link(Study(make_topic()))

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pinned_link, "attribute_changes", fail)
    study = Study(make_topic())
    assert open_link(study, query).endswith("The cause cannot be found.")
    assert not study.dashboard.changes.incident_message


def test_figures_of_an_unknown_scenario_are_not_kept(package: Path) -> None:
    study = Study(make_topic())
    study.dashboard.share._handle_custom_msg({"keep": "0" * 16}, [])
    study.dashboard.share._handle_custom_msg({"keep": ["x"]}, [])
    assert not (package / ".pins").exists()


def test_the_figures_of_a_link_are_kept_though_the_scenario_has_changed_since() -> None:
    topic = make_topic()
    study = Study(topic)
    pin = study.dashboard.share.pin
    study.scenario = topic.Scenario(share=0.5)
    study.dashboard.share._handle_custom_msg({"keep": pin}, [])
    assert "the same today" in open_link(Study(make_topic()), f"pin={pin}")
