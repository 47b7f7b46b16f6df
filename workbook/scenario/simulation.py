"""Simulations of a scenario: their two parameters, and draws of the assumptions."""

from typing import Any

from workbook.methods.arrays import FloatArray
from workbook.methods.draws import draw_pert
from workbook.scenario.parameter import parameter
from workbook.scenario.scenario import Scenario
from workbook.scenario.value_text import ParameterValue


def draws_parameter() -> Any:  # noqa: ANN401  stands for the declared type, as parameter does
    """Declare the number of simulations."""
    return parameter(
        10_000,
        label="Simulations",
        unit="count",
        meaning="Number of times the uncertain assumptions are varied, to estimate probabilities.",
        bounds=(100, 10_000_000),
        page_limit=100_000,
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


def draw_samples(
    scenario: Scenario, count: int, seed: int
) -> dict[str, FloatArray | ParameterValue]:
    """Draw the assumptions of a scenario for its simulations.

    Each assumption has a random stream of its own, so changing one leaves the draws of the others
    unchanged.

    Args:
        scenario: Scenario whose values are the modes of the distributions.
        count: Number of simulations.
        seed: Random seed.

    Returns:
        Draws of shape (count,) for each assumption, and the value of each lever, by name.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> samples = draw_samples(topic.Scenario(), count=1_000, seed=2014)
        >>> samples["programme_starts"], samples["dropout"].shape
        (300000, (1000,))
    """
    sampled: dict[str, FloatArray | ParameterValue] = dict(scenario.values())
    for name, declaration in scenario.parameters().items():
        if declaration.range:
            value = float(sampled[name])
            low, high = declaration.range_around(value)
            sampled[name] = draw_pert(low, value, high, count=count, seed=seed, name=name)
    return sampled
