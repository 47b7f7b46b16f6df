"""Requests of sweeps: their chunks make up every combination, and their keys tell them apart."""

import itertools
from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.example_topic import Rides
from workbook.analysis.sweep_request import SweepRequest

VALUES = {"riders": [1, 2], "paying": [0.1, 0.5, 0.9], "line": ["12", "13"]}


def make_request(values, *, with_simulations=True):
    return SweepRequest("rides", Rides(), values, with_simulations, "1", {"table": "hash"})


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_the_chunks_are_every_combination_in_order(counts):
    values = {f"p{position}": list(range(count)) for position, count in enumerate(counts)}
    request = make_request(values)
    frames = [request.chunk_rows(chunk) for chunk in range(request.chunk_count)]
    assert all(len(frame) == request.chunk_size for frame in frames[:-1])
    rows = pd.concat(frames).to_numpy().tolist()
    assert rows == [list(row) for row in itertools.product(*values.values())]


def test_values_keep_their_kind():
    rows = make_request(VALUES).chunk_rows(0)
    assert rows.to_dict("records")[1] == {"riders": 1, "paying": 0.1, "line": "13"}


def test_the_key_changes_with_all_that_decides_the_result():
    request = make_request(VALUES)
    others = [
        replace(request, topic="buses"),
        replace(request, base=Rides(fare=3)),
        replace(request, values={**VALUES, "riders": [1, 3]}),
        make_request(VALUES, with_simulations=False),
        replace(request, release="2"),
        replace(request, data={"table": "other"}),
    ]
    assert len({request.key, *(other.key for other in others)}) == 7
    assert make_request(dict(VALUES)).key == request.key
