"""Edits: texts become a scenario with an outcome, or an error message for their field."""

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.example_topic import VisitsScenario, topic
from workbook.widgets.edits import apply_edits


@given(st.dictionaries(st.sampled_from(["least", "exclude", "service"]), st.text(max_size=8)))
def test_any_edits_lead_to_a_scenario_that_the_model_accepts(typed: dict[str, str]) -> None:
    def evaluate(scenario: Any) -> Any:
        return topic.evaluate_model({"visits": pd.DataFrame()}, scenario)

    outcome, errors = apply_edits(VisitsScenario(), typed, {"least": "5"}, evaluate)
    assert outcome.indicators
    assert set(errors) <= {*typed, "exclude", "least"}


def test_the_model_runs_once_for_valid_edits() -> None:
    scenarios: list[Any] = []
    apply_edits(VisitsScenario(), {"least": "3", "service": "x"}, {}, scenarios.append)
    assert scenarios == [VisitsScenario(least=3, service="x")]


def test_an_invalid_text_is_rejected_before_the_model_runs() -> None:
    scenarios: list[Any] = []
    _, errors = apply_edits(VisitsScenario(), {"least": "x"}, {}, scenarios.append)
    assert scenarios == [VisitsScenario()]
    assert errors["least"] == "Visits at least must be a whole number."
