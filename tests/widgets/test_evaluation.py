"""An evaluation: the outcome and charts of a scenario, without side effects."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pandas as pd
import pytest

from tests.widgets.example_topic import VisitsScenario, draw_ranked, evaluate_visits, topic
from workbook import Outcome
from workbook.charts.figure import Figure
from workbook.scenario import ScenarioError
from workbook.widgets.evaluation import evaluate
from workbook.widgets.study import Study

TABLES = {"visits": pd.DataFrame()}


def test_it_has_the_scenario_the_outcome_and_the_charts() -> None:
    scenario = VisitsScenario(least=700)
    evaluation = evaluate(topic, TABLES, scenario)
    assert evaluation.scenario is scenario
    assert evaluation.outcome["total"].value == sum(range(700, 735))
    assert evaluation.chart("ranked") is evaluation.chart("ranked")
    assert evaluation.chart("unknown") is None
    assert evaluation.tables is TABLES


def test_the_same_scenario_has_the_same_figures() -> None:
    first, second = (evaluate(topic, TABLES, VisitsScenario()) for _ in range(2))
    assert first.outcome.indicators == second.outcome.indicators


def test_a_scenario_that_the_model_rejects_has_no_evaluation() -> None:
    with pytest.raises(ScenarioError, match="No service is left"):
        evaluate(topic, TABLES, VisitsScenario(least=9999))


def fail_in_broken_scenario(outcome: Outcome) -> None:
    """Raise an error for a scenario with a lower limit."""
    _ = 1 / (outcome.scenario == VisitsScenario())


def derive_broken(outcome: Outcome) -> Iterator[Any]:
    """Derive nothing, or fail."""
    fail_in_broken_scenario(outcome)
    yield from ()


def evaluate_with_broken(part: str) -> Any:
    """Make a model whose outcomes have tables or notes that cannot be derived."""

    def evaluate_broken(*inputs: Any) -> Outcome:
        outcome = evaluate_visits(*inputs)
        items = getattr(outcome, part)
        return replace(outcome, **{part: chain(items, derive_broken(outcome))})

    return evaluate_broken


def draw_broken(outcome: Outcome) -> Figure:
    """Draw a chart, or fail."""
    fail_in_broken_scenario(outcome)
    return draw_ranked(outcome)


BROKEN_TOPICS = {
    "tables": replace(topic, model=evaluate_with_broken("tables")),
    "notes": replace(topic, model=evaluate_with_broken("notes")),
    "charts": replace(topic, charts={**topic.charts, "broken": draw_broken}),
}


@pytest.mark.parametrize("part", BROKEN_TOPICS)
def test_every_view_stays_as_it_was_where_part_of_an_outcome_cannot_be_derived(part: str) -> None:
    study = Study(BROKEN_TOPICS[part])
    views = [study.headline, study.tiles, study.notes, *study.charts.values()]
    former_states = [view.get_state() for view in views]
    with pytest.raises(ZeroDivisionError):
        study.scenario = VisitsScenario(least=700)
    assert study.scenario == VisitsScenario()
    for view, former in zip(views, former_states, strict=True):
        assert view.get_state() | {"render_count": 0} == former | {"render_count": 0}


def test_the_key_chart_is_shown_before_the_notes_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write_notes(outcome: Outcome) -> Iterator[str]:
        shown.append(study.charts["ranked"].captions["title"])
        yield outcome.headline

    def evaluate_slowly(*inputs: Any) -> Outcome:
        outcome = evaluate_visits(*inputs)
        return replace(outcome, notes=write_notes(outcome))

    study, shown = Study(topic), list[str]()
    monkeypatch.setattr(study, "topic", replace(topic, model=evaluate_slowly))
    study.charts["ranked"].captions = {"title": "Before"}
    study.scenario = VisitsScenario(least=700)
    assert shown == ["Visits by service"]
