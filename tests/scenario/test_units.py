"""Units of parameters."""

from typing import get_args

import pytest

from workbook.scenario import Scenario, parameter
from workbook.scenario.parameter import ParameterUnit


def declare_scenario(unit):
    class Vouchers(Scenario):
        """A scenario with one parameter in this unit."""

        price: int = parameter(3_000, label="Price", unit=unit, meaning="Price of a voucher.")

    return Vouchers


@pytest.mark.parametrize("unit", get_args(ParameterUnit))
def test_a_parameter_has_any_of_the_units(unit):
    assert declare_scenario(unit).parameters()["price"].unit == unit


@pytest.mark.parametrize(
    ("unit", "suggestion"),
    [
        ("pounds", "Choose from: people; share; GBP; year; years; days; quarter; count; "),
        ("shares", 'Did you mean "share"?'),
        ("", "Choose from: people; "),
    ],
)
def test_an_unknown_unit_is_rejected_where_it_is_declared(unit, suggestion):
    with pytest.raises(TypeError, match=r"price: unit .* is unknown") as caught:
        declare_scenario(unit)
    assert suggestion in str(caught.value)
