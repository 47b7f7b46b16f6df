"""A scenario gives the same bytes in every run, with any number of threads and workers."""

import os
import subprocess
import sys

from hypothesis import given, settings

from tests import ROOT
from tests.topics.savings.digests import SCENARIOS, hash_by_workers
from tests.topics.savings.examples import FEW_DRAWS, hash_outcome, valid_scenarios
from workbook.methods.draws import _draw_pert_cached
from workbook.topics.savings.parameters import Savings


@settings(max_examples=2)
@given(valid_scenarios())
def test_the_same_seed_gives_the_same_bytes(scenario):
    first = hash_outcome(scenario)
    _draw_pert_cached.cache_clear()
    assert hash_outcome(scenario) == first


def test_another_seed_gives_other_bytes():
    assert hash_outcome(Savings(draws=FEW_DRAWS, seed=1)) != hash_outcome(
        Savings(draws=FEW_DRAWS, seed=2)
    )


def test_the_same_bytes_with_any_number_of_threads_and_workers():
    """Compare one thread with pools of 1, 2 and 3 workers, two threads, and this process."""
    workers_by_threads = {"1": ["1", "2", "3", "0"], "2": ["0"]}
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.topics.savings.digests", *workers],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            stdout=subprocess.PIPE,
            text=True,
        )
        for threads, workers in workers_by_threads.items()
    ]
    text = "".join(process.communicate()[0] for process in begun).splitlines()
    assert len(text) == sum(map(len, workers_by_threads.values()))
    assert len(set(hash_by_workers(0))) == len(SCENARIOS)
    assert set(text) == {" ".join(hash_by_workers(0))}
