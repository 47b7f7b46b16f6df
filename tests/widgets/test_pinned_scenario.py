"""The pinned scenario: its charts behind later ones, and what differs from it."""

import pytest

from workbook import Study
from workbook.topics.registry import TOPICS


@pytest.fixture(scope="module")
def study() -> Study:
    topic = TOPICS["digital_inclusion"]
    return Study(topic, topic.Scenario(draws=100))


def send(study: Study, request: str) -> None:
    study.dashboard.pinned_scenario._handle_custom_msg({"request": request}, [])


def test_pin_change_and_unpin(study: Study) -> None:
    pinned, chart = study.dashboard.pinned_scenario, study.charts["path"]
    alone = chart.spec
    send(study, "pin")
    assert pinned.is_pinned
    assert pinned.name == "Simulations: 100"
    assert pinned.parameters["rows"] == []
    rows_before = chart.named_data["lines"]
    study.scenario = study.scenario.replace(programme_starts=800_000)
    assert chart.named_data["lines_pinned"] == rows_before != chart.named_data["lines"]
    assert "Dashed grey: the pinned scenario" in chart.captions["subtitle"]
    assert pinned.parameters["texts"] == [["Programme starts a year", "300,000", "800,000"]]
    _, before, now, difference = pinned.figures["texts"][0]
    assert (before, now) == ("5.4 million", "4.2 million")
    assert difference == "−1.3 million"  # 5.44 less 4.18
    spec = chart.spec
    study.scenario = study.scenario.replace(programme_starts=900_000)
    assert chart.spec is spec or chart.spec == spec  # only the data are replaced
    send(study, "unpin")
    assert not pinned.is_pinned
    assert chart.spec == alone
    assert "lines_pinned" not in chart.named_data
    assert "pinned" not in chart.captions["subtitle"]


def test_the_charts_of_deferred_analyses_have_ghosts_too(study: Study) -> None:
    study.scenario = study.topic.Scenario(draws=100)
    curve = study.charts["probability_of_target_by_programme_starts"]
    send(study, "pin")
    study.scenario = study.scenario.replace(dropout=0.2)
    assert any(name.endswith("_pinned") for name in curve.named_data)
    send(study, "unpin")


def test_the_differences_are_attributed_to_the_assumptions_that_differ(study: Study) -> None:
    pinned = study.dashboard.pinned_scenario
    study.scenario = study.topic.Scenario(draws=100)
    send(study, "pin")
    study.scenario = study.scenario.replace(programme_starts=800_000)
    assert list(study.attribute_differences()) == []  # one alone makes the whole difference
    study.scenario = study.scenario.replace(dropout=0.2)
    assert list(study.attribute_differences())
    rows = pinned.contributions["texts"]
    assert [row[0] for row in rows] == ["Programme starts a year", "Share who drop out"]
    assert [row[1] for row in rows] == ["−1.4 million", "−198,000"]  # together −1.55 million
    send(study, "unpin")
    assert pinned.contributions["rows"] == []


def test_an_attribution_to_a_scenario_that_is_pinned_no_more_is_not_shown(study: Study) -> None:
    pinned = study.dashboard.pinned_scenario
    study.scenario = study.topic.Scenario(draws=100)
    send(study, "pin")
    study.scenario = study.scenario.replace(programme_starts=800_000, dropout=0.2)
    steps = study.attribute_differences()
    next(steps)
    send(study, "unpin")
    send(study, "pin")
    assert list(steps)
    assert pinned.contributions["rows"] == []
    send(study, "unpin")


def test_a_figure_of_another_year_has_both_labels(study: Study) -> None:
    study.scenario = study.topic.Scenario(draws=100)
    send(study, "pin")
    study.scenario = study.scenario.replace(target_year=2022)
    labels = [row[0] for row in study.dashboard.pinned_scenario.figures["texts"]]
    assert "Target for 2020 / Target for 2022" in labels
    send(study, "unpin")


def test_a_request_that_nobody_knows_changes_nothing(study: Study) -> None:
    send(study, "frame")
    assert not study.dashboard.pinned_scenario.is_pinned
