"""How an answer answers to one parameter, where it is known: earned = 5 × fare."""

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


def response_table(indicator="earned", by="fare", low=0, high=10, **values):
    return sensitivity_curve(topic, {}, Rides(**values), SensitivityCurve(indicator, by, low, high))


def test_even_steps_from_low_to_high():
    result = response_table(fare=2.0)
    assert result["fare"].tolist() == pytest.approx(np.arange(0, 10.5, 0.5))
    assert result["earned"].tolist() == pytest.approx(5 * np.arange(0, 10.5, 0.5))
    assert len(result) == CURVE_POINT_COUNT


def test_the_scenarios_own_value_is_among_them():
    result = response_table(fare=2.2)
    assert len(result) == CURVE_POINT_COUNT + 1
    own_rows = result[result["scenario"]]
    assert own_rows[["fare", "earned"]].to_numpy().tolist() == [[2.2, 11]]
    assert result["fare"].is_monotonic_increasing


@pytest.mark.parametrize(("fare", "ends"), [(1.0, [1, 8]), (9.0, [2, 9])])
def test_a_value_beyond_the_ends_is_shown_too(fare, ends):
    result = response_table(low=2, high=8, fare=fare)
    assert result["fare"].iloc[[0, -1]].tolist() == ends


def test_the_steps_go_on_to_a_value_beyond_the_end():
    assert response_table(low=2, high=8, fare=9.0)["fare"].tolist() == pytest.approx(
        np.linspace(2, 9, 21)
    )


def test_a_whole_number_is_tried_once_and_as_it_is_shown():
    result = response_table("sold", "riders", 0, 10)
    assert result["riders"].tolist() == list(range(11))
    assert result["sold"].tolist() == [riders * 0.5 for riders in range(11)]


def test_what_contradicts_is_left_out():
    result = response_table("sold", "riders", 0, 100)
    assert result["riders"].max() == 50


def test_what_is_not_known_is_missing():
    result = response_table("each", "riders", 0, 10)
    assert result["each"].isna().tolist() == [True] + [False] * 10


def test_its_rows_come_one_by_one_the_scenarios_own_first():
    first, second, *rest = curve_points(
        topic, {}, Rides(), SensitivityCurve("earned", "fare", 0, 10)
    )
    assert first == {"fare": 2.0, "earned": 10.0, "scenario": True}
    assert second == {"fare": 0.0, "earned": 0.0, "scenario": False}
    assert len(rest) == CURVE_POINT_COUNT - 2


def test_text_has_no_response():
    with pytest.raises(ValueError, match='Unknown numeric parameter "line"'):
        response_table(by="line")


def test_its_table_is_described_by_the_parameter_and_the_indicator():
    [curve] = topic.sensitivity_curves
    frame = sensitivity_curve(topic, {}, Rides(), curve)
    table = sensitivity_table(topic, topic.run(), curve, frame)
    assert (table.name, table.title) == ("earned_by_fare", "Money earned, by fare")
    assert [(column.label, column.unit) for column in table.columns.values()] == [
        ("Fare", "GBP"),
        ("Money earned", "GBP"),
        ("This scenario", ""),
    ]
