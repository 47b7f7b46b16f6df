"""Repeated runs of a model with changed values."""

from dataclasses import replace

import pytest

from tests.analysis.example_topic import Rides, topic
from workbook.analysis.model_runner import (
    MAXIMUM_DRAWS,
    as_declared_kind,
    indicator_number,
    limit_draws,
    make_model_runner,
    nearest_allowed_value,
)
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def test_a_scenario_is_run_with_another_value():
    run = make_model_runner(topic, {}, Rides(paying=0.25), "riders")
    assert run(20)["sold"].value == 5


def test_an_error_of_the_model_says_at_which_value():
    def evaluate(_, scenario):
        raise ValueError(f"each is not finite: {1 / scenario.fare:g}")

    run = make_model_runner(replace(topic, model=evaluate), {}, Rides(), "fare")
    with pytest.raises(ValueError, match=r"^each is not finite: 0.25 \(with fare at 4\.0\)$"):
        run(4.0)


def test_the_value_of_an_integer_parameter_is_rounded():
    run = make_model_runner(topic, {}, Rides(), "riders")
    assert run(20.4).scenario == Rides(riders=20)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("rider", 'Did you mean "riders"?'),
        ("line", "Choose from: riders; paying; seats; fare; subsidy; draws."),
        ("quarter", "Choose from: riders; paying; seats; fare; subsidy; draws."),
    ],
)
def test_a_parameter_that_is_not_numeric_cannot_be_varied(name, suggestion):
    with pytest.raises(ValueError, match=f'Unknown numeric parameter "{name}"') as refused:
        make_model_runner(topic, {}, Rides(), name)
    assert str(refused.value).endswith(suggestion)


def test_repeated_runs_have_a_limited_number_of_simulations():
    assert limit_draws(Rides(draws=MAXIMUM_DRAWS + 1)) == Rides(draws=MAXIMUM_DRAWS)
    assert limit_draws(Rides(draws=5)) == Rides(draws=5)
    assert (
        make_model_runner(topic, {}, Rides(draws=MAXIMUM_DRAWS + 1), "riders")(5)["drawn"].value
        == MAXIMUM_DRAWS
    )


def test_a_value_is_converted_to_the_type_of_its_parameter():
    assert (as_declared_kind(Rides(), "riders", 3.6), as_declared_kind(Rides(), "fare", 3)) == (
        4,
        3.0,
    )
    assert isinstance(as_declared_kind(Rides(), "riders", 3.6), int)
    assert isinstance(as_declared_kind(Rides(), "fare", 3), float)


@pytest.mark.parametrize(
    ("by", "end", "allowed"),
    [("riders", 5, 5), ("riders", 100, 50), ("seats", 0, 10), ("seats", 200, 200), ("fare", 0, 0)],
)
def test_the_end_of_a_range_is_moved_to_the_nearest_allowed_value(by, end, allowed):
    assert nearest_allowed_value(Rides(), by, end) == allowed


@pytest.mark.parametrize(("end", "allowed"), [(2001, 2015), (2150, 2064), (2030, 2030)])
def test_a_target_year_is_moved_to_the_nearest_allowed_year(end, allowed):
    assert nearest_allowed_value(DigitalInclusion(), "target_year", end) == allowed


def test_an_indicator_that_is_not_numeric_has_no_number():
    assert indicator_number(topic.run(), "sold") == 5
    assert indicator_number(topic.run(), "word") is None
    assert indicator_number(topic.run(riders=0), "each") is None
