"""Running a model many times."""

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


def test_it_runs_the_scenario_with_another_value():
    run = make_model_runner(topic, {}, Rides(paying=0.25), "riders")
    assert run(20)["sold"].value == 5


def test_a_whole_number_is_rounded_to_one():
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
def test_what_is_no_number_cannot_be_varied(name, suggestion):
    with pytest.raises(ValueError, match=f'Unknown numeric parameter "{name}"') as refused:
        make_model_runner(topic, {}, Rides(), name)
    assert str(refused.value).endswith(suggestion)


def test_many_runs_have_no_more_draws_than_they_can_afford():
    assert limit_draws(Rides(draws=MAXIMUM_DRAWS + 1)) == Rides(draws=MAXIMUM_DRAWS)
    assert limit_draws(Rides(draws=5)) == Rides(draws=5)
    assert (
        make_model_runner(topic, {}, Rides(draws=MAXIMUM_DRAWS + 1), "riders")(5)["drawn"].value
        == MAXIMUM_DRAWS
    )


def test_a_value_in_its_parameters_kind():
    assert (as_declared_kind(Rides(), "riders", 3.6), as_declared_kind(Rides(), "fare", 3)) == (
        4,
        3.0,
    )
    assert isinstance(as_declared_kind(Rides(), "riders", 3.6), int)
    assert isinstance(as_declared_kind(Rides(), "fare", 3), float)


@pytest.mark.parametrize(
    ("by", "end", "found"),
    [("riders", 5, 5), ("riders", 100, 50), ("seats", 0, 10), ("seats", 200, 200), ("fare", 0, 0)],
)
def test_an_end_is_drawn_in_to_what_is_no_contradiction(by, end, found):
    assert nearest_allowed_value(Rides(), by, end) == found


@pytest.mark.parametrize(("end", "found"), [(2001, 2015), (2150, 2064), (2030, 2030)])
def test_a_target_year_is_drawn_in_to_its_baseline(end, found):
    assert nearest_allowed_value(DigitalInclusion(), "target_year", end) == found


def test_an_indicator_that_is_no_number_is_none():
    assert indicator_number(topic.run(), "sold") == 5
    assert indicator_number(topic.run(), "word") is None
    assert indicator_number(topic.run(riders=0), "each") is None
