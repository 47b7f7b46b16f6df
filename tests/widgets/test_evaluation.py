"""An evaluation: the outcome and charts of a scenario, without side effects."""

import pandas as pd
import pytest

from tests.widgets.example_topic import VisitsScenario, topic
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
