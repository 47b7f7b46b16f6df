"""The default scenario that is evaluated once for the kernels of all pages."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from workbook import Study
from workbook.serving.preparation import prepare_topics
from workbook.tables import TableSchema
from workbook.topic import Topic
from workbook.topics.digital_inclusion import topic as digital_inclusion
from workbook.widgets import evaluation
from workbook.widgets.evaluation import find_prepared, prepare_default


@pytest.fixture
def topic(monkeypatch: pytest.MonkeyPatch) -> Topic:
    """A topic whose default scenario is prepared, and whose model then fails on it."""
    monkeypatch.setattr(evaluation, "_prepared", {})
    prepared = []

    def evaluate_unless_prepared(tables, scenario):
        assert scenario not in prepared, "the model ran again"
        return digital_inclusion.model(tables, scenario)

    topic = replace(digital_inclusion, model=evaluate_unless_prepared)
    prepare_default(topic)
    prepared.append(topic.Scenario())
    return topic


def test_a_page_shows_the_prepared_evaluation_and_its_deferred_charts(topic: Topic) -> None:
    study = Study(topic)
    expected = Study(digital_inclusion)
    assert study.outcome.headline == expected.outcome.headline
    for name, chart in expected.dashboard.charts.items():
        shown = study.dashboard.charts[name]
        assert (shown.status, shown.named_data) == ("current", chart.named_data)


def test_another_scenario_and_the_default_again_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "_prepared", {})
    prepare_default(digital_inclusion)
    study = Study(digital_inclusion)
    default = study.outcome
    study.scenario = study.scenario.replace(programme_starts=0)
    assert study.outcome["people_excluded"].value > default["people_excluded"].value
    study.scenario = digital_inclusion.Scenario()
    assert study.outcome is default


def test_nothing_prepared_is_shown_on_other_tables_or_for_another_topic(
    topic: Topic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scenario = topic.Scenario()
    assert find_prepared(topic, scenario)
    assert find_prepared(topic, scenario, ["a table of the visitor's"])
    assert find_prepared(digital_inclusion, scenario) is None
    table = topic.tables[0]
    assert find_prepared(topic, scenario, [table.name]) is None
    data = tmp_path / "data"
    shutil.copytree(table.data_folder, data)
    monkeypatch.setattr(TableSchema, "data_folder", data)
    assert find_prepared(topic, scenario)
    file = data / f"{table.name}.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    assert find_prepared(topic, scenario) is None
    file.unlink()
    assert find_prepared(topic, scenario) is None


def test_a_topic_that_fails_is_left_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_):
        raise RuntimeError

    failing = replace(digital_inclusion, name="failing", model=fail)
    monkeypatch.setattr(evaluation, "_prepared", {})
    monkeypatch.setattr(
        "workbook.serving.preparation.TOPICS", {"failing": failing, "other": digital_inclusion}
    )
    prepare_topics()
    scenario = digital_inclusion.Scenario()
    assert find_prepared(failing, scenario) is None
    assert find_prepared(digital_inclusion, scenario)
