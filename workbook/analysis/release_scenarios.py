"""Scenarios on which two releases of a model are compared: ends of ranges and random draws."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

import numpy as np

from workbook.methods.draws import random_stream
from workbook.periods import shift_quarter
from workbook.scenario import Parameter, ParameterValue, Scenario, ScenarioError
from workbook.topic import Topic

_RANDOM_COUNT: Final = 40
"""Random scenarios of a topic."""

_DRAWS: Final = 200
"""Simulations in each scenario, at most: both releases draw the same."""

_SEED: Final = 2014
_FIXED: Final = frozenset({"draws", "seed"})
_QUARTER: Final = "quarter"
_QUARTER_SHIFTS: Final = (-2, -1, 0, 1, 2, 3, 4)
"""Quarters around the default one."""

Values = dict[str, ParameterValue]


def release_scenarios(topic: Topic, names: Collection[str]) -> list[Values]:
    """Choose scenarios that cover what a topic's parameters declare.

    A parameter varies over its range; without one, over its choices or its bounds. The quarter
    varies around its default. Texts, and bounds that are open, stay at their defaults.

    Args:
        topic: The topic, in this release.
        names: Names of the parameters that the other release has too. Others keep their defaults.

    Returns:
        All values of each scenario: the default, each parameter at each of its ends or choices, all
        of them at their low and at their high ends, and random ones. None is repeated, and none
        contradicts itself.
    """
    base = _limit_draws(topic.Scenario())
    domains = {
        name: domain
        for name, parameter in topic.Scenario.parameters().items()
        if name in names and name not in _FIXED and (domain := _find_domain(parameter))
    }
    scenarios = [base, *_list_ends(base, domains), *_draw_scenarios(base, domains, topic.name)]
    return [scenario.values() for scenario in dict.fromkeys(scenarios)]


def _find_domain(parameter: Parameter) -> tuple[ParameterValue, ...]:
    """The choices, or the low and high value; empty for a parameter that stays as it is."""
    if parameter.name == _QUARTER:
        return tuple(shift_quarter(str(parameter.default), shift) for shift in _QUARTER_SHIFTS)
    if parameter.choices:
        return parameter.choices
    if parameter.kind == "string":
        return ()
    low, high = parameter.range or parameter.bounds
    if parameter.page_limit is not None and high is not None:
        high = min(high, parameter.page_limit)
    return () if low is None or high is None or low == high else (low, high)


def _list_ends(
    base: Scenario, domains: Mapping[str, tuple[ParameterValue, ...]]
) -> Iterator[Scenario]:
    for name, domain in domains.items():
        for value in domain:
            yield _with_values(base, {name: value})
    for place in (0, -1):
        yield _with_values(
            base,
            {name: domain[place] for name, domain in domains.items() if name != _QUARTER},
        )


def _draw_scenarios(
    base: Scenario, domains: Mapping[str, tuple[ParameterValue, ...]], topic: str
) -> Iterator[Scenario]:
    generator = random_stream(_SEED, "release", topic)
    for _ in range(_RANDOM_COUNT if domains else 0):
        yield _with_values(
            base,
            {name: _draw_value(base, name, domain, generator) for name, domain in domains.items()},
        )


def _draw_value(
    base: Scenario,
    name: str,
    domain: tuple[ParameterValue, ...],
    generator: np.random.Generator,
) -> ParameterValue:
    kind = base.parameters()[name].kind
    if kind == "string":
        return domain[int(generator.integers(len(domain)))]
    value = float(generator.uniform(float(domain[0]), float(domain[-1])))
    return round(value) if kind == "integer" else value


def _with_values(scenario: Scenario, values: Values) -> Scenario:
    """Change parameters one by one, leaving out each change that contradicts the others."""
    for name, value in values.items():
        kind = scenario.parameters()[name].kind
        typed: Callable[[ParameterValue], ParameterValue] = {
            "integer": int,
            "number": float,
            "string": str,
        }[kind]
        try:
            scenario = scenario.with_value(name, typed(value))
        except ScenarioError:
            continue
    return scenario


def _limit_draws(scenario: Scenario) -> Scenario:
    draws = scenario.values().get("draws")
    return scenario if draws is None else _with_values(scenario, {"draws": min(int(draws), _DRAWS)})
