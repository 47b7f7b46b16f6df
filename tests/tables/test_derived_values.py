"""Values derived from a source once, for as long as it exists."""

import gc
import pickle
from collections.abc import Iterator

import pandas as pd
import pytest

from workbook.tables.derived_values import DerivedSequence, remember_by_source


def test_each_source_and_argument_is_derived_once() -> None:
    derived: list[int] = []

    @remember_by_source
    def scale_total(table: pd.DataFrame, factor: int) -> int:
        derived.append(factor)
        return int(table["volume"].sum()) * factor

    first, second = pd.DataFrame({"volume": [1, 2]}), pd.DataFrame({"volume": [1, 5]})
    assert [scale_total(first, 2), scale_total(first, 2), scale_total(first, 3)] == [6, 6, 9]
    assert [scale_total(second, 2), scale_total(second, factor=2)] == [12, 12]
    assert derived == [2, 3, 2, 2]


def test_a_source_that_is_gone_is_forgotten() -> None:
    derived: list[int] = []

    @remember_by_source
    def add_up(table: pd.DataFrame) -> int:
        derived.append(int(table["volume"].sum()))
        return derived[-1]

    for volume in range(20):  # new tables may stand where old ones stood
        assert add_up(pd.DataFrame({"volume": [volume]})) == volume
        gc.collect()
    assert derived == list(range(20))


def test_a_changed_table_is_derived_again() -> None:
    @remember_by_source
    def add_up(table: pd.DataFrame) -> int:
        return int(table["volume"].sum())

    table = pd.DataFrame({"volume": [1, 2]})
    assert add_up(table) == 3
    table.loc[0, "volume"] = 5
    assert add_up(table) == 7
    table["volume"] += 1
    assert add_up(table) == 9


def test_an_error_is_raised_each_time() -> None:
    @remember_by_source
    def read_volume(table: pd.DataFrame) -> float:
        return float(table["volume"].iloc[0])

    empty = pd.DataFrame({"volume": []})
    for _ in range(2):
        with pytest.raises(IndexError):
            read_volume(empty)


def test_a_sequence_is_derived_when_it_is_first_read() -> None:
    written: list[int] = []

    def write_notes() -> Iterator[str]:
        for number in (1, 2):
            written.append(number)
            yield f"Note {number}"

    notes = DerivedSequence(write_notes())
    assert written == []
    assert list(notes) == list(notes) == ["Note 1", "Note 2"]
    assert pickle.loads(pickle.dumps(notes))[1] == "Note 2"
    assert written == [1, 2]


def test_an_item_is_found_without_those_after_it() -> None:
    written: list[int] = []

    def write_numbers() -> Iterator[int]:
        for number in range(4):
            written.append(number)
            yield number

    numbers = DerivedSequence(write_numbers())
    assert numbers.find(lambda number: number == 1) == 1
    assert written == [0, 1]
    assert numbers.find(lambda number: number == 9) is None
    assert list(numbers) == written == [0, 1, 2, 3]


def test_items_before_one_that_fails_are_found() -> None:
    def fail_at_last() -> Iterator[int]:
        yield 0
        raise ValueError("no more")

    numbers = DerivedSequence(fail_at_last())
    assert numbers.find(lambda number: number == 0) == 0
    for _ in range(2):
        with pytest.raises(ValueError, match="no more"):
            len(numbers)
