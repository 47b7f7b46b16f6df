"""Attribute the difference of two scenarios to the parameters that differ."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.analysis.scenario_runner import ScenarioRunner, indicator_numbers
from workbook.analysis.steps import Steps
from workbook.methods.arrays import FloatArray
from workbook.methods.shapley import order_contributions, sample_orders, shapley_values
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.tables import TableError

MOST_EXACT_GROUPS = 8
"""Groups of parameters up to which every mixture is run: 256 of them."""

_SAMPLED_RUNS = 256
"""Runs of the model for random orders, about, where there are more groups."""

_ORDER_SEED = 2014

Groups = tuple[int, ...]
"""Groups of parameters that change together, each as a number whose bits are the parameters."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """The difference of two scenarios in every indicator, by what causes it.

    Attributes:
        groups: Names of the parameters of each group, in the order in which they are shown. A group
            has several where one without the others contradicts the rest.
        indicators: Names of the indicators.
        in_order: Contribution of each group if they change one at a time in the order shown, shape
            (groups, indicators). All of an indicator are NaN if it is missing on the way.
        average: Contribution averaged over orders (Shapley), of the same shape. All of an indicator
            are NaN if it is missing in a mixture.
        sampled_orders: Number of random orders of the average; 0 if it is over all orders.
    """

    groups: tuple[tuple[str, ...], ...]
    indicators: tuple[str, ...]
    in_order: FloatArray
    average: FloatArray
    sampled_orders: int


def attribute_difference(
    runner: ScenarioRunner, first: Outcome, last: Outcome
) -> Steps[Attribution]:
    """Attribute the difference of two outcomes step by step; the caller may stop between steps.

    Each mixture takes some parameters from one scenario and the rest from the other, and is run
    once. With more than ``MOST_EXACT_GROUPS`` groups the average is over random orders.

    Args:
        runner: Runs the topic's model.
        first: Outcome of the scenario to start from.
        last: Outcome of the scenario to end at.

    Yields:
        None after each run of the model.

    Returns:
        The attribution.
    """
    mixtures = _Mixtures(runner, first, last)
    keys: list[int] = []
    while not (keys and all(map(mixtures.is_allowed, keys))):
        groups = _merge_contradicting(len(mixtures.names), mixtures.is_allowed)
        orders = _sampled_orders(len(groups))
        keys = _needed_mixtures(groups)
        yield from mixtures.run_all(keys)  # up to one that the model rejects: group again
    values = {_group_key(key, groups): mixtures.numbers[key] for key in keys}
    in_order = order_contributions(values, range(len(groups)))
    average = (
        np.mean([order_contributions(values, order) for order in orders], axis=0)
        if orders
        else shapley_values([values[key] for key in sorted(values)])
    )
    return Attribution(
        tuple(mixtures.names_in(group) for group in groups),
        mixtures.indicators,
        _blank_unknown(in_order.reshape(average.shape)),
        _blank_unknown(average),
        len(orders),
    )


class _Mixtures:
    """Mixtures of two scenarios, each a number whose bits say what comes from the last one."""

    def __init__(self, runner: ScenarioRunner, first: Outcome, last: Outcome) -> None:
        self._runner, self._first = runner, first.scenario
        start, end = first.scenario.values(), last.scenario.values()
        self._changes = {name: end[name] for name in start if end[name] != start[name]}
        self.names = list(self._changes)
        self._is_allowed: dict[int, bool] = {}
        self.indicators = tuple(indicator.name for indicator in first.indicators)
        ends = {0: first, (1 << len(self.names)) - 1: last}
        self.numbers = {key: self._number_array(outcome) for key, outcome in ends.items()}

    def names_in(self, key: int) -> tuple[str, ...]:
        """Names of the parameters in a set."""
        return tuple(name for place, name in enumerate(self.names) if key >> place & 1)

    def is_allowed(self, key: int) -> bool:
        """Whether neither the scenario nor, as far as it has been run, the model rejects it."""
        if key not in self._is_allowed:
            try:
                self._scenario(key)
            except ScenarioError:
                self._is_allowed[key] = False
            else:
                self._is_allowed[key] = True
        return self._is_allowed[key]

    def run_all(self, keys: Iterable[int]) -> Iterator[None]:
        """Run the mixtures that have not been run, until the model rejects one."""
        for key in keys:
            if key not in self.numbers:
                try:
                    self.numbers[key] = self._number_array(self._runner.run(self._scenario(key)))
                except (ScenarioError, TableError):
                    self._is_allowed[key] = False
                    return
                yield

    def _scenario(self, key: int) -> Scenario:
        return self._first.replace(**{name: self._changes[name] for name in self.names_in(key)})

    def _number_array(self, outcome: Outcome) -> FloatArray:
        numbers = indicator_numbers(outcome)
        return np.array([numbers.get(name, np.nan) for name in self.indicators], np.float64)


def _merge_contradicting(count: int, is_allowed: Callable[[int], bool]) -> Groups:
    """Group parameters until every mixture that is asked for is allowed.

    Args:
        count: Number of parameters. None of them and all of them are allowed.
        is_allowed: Whether a set of parameters may change without the others.

    Returns:
        The groups, in the order of their first parameters.
    """
    groups = [1 << place for place in range(count)]
    while contradiction := _find_contradiction(groups, is_allowed):
        groups = [group for group in groups if not group & contradiction] + [contradiction]
        groups.sort(key=lambda group: group & -group)
    return tuple(groups)


def _find_contradiction(groups: Sequence[int], is_allowed: Callable[[int], bool]) -> int:
    """Smallest union of groups that must change together, as far as can be seen; 0 if none must."""
    for key in _needed_mixtures(groups):
        if not is_allowed(key):
            rejected = _drop_groups(groups, key, lambda smaller: not is_allowed(smaller))
            others = [group for group in groups if not group & rejected]
            return _drop_groups(others, sum(groups), is_allowed)
    return 0


def _needed_mixtures(groups: Sequence[int]) -> list[int]:
    """Mixtures that the attribution needs, the smallest first."""
    orders = _sampled_orders(len(groups))
    keys = (
        _list_mixtures(groups, [range(len(groups)), *orders])
        if orders
        else {_join_groups(groups, group_key) for group_key in range(1 << len(groups))}
    )
    return sorted(keys, key=lambda key: (key.bit_count(), key))


def _drop_groups(groups: Sequence[int], key: int, is_kept: Callable[[int], bool]) -> int:
    """Take groups out of a set, one after the other, while the rest still passes the test."""
    for group in groups:
        if key & group and is_kept(key & ~group):
            key &= ~group
    return key


def _sampled_orders(group_count: int) -> list[tuple[int, ...]]:
    """Random orders; none where there are so few groups that all mixtures are run."""
    if group_count <= MOST_EXACT_GROUPS:
        return []
    return sample_orders(group_count, max(2, _SAMPLED_RUNS // group_count), _ORDER_SEED)


def _list_mixtures(groups: Sequence[int], orders: Iterable[Sequence[int]]) -> set[int]:
    """Every mixture on the way through the orders."""
    keys = {0}
    for order in orders:
        key = 0
        for place in order:
            key |= groups[place]
            keys.add(key)
    return keys


def _join_groups(groups: Sequence[int], group_key: int) -> int:
    """Parameters in the groups whose places are the bits of a number."""
    return sum(group for place, group in enumerate(groups) if group_key >> place & 1)


def _group_key(key: int, groups: Sequence[int]) -> int:
    """The opposite of ``_join_groups``."""
    return sum(1 << place for place, group in enumerate(groups) if key & group)


def _blank_unknown(contributions: FloatArray) -> FloatArray:
    """NaN for every contribution to an indicator of which one is not known."""
    is_unknown = np.isnan(contributions).any(axis=0)
    return np.where(is_unknown, np.nan, contributions)
