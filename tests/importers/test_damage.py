"""Damaged files give a report with errors; they never raise an exception."""

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
INSERTED_BYTES = [
    b'"',
    b"\r",
    b"\n",
    b",",
    b"\xff",
    b"\0",
    b";",
    b"-",
    b"[x]",
    b"=",
    b"9" * 20,
    b"2014 to",
]
MUTATIONS = 150


def parquet_table(**columns):
    """Return a Parquet table of two rows, with these columns replaced."""
    names = ("department", "organisation", "service")
    rows = {name: ["X", "X"] for name in names}
    rows |= {"window_end": ["2014-03", "2014-06"], "volume": [1, 2], "digital_volume": [1, 2]}
    file = io.BytesIO()
    pq.write_table(pa.table({**rows, **columns}), file)
    return file.getvalue()


def read_report(content):
    """Read a file and check that its report can be written as JSON."""
    report = read_table_file(take_up_table, content, "given")
    assert report.as_dict()["rows"] == len(report.frame)
    return report


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_random_bytes_changed_gives_a_report(name):
    content, random_generator = FILES[name], random.Random(name)
    for _ in range(MUTATIONS):
        changed = bytearray(content)
        for _ in range(random_generator.randint(1, 4)):
            changed[random_generator.randrange(4, len(changed))] = random_generator.randrange(256)
        read_report(bytes(changed))


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_gives_a_report(name):
    content = FILES[name]
    for end in range(0, len(content), max(1, len(content) // 50)):
        read_report(content[:end])


@settings(max_examples=150)
@given(
    content=st.sampled_from([FILES["tidy csv"], FILES["wide csv"]]),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 2), st.sampled_from(INSERTED_BYTES)),
        min_size=1,
        max_size=6,
    ),
)
def test_a_csv_file_with_inserted_bytes_gives_a_report(content, cuts):
    for share, length, inserted in cuts:
        index = int(share * len(content))
        content = content[:index] + inserted + content[index + length :]
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
def test_a_parquet_column_of_an_unsupported_type_is_an_error(column, cells):
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
def test_a_parquet_column_of_a_supported_type_is_read(column, cells):
    report = read_report(parquet_table(**{column: cells}))
    assert report.errors == ()
    assert report.frame["service"].tolist() == ["X", "X"]
    assert report.frame["volume"].tolist() == [1, 2]
    assert report.frame["window_end"].tolist() == ["2014-03", "2014-06"]


def test_a_parquet_column_name_that_is_not_text_is_an_error():
    content = parquet_table(**{"a long name": [1, 2]}).replace(b"a long name", b"a \xff\xfeng name")
    [error] = read_report(content).errors
    assert "the Parquet file cannot be read" in error.message
