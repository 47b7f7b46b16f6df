"""Model of many scenarios at once: the same figures as the model, one scenario after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.digital_inclusion.scenarios import valid_scenarios
from workbook.scenario import ScenarioError
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.bulk_model import evaluate_many_inclusion
from workbook.topics.digital_inclusion.indicators import DIGITAL_INCLUSION_INDICATORS


@given(st.lists(valid_scenarios(quarter="2014-Q2"), min_size=1, max_size=8))
def test_it_gives_the_figures_of_the_model(scenarios):
    tables = topic.load_tables(topic.Scenario())
    columns = evaluate_many_inclusion(tables, scenarios)
    for position, scenario in enumerate(scenarios):
        for indicator in topic.evaluate_model(tables, scenario):
            if indicator.name in columns:
                expected = np.nan if indicator.value is None else indicator.value
                figure = columns[indicator.name][position]
                assert figure == pytest.approx(expected, rel=1e-9, abs=1e-6, nan_ok=True)


def test_it_leaves_out_the_probabilities_alone():
    columns = evaluate_many_inclusion({}, [topic.Scenario()])
    assert list(columns) == [
        definition.name
        for definition in DIGITAL_INCLUSION_INDICATORS
        if not definition.is_probability
    ]


def test_a_quarter_before_the_start_has_the_model_s_error():
    scenario = topic.Scenario(quarter="2013-Q4")
    with pytest.raises(ScenarioError, match="it must be 2014-Q2 or later"):
        evaluate_many_inclusion({}, [scenario])
