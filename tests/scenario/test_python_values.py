"""Scenarios accept the values that Python programs hold, where nothing is lost."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.scenario import NameList, Scenario, ScenarioError, parameter

TEXTS: dict[str, Any] = {"label": "A", "meaning": "An example."}
INTEGER_TYPES = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]


class Rides(Scenario):
    riders: int = parameter(10, unit="people", bounds=(0, 1_000_000), **TEXTS)
    fare: float = parameter(2.0, unit="GBP", bounds=(0, 1e9), **TEXTS)
    lines: NameList = parameter("", unit="list", **TEXTS)
    timetable: str = parameter("timetable", unit="text", choice_of="timetable", **TEXTS)


@given(st.integers(0, 100), st.sampled_from(INTEGER_TYPES))
def test_every_integer_of_numpy_is_a_whole_number(value, integer_type):
    scenario = Rides(riders=integer_type(value), fare=integer_type(value))
    assert scenario == Rides(riders=value, fare=float(value))
    assert type(scenario.riders) is int
    assert type(scenario.fare) is float


@given(st.integers(0, 1_000_000), st.sampled_from([float, np.float64]))
def test_a_whole_float_is_a_whole_number(value, float_type):
    scenario = Rides(riders=float_type(value))
    assert (scenario.riders, type(scenario.riders)) == (value, int)


@given(st.floats(0, 1e6).filter(lambda value: not value.is_integer()))
def test_a_float_with_a_fraction_is_not_a_whole_number(value):
    for number in (value, np.float64(value)):
        with pytest.raises(ScenarioError, match=r"riders is .*: it must be a whole number"):
            Rides(riders=number)


@pytest.mark.parametrize(
    "value", [800_000.5, np.float64("nan"), np.float64("inf"), np.bool_(1), True, np.int64(-1)]
)
def test_other_numbers_are_no_whole_number_in_bounds(value):
    with pytest.raises(ScenarioError, match="it must be a whole number from 0 to 1,000,000"):
        Rides(riders=value)


@given(st.lists(st.sampled_from(["Blue line", "Ferry", "12"]), unique=True), st.booleans())
def test_a_list_of_names_is_a_text_with_semicolons(names, is_tuple):
    lines = tuple(map(np.str_, names)) if is_tuple else names
    assert Rides(lines=lines) == Rides(lines="; ".join(names))


@pytest.mark.parametrize("make", [pd.Series, pd.Index, np.array])
def test_a_list_of_pandas_or_numpy_is_one_too(make):
    assert Rides(lines=make(["Blue line", "Ferry"])) == Rides(lines="Blue line; Ferry")


def test_a_quarter_of_pandas_is_a_quarter():
    assert Rides(quarter=pd.Period("2014Q2")) == Rides(quarter="2014-Q2")
    for period in (pd.Period("2014Q2", freq="Q-MAR"), pd.Period("2014-06")):
        with pytest.raises(ScenarioError, match="it must be a year from 1900"):
            Rides(quarter=period)


def test_a_value_of_several_lines_is_told_by_its_type():
    with pytest.raises(ScenarioError) as error:
        Rides(riders=pd.DataFrame({"riders": [1, 2]}))
    assert str(error.value) == (
        "riders is a DataFrame: it must be a whole number from 0 to 1,000,000."
    )


@pytest.mark.parametrize("value", [[1], ["a", None], {"a"}])
def test_a_list_of_something_else_is_rejected(value):
    with pytest.raises(ScenarioError, match="lines is"):
        Rides(lines=value)


def test_a_list_is_rejected_where_one_name_is_meant():
    with pytest.raises(ScenarioError, match="timetable is"):
        Rides(timetable=["a"])


def test_a_path_names_a_table():
    assert Rides(timetable=Path("data/mine.csv")).timetable == str(Path("data/mine.csv"))
    with pytest.raises(ScenarioError, match="quarter is"):
        Rides(quarter=Path("2014-Q2"))


def test_a_text_of_numpy_is_a_text():
    quarter = Rides(quarter=np.str_("2014-Q3")).quarter
    assert (quarter, type(quarter)) == ("2014-Q3", str)


def test_replace_accepts_the_same_values():
    assert Rides().replace(riders=np.int64(8), fare=np.float32(0.5)) == Rides(riders=8, fare=0.5)


def test_a_declaration_accepts_numbers_of_numpy():
    class Fares(Scenario):
        fare: float = parameter(
            np.float64(2.5),
            unit="GBP",
            bounds=(np.int64(0), np.float32(9)),
            range=(np.int64(2), np.float64(3)),
            page_limit=np.float64(8),
            **TEXTS,
        )
        riders: int = parameter(np.int64(10), unit="people", **TEXTS)

    fare, riders = (Fares.parameters()[name] for name in ("fare", "riders"))
    assert (fare.default, fare.bounds, fare.range, fare.page_limit) == (2.5, (0, 9), (2, 3), 8)
    assert (riders.default, type(riders.default)) == (10, int)
    assert "fare: float = 2.5" in Fares.to_cell()
    assert Fares(fare=3).non_default_values() == {"fare": 3.0}


def test_a_type_that_no_parameter_can_have_is_refused_where_it_is_declared():
    with pytest.raises(TypeError) as caught:

        class Campaign(Scenario):
            start: date = parameter("2014-04-01", unit="text", **TEXTS)

    message = "start: declare a parameter as an int, a float or a str, with parameter(...)"
    assert str(caught.value) == message
