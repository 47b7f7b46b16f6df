"""Sweep: each row is what the topic gives for its scenario, or says why it is rejected."""

import numpy as np
import pandas as pd
import pytest

from tests.analysis.example_topic import Rides, topic
from workbook.analysis.sweep import sweep, sweep_steps
from workbook.topics.registry import TOPICS

INCLUSION = TOPICS["digital_inclusion"]


def test_every_row_is_a_run_of_the_topic():
    rows = pd.DataFrame(
        {
            "programme_starts": [0, 800_000, 300_000],
            "dropout": [0.3, 0.1, 1.0],
            "quarter": ["2014-Q2", "2014-Q3", "2014-Q2"],
        },
        index=["a", "b", "b"],
    )
    frame = sweep(INCLUSION, rows, INCLUSION.Scenario(draws=100))
    assert frame.index.tolist() == ["a", "b", "b"]
    assert frame[list(rows)].equals(rows)
    for row, values in zip(frame.to_dict("records"), rows.to_dict("records"), strict=True):
        outcome = INCLUSION.run(draws=100, **values)
        for indicator in outcome:
            expected = np.nan if indicator.value is None else indicator.value
            assert row[indicator.name] == pytest.approx(expected, nan_ok=True), indicator.name
        assert row["error"] == ""


def test_a_blank_cell_is_the_value_of_the_base():
    rows = pd.DataFrame({"riders": [20, None], "line": [None, "13"]})
    frame = sweep(topic, rows, Rides(riders=7))
    assert frame["sold"].tolist() == [10, 3.5]


def test_all_combinations_are_run():
    frame = sweep(topic, {"riders": np.array([5, 10]), "paying": (0.2, 0.6)})
    assert frame["riders"].tolist() == [5, 5, 10, 10]
    assert frame["sold"].tolist() == pytest.approx([1, 3, 2, 6])


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"riders": 101}, "riders is 101: it must be a whole number from 0 to 100."),
        ({"riders": 60}, "riders is 60: it must be from 0 to seats (50)."),
        ({"riders": 5.5}, "riders is 5.5: it must be a whole number from 0 to 100."),
    ],
)
def test_a_rejected_row_says_why(values, error):
    frame = sweep(topic, pd.DataFrame([values, {"riders": 10}]))
    assert frame["error"].tolist() == [error, ""]
    assert frame["sold"].isna().tolist() == [True, False]


def test_rows_that_are_all_rejected_have_no_indicators():
    frame = sweep(topic, {"riders": [-1]})
    assert frame.columns.tolist() == ["riders", "error"]


def test_no_rows_give_no_rows():
    assert sweep(topic, pd.DataFrame({"riders": []})).columns.tolist() == ["riders", "error"]


def test_a_column_that_is_no_parameter_is_an_error():
    with pytest.raises(ValueError, match=r'Unknown parameter "rider". Did you mean "riders"'):
        sweep(topic, {"rider": [1]})
    with pytest.raises(ValueError, match="two columns"):
        sweep(topic, pd.DataFrame([[1, 2]], columns=["riders", "riders"]))


def test_it_can_be_stopped_between_two_runs():
    assert list(sweep_steps(topic, {"riders": [1, 2]})) == [None, None]


def test_without_simulations_the_other_indicators_are_the_same():
    rows = pd.DataFrame(
        {
            "programme_starts": [0, 800_000, 5, 5, 5],
            "target_year": [2018, 2020, 2022, 2014, 2020],
            "quarter": ["2014-Q2", "2016-Q1", "2014-Q2", "2014-Q2", "2013-Q1"],
        }
    )
    simulated = sweep(INCLUSION, rows, INCLUSION.Scenario(draws=100))
    frame = sweep(INCLUSION, rows, with_simulations=False)
    probabilities = [d.name for d in INCLUSION.indicators if d.is_probability]
    pd.testing.assert_frame_equal(frame, simulated.drop(columns=probabilities))
    assert frame["error"].str.len().gt(0).tolist() == [False, False, False, True, True]


def test_only_a_topic_with_a_bulk_model_can_do_without_simulations():
    with pytest.raises(ValueError, match="rides cannot be run without simulations"):
        sweep(topic, {"riders": [1]}, with_simulations=False)


@pytest.mark.parametrize("swept", TOPICS.values(), ids=list(TOPICS))
def test_no_indicator_has_the_name_of_a_parameter(swept):
    names = {definition.name for definition in swept.indicators}
    assert not names & {*swept.Scenario.parameters(), "error"}
