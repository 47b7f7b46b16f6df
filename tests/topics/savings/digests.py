"""Hash outcomes in worker processes: ``python -m tests.topics.savings.digests 1 0``.

Each number is the size of a pool of workers; 0 is the process itself. Put 0 last, so that pools
fork before the process has run anything else.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context

from tests.topics.savings.examples import hash_outcome
from workbook.topics.savings.parameters import Savings

DRAWS = 20_000
"""More draws than one block."""

SCENARIOS = tuple(Savings(draws=DRAWS, seed=seed, quarter="2012-Q4") for seed in (1, 2, 3))
"""A quarter before any service reports, so no take-up has to be forecast."""


def hash_by_workers(workers):
    """Hash the outcomes with a number of workers."""
    if not workers:
        return [hash_outcome(scenario) for scenario in SCENARIOS]
    start_method = "fork" if "fork" in get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(workers, mp_context=get_context(start_method)) as pool:
        return list(pool.map(hash_outcome, SCENARIOS))


if __name__ == "__main__":
    for count in sys.argv[1:]:
        print(*hash_by_workers(int(count)), flush=True)
