"""Outcomes worked out in processes of their own: ``python -m tests.topics.savings.digests 1 0``.

Each number is of the workers of a pool; 0 is the process itself, which comes last: it is forked
while it runs nothing else.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context

from tests.topics.savings.examples import hash_outcome
from workbook.topics.savings.parameters import Savings

DRAWS = 20_000
"""More than are worked out at a time."""

SCENARIOS = tuple(Savings(draws=DRAWS, seed=seed, quarter="2012-Q1") for seed in (1, 2, 3))
"""Of a quarter in which no service reports yet: there is no take-up to be forecast for them."""


def hash_by_workers(workers):
    """The outcomes' hashes, by so many workers."""
    if not workers:
        return [hash_outcome(scenario) for scenario in SCENARIOS]
    start_method = "fork" if "fork" in get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(workers, mp_context=get_context(start_method)) as pool:
        return list(pool.map(hash_outcome, SCENARIOS))


if __name__ == "__main__":
    for count in sys.argv[1:]:
        print(*hash_by_workers(int(count)), flush=True)
