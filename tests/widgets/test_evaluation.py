"""An evaluation: the outcome and charts of a scenario, without side effects."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tests.widgets.example_topic import VisitsScenario, evaluate_visits, topic
from workbook.scenario import ScenarioError
from workbook.widgets.evaluation import evaluate

TABLES = {"visits": pd.DataFrame()}


def test_it_has_the_scenario_the_outcome_and_the_charts() -> None:
    scenario = VisitsScenario(least=700)
    evaluation = evaluate(topic, TABLES, scenario)
    assert evaluation.scenario is scenario
    assert evaluation.outcome["total"].value == sum(range(700, 735))
    assert set(evaluation.charts) == set(topic.charts)
    assert evaluation.tables is TABLES


def test_the_same_scenario_has_the_same_figures() -> None:
    first, second = (evaluate(topic, TABLES, VisitsScenario()) for _ in range(2))
    assert first.outcome.indicators == second.outcome.indicators


def test_a_scenario_that_the_model_rejects_has_no_evaluation() -> None:
    with pytest.raises(ScenarioError, match="No service is left"):
        evaluate(topic, TABLES, VisitsScenario(least=9999))


@pytest.mark.parametrize("part", ["tables", "notes"])
def test_what_cannot_be_derived_fails_before_anything_is_shown(part: str) -> None:
    failing: dict[str, Any] = {part: (1 / 0 for _ in range(1))}
    broken = replace(topic, model=lambda *inputs: replace(evaluate_visits(*inputs), **failing))
    with pytest.raises(ZeroDivisionError):
        evaluate(broken, TABLES, VisitsScenario())
