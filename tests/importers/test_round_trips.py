"""A table reads back the same from every format in which it can be written."""

import unicodedata
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.table_files import WINDOW_TITLES, WRITERS, published_rows, tidy_rows, to_csv
from workbook.importers import make_template, read_table_file
from workbook.importers.write_file import TABLE_WRITERS
from workbook.tables.raw_table import decode_utf8, parse_csv, parse_csv_fast
from workbook.topics.delivery.gcloud.data import gcloud_sales_schema
from workbook.topics.savings.data import discount_rates
from workbook.topics.take_up.data import service_kpis_table, take_up_table

NAME_CHARACTERS = st.characters(
    codec="utf-8", categories=["L", "N", "P", "S"], include_characters=" "
)
NAMES = (
    st.text(NAME_CHARACTERS, min_size=1, max_size=12)
    .map(lambda name: unicodedata.normalize("NFC", " ".join(name.split())))
    .filter(lambda name: name and name[0] not in "[=+-@" and not _reads_as_number(name))
)
COUNTS = st.none() | st.integers(0, 10**12)
POUNDS = st.none() | st.integers(0, 10**8).map(lambda pence: pence / 100)
FIGURES = st.tuples(COUNTS, COUNTS, POUNDS)
WINDOWS = st.tuples(FIGURES, FIGURES, FIGURES)
SERVICES = st.dictionaries(NAMES, WINDOWS, min_size=1, max_size=4)
CELLS = st.text(st.sampled_from("ab\",;\n\r '\t0"), max_size=4)


def _reads_as_number(name):
    """Return whether a spreadsheet would read the name as a number."""
    try:
        return float(name) is not None
    except ValueError:
        return False


def cell_text(figure):
    return "" if figure is None else f"{figure}".removesuffix(".0")


def expected_rows(services):
    """Return the rows that a table of these services has: those with a figure."""
    return [
        (name, month, *figures)
        for name, windows in services.items()
        for month, figures in zip(WINDOW_TITLES, windows, strict=True)
        if any(figure is not None for figure in figures)
    ]


def table_rows(report):
    columns = ["service", "window_end", "volume", "digital_volume", "cost_per_transaction"]
    frame = report.frame[columns].astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("format_", WRITERS)
class TestFormats:
    @settings(max_examples=25)
    @given(services=SERVICES)
    def test_a_tidy_table_reads_back_the_same(self, format_, services):
        rows = expected_rows(services)
        if rows:
            written = tidy_rows(*([*row[:2], *map(cell_text, row[2:])] for row in rows))
            assert (
                table_rows(
                    read_table_file(take_up_table, WRITERS[format_](written), "x", is_partial=True)
                )
                == rows
            )

    @settings(max_examples=25)
    @given(services=SERVICES)
    def test_a_published_file_reads_back_the_same(self, format_, services):
        written = published_rows(
            *(
                [name, *map(cell_text, chain.from_iterable(service))]
                for name, service in services.items()
            )
        )
        result = table_rows(
            read_table_file(take_up_table, WRITERS[format_](written), "x", is_partial=True)
        )
        assert result == expected_rows(services)


@pytest.mark.parametrize("ending", TABLE_WRITERS)
@settings(max_examples=25)
@given(services=SERVICES)
def test_an_imported_table_reads_back_the_same_after_writing(ending, services):
    rows = expected_rows(services)
    if rows:
        written = tidy_rows(*([*row[:2], *map(cell_text, row[2:])] for row in rows))
        frame = read_table_file(take_up_table, to_csv(written).encode(), "x", is_partial=True).frame
        read_again = read_table_file(
            take_up_table, TABLE_WRITERS[ending](take_up_table, frame), "x", is_partial=True
        )
        assert read_again.frame.equals(frame)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_fast_and_the_full_csv_parser_agree(rows, end):
    text = end.join(",".join(row) for row in rows)
    full_result, fast_result = _parse_both_ways(text)
    assert fast_result == full_result or "cannot be read as CSV" in str(full_result)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_both_csv_parsers_agree_on_quoted_text(rows):
    text = to_csv(rows)
    full_result, fast_result = _parse_both_ways(text)
    assert fast_result == full_result


def _parse_both_ways(text):
    content = text.encode()
    return _parse_or_error(
        lambda content: parse_csv(decode_utf8(content)), content
    ), _parse_or_error(parse_csv_fast, content)


def _parse_or_error(parse, content):
    """Return the header, row numbers, cells and issues that a parser gives, or its error."""
    try:
        raw_table = parse(content)
    except ValueError as error:
        return str(error)
    columns = [
        [(column_value or "").strip() for column_value in column.to_pylist()]
        for column in raw_table.columns
    ]
    return (
        raw_table.header,
        list(raw_table.row_numbers),
        columns,
        raw_table.errors,
        raw_table.warnings,
    )


@pytest.mark.parametrize(
    "table",
    [take_up_table, service_kpis_table, discount_rates, gcloud_sales_schema],
    ids=lambda table: table.name,
)
class TestTemplate:
    def test_a_template_is_a_valid_table(self, table):
        report = read_table_file(table, make_template(table).encode(), "template.csv")
        assert (report.errors, report.warnings) == ((), ())

    def test_a_template_has_every_column(self, table):
        assert make_template(table).splitlines()[0].split(",") == list(table.schema.columns)
