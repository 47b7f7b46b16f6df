"""Shapley values: what each player adds to the value of all together."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray
from workbook.methods.draws import random_stream

_PAIR = 2
"""Orders in an antithetic pair: one, and its reverse."""


def shapley_values(subset_values: npt.ArrayLike) -> FloatArray:
    """Share the value of all players among them by the Shapley value (Shapley, 1953).

    A player's share is what the player adds to those who came before, averaged over all n! orders:
    φ_i = Σ_S s! (n − s − 1)! / n! (v(S with i) − v(S)), over every set S of s players without i.
    The shares add up to v(all) − v(none).

    Args:
        subset_values: Value of every subset of n players, shape (2ⁿ,) or (2ⁿ, k) for k measures. A
            subset's place is the number whose bit i says whether player i belongs to it.

    Returns:
        Share of each player, shape (n,) or (n, k), in the unit of the values. A measure that is NaN
        for any subset is NaN for every player.

    Raises:
        ValueError: The number of subsets is not a power of 2.

    Example:
        The first two players are worth 6 only together; the third adds 1 to any set:

        >>> shapley_values([0, 0, 0, 6, 1, 1, 1, 7]).tolist()
        [3.0, 3.0, 1.0]
    """
    values = np.asarray(subset_values, np.float64)
    player_count = max(len(values).bit_length() - 1, 0)
    if len(values) != 1 << player_count:
        raise ValueError(f"there are {len(values)} subsets: there must be a power of 2")
    subsets = np.arange(len(values))
    sizes = np.bitwise_count(subsets)
    size_weights = np.array(
        [
            1 / (player_count * math.comb(player_count - 1, size)) if player_count else 0.0
            for size in range(player_count)
        ]
    )
    shares = np.empty((player_count, *values.shape[1:]))
    for player in range(player_count):
        without = subsets[(subsets >> player) & 1 == 0]
        gains = values[without | (1 << player)] - values[without]
        shares[player] = np.tensordot(size_weights[sizes[without]], gains, axes=1)
    return shares


def order_contributions(
    subset_values: Mapping[int, npt.ArrayLike], order: Sequence[int]
) -> FloatArray:
    """What each player adds to the value if the players come one at a time, in one order.

    Args:
        subset_values: Value of every subset on the way, by the number whose bit i says whether
            player i belongs to it; each of shape () or (k,).
        order: Every player once.

    Returns:
        What each player adds, by player and not by place in the order, shape (n,) or (n, k).

    Example:
        >>> order_contributions({0b00: 10, 0b10: 12, 0b11: 19}, order=[1, 0]).tolist()
        [7.0, 2.0]
    """
    added: dict[int, FloatArray] = {}
    subset = 0
    for player in order:
        larger = subset | (1 << player)
        before, after = (np.asarray(subset_values[key], np.float64) for key in (subset, larger))
        added[player], subset = after - before, larger
    return np.array([added[player] for player in sorted(added)])


def sample_orders(player_count: int, order_count: int, seed: int) -> list[tuple[int, ...]]:
    """Draw random orders of the players in antithetic pairs, to estimate Shapley values.

    The average of ``order_contributions`` over random orders estimates the Shapley values (Castro,
    Gómez and Tejada, 2009). In every order the contributions add up to the whole, so the average
    does too. The reverse of each order is drawn with it, which reduces the error (Mitchell and
    others, 2022).

    Args:
        player_count: Number of players.
        order_count: Number of orders; an odd number is rounded up.
        seed: Random seed.

    Returns:
        The orders.

    Example:
        >>> first, second = sample_orders(4, 2, seed=1)
        >>> sorted(first), first == second[::-1]
        ([0, 1, 2, 3], True)
    """
    generator = random_stream(seed, "orders")
    orders = [
        tuple(generator.permutation(player_count).tolist())
        for _ in range(math.ceil(order_count / _PAIR))
    ]
    return [order for drawn in orders for order in (drawn, drawn[::-1])]
