"""The two parameters of every scenario with simulations."""

from typing import Any

from workbook.scenario.parameter import parameter


def draws_parameter() -> Any:  # noqa: ANN401  stands for the declared type, as parameter does
    """Declare the number of simulations."""
    return parameter(
        10_000,
        label="Simulations",
        unit="count",
        meaning="Number of times the uncertain assumptions are varied, to estimate probabilities.",
        bounds=(100, 10_000_000),
        group="Data and simulations",
    )


def seed_parameter() -> Any:  # noqa: ANN401  as above
    """Declare the random seed of the simulations."""
    return parameter(
        2014,
        label="Random seed",
        unit="count",
        meaning="Starting number of the simulations. The same seed gives the same simulations.",
        bounds=(0, 2**32 - 1),
        group="Data and simulations",
    )
