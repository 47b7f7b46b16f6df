"""Damaged files: whatever their bytes, a report is made of them and nothing is raised."""

import datetime as dt
import decimal
import io
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.table_files import WRITERS, published_rows, tidy_rows
from workbook.importers import read_table_file
from workbook.topics.take_up.data import take_up_table

TIDY = tidy_rows(
    ["Renewals", "2014-03", "100", "80", "2.5"], ["Renewals", "2014-06", "120", "90", ""]
)
WIDE = published_rows(["Renewals", "", "", "", "100", "80", "2.5", "120", "90", ""])
FILES = {
    f"{shape} {format_}": write(rows)
    for shape, rows in {"tidy": TIDY, "wide": WIDE}.items()
    for format_, write in WRITERS.items()
}
SIGNS = [b'"', b"\r", b"\n", b",", b"\xff", b"\0", b";", b"-", b"[x]", b"=", b"9" * 20, b"2014 to"]
MUTATIONS = 150


def parquet_table(**columns):
    """A table of two rows with these columns in place of its own."""
    names = ("department", "organisation", "service")
    rows = {name: ["X", "X"] for name in names}
    rows |= {"window_end": ["2014-03", "2014-06"], "volume": [1, 2], "digital_volume": [1, 2]}
    file = io.BytesIO()
    pq.write_table(pa.table({**rows, **columns}), file)
    return file.getvalue()


def read_report(content):
    """The report on a file, which can be written as JSON."""
    report = read_table_file(take_up_table, content, "given")
    assert report.as_dict()["rows"] == len(report.frame)
    return report


@pytest.mark.parametrize("name", FILES)
def test_any_bytes_changed(name):
    content, chance = FILES[name], random.Random(name)
    for _ in range(MUTATIONS):
        changed = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(4, len(changed))] = chance.randrange(256)
        read_report(bytes(changed))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_short(name):
    content = FILES[name]
    for end in range(0, len(content), max(1, len(content) // 50)):
        read_report(content[:end])


@settings(max_examples=150)
@given(
    content=st.sampled_from([FILES["tidy csv"], FILES["wide csv"]]),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 2), st.sampled_from(SIGNS)),
        min_size=1,
        max_size=6,
    ),
)
def test_signs_put_into_a_text(content, cuts):
    for share, length, sign in cuts:
        index = int(share * len(content))
        content = content[:index] + sign + content[index + length :]
    read_report(content)


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("service", pa.array([b"X", b"\xff"])),
        ("service", pa.array([b"X", b"\xff"]).dictionary_encode()),
        ("volume", pa.array([b"1", b"\xff"])),
        ("volume", pa.array([{"a": 1}, {"a": 2}])),
        ("volume", pa.array([dt.time(1), dt.time(2)])),
        ("volume", pa.array([True, False])),
    ],
)
def test_kinds_of_cells_that_are_no_table_s(column, cells):
    assert read_report(parquet_table(**{column: cells})).errors


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("service", pa.array([b"X", b"X"])),
        ("service", pa.array(["X", "X"], pa.string_view())),
        ("service", pa.array(["X", "X"], pa.large_string())),
        ("window_end", pa.array([dt.date(2014, 3, 1), dt.date(2014, 6, 1)])),
        ("volume", pa.array([decimal.Decimal("1.0"), decimal.Decimal("2.0")])),
        (
            "volume",
            pa.array([decimal.Decimal("1.0"), decimal.Decimal("2.0")], pa.decimal256(60, 2)),
        ),
        ("volume", pa.array([1.0, 2.0]).cast(pa.float16())),
        ("volume", pa.array([1, 2]).dictionary_encode()),
    ],
)
def test_kinds_of_cells_that_are_read(column, cells):
    report = read_report(parquet_table(**{column: cells}))
    assert report.errors == ()
    assert report.frame["service"].tolist() == ["X", "X"]
    assert report.frame["volume"].tolist() == [1, 2]
    assert report.frame["window_end"].tolist() == ["2014-03", "2014-06"]


def test_names_of_columns_that_are_no_text():
    content = parquet_table(**{"a long name": [1, 2]}).replace(b"a long name", b"a \xff\xfeng name")
    [error] = read_report(content).errors
    assert "the Parquet file cannot be read" in error.message
