"""The two parameters of every scenario with simulations."""

from typing import Any

from workbook.scenario.parameter import parameter


def draws_parameter() -> Any:  # noqa: ANN401  stands for the declared type, as parameter does
    """Declare the number of simulations."""
    return parameter(
        10_000,
        label="Draws",
        unit="count",
        meaning=(
            "How many times the uncertain assumptions are drawn to find the range and the chances."
        ),
        bounds=(100, 10_000_000),
        group="Data and draws",
    )


def seed_parameter() -> Any:  # noqa: ANN401  as above
    """Declare the random seed of the simulations."""
    return parameter(
        2014,
        label="Seed of the draws",
        unit="count",
        meaning="The number that the draws start from: the same seed gives the same draws.",
        bounds=(0, 2**32 - 1),
        group="Data and draws",
    )
