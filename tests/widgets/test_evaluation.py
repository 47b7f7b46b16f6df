"""An evaluation: the outcome and the charts of a scenario, with nothing else changed."""

import pandas as pd
import pytest

from tests.widgets.example_topic import VisitsScenario, topic
from workbook.scenario import ScenarioError
from workbook.widgets.evaluation import evaluate

TABLES = {"visits": pd.DataFrame()}


def test_it_has_the_scenario_its_outcome_and_its_charts() -> None:
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
    with pytest.raises(ScenarioError, match="no service is left"):
        evaluate(topic, TABLES, VisitsScenario(least=9999))
