"""A scenario gives the same bytes again, with more threads and in any number of workers."""

import os
import subprocess
import sys

from hypothesis import given, settings

from tests import ROOT
from tests.topics.savings.cases import FEW, digest, scenarios
from tests.topics.savings.digests import SCENARIOS, digests
from workbook.methods.draws import _kept
from workbook.topics.savings.scenario import Savings


@settings(max_examples=2)
@given(scenarios())
def test_the_same_seed_gives_the_same_bytes(scenario):
    first = digest(scenario)
    _kept.cache_clear()
    assert digest(scenario) == first


def test_another_seed_gives_others():
    assert digest(Savings(draws=FEW, seed=1)) != digest(Savings(draws=FEW, seed=2))


def test_the_same_bytes_with_any_number_of_threads_and_workers():
    """One thread, and in a pool of 1, 2 and 3 workers; two threads; and this process."""
    asked = {"1": ["1", "2", "3", "0"], "2": ["0"]}
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.topics.savings.digests", *workers],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            stdout=subprocess.PIPE,
            text=True,
        )
        for threads, workers in asked.items()
    ]
    said = "".join(each.communicate()[0] for each in begun).splitlines()
    assert len(said) == sum(map(len, asked.values()))
    assert len(set(digests(0))) == len(SCENARIOS)
    assert set(said) == {" ".join(digests(0))}
