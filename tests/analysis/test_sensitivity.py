"""Sensitivity curve of an example with known values: earned = 5 × fare."""

import numpy as np
import pytest

from tests.analysis.example_topic import Rides, topic
from workbook.analysis.sensitivity import (
    CURVE_POINT_COUNT,
    curve_points,
    sensitivity_curve,
    sensitivity_table,
)
from workbook.topic import SensitivityCurve


def curve_table(indicator="earned", by="fare", low=0, high=10, **values):
    return sensitivity_curve(topic, SensitivityCurve(indicator, by, low, high), Rides(**values))


def test_values_are_evenly_spaced_from_low_to_high():
    result = curve_table(fare=2.0)
    assert result["fare"].tolist() == pytest.approx(np.arange(0, 10.5, 0.5))
    assert result["earned"].tolist() == pytest.approx(5 * np.arange(0, 10.5, 0.5))
    assert len(result) == CURVE_POINT_COUNT


def test_the_scenarios_value_is_included():
    result = curve_table(fare=2.2)
    assert len(result) == CURVE_POINT_COUNT + 1
    scenario_rows = result[result["scenario"]]
    assert scenario_rows[["fare", "earned"]].to_numpy().tolist() == [[2.2, 11]]
    assert result["fare"].is_monotonic_increasing


@pytest.mark.parametrize(("fare", "ends"), [(1.0, [1, 8]), (9.0, [2, 9])])
def test_a_scenario_value_beyond_the_range_is_included(fare, ends):
    result = curve_table(low=2, high=8, fare=fare)
    assert result["fare"].iloc[[0, -1]].tolist() == ends


def test_the_spacing_extends_to_a_scenario_value_beyond_the_range():
    assert curve_table(low=2, high=8, fare=9.0)["fare"].tolist() == pytest.approx(
        np.linspace(2, 9, 21)
    )


def test_integer_values_are_rounded_and_evaluated_once():
    result = curve_table("sold", "riders", 0, 10)
    assert result["riders"].tolist() == list(range(11))
    assert result["sold"].tolist() == [riders * 0.5 for riders in range(11)]


def test_values_that_break_a_cross_field_rule_are_left_out():
    result = curve_table("sold", "riders", 0, 100)
    assert result["riders"].max() == 50


def test_an_unknown_result_is_a_missing_value():
    result = curve_table("each", "riders", 0, 10)
    assert result["each"].isna().tolist() == [True] + [False] * 10


def test_points_are_evaluated_one_by_one_starting_with_the_scenario():
    first, second, *rest = curve_points(
        topic, {}, Rides(), SensitivityCurve("earned", "fare", 0, 10)
    )
    assert first == {"fare": 2.0, "earned": 10.0, "scenario": True}
    assert second == {"fare": 0.0, "earned": 0.0, "scenario": False}
    assert len(rest) == CURVE_POINT_COUNT - 2


def test_a_text_parameter_is_rejected():
    with pytest.raises(ValueError, match='Unknown numeric parameter "line"'):
        curve_table(by="line")


def test_the_result_table_has_the_labels_of_the_parameter_and_the_indicator():
    [curve] = topic.sensitivity_curves
    frame = sensitivity_curve(topic, curve)
    table = sensitivity_table(topic, topic.run(), curve, frame)
    assert (table.name, table.title) == ("earned_by_fare", "Money earned, by fare")
    assert [(column.label, column.unit) for column in table.columns.values()] == [
        ("Fare", "GBP"),
        ("Money earned", "GBP"),
        ("This scenario", ""),
    ]
