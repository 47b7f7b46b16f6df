"""What must always hold: a table reads back the same, however it was written."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.files import SPANS, WRITERS, csv_of, tidy, wide
from workbook.importers import read, template
from workbook.importers.writing import WRITERS as OURS
from workbook.tables.grid import parsed, parsed_fast, text_of
from workbook.topics.delivery.sales_tables import gcloud_sales
from workbook.topics.savings.tables import discount_rates
from workbook.topics.take_up.tables import service_kpis, take_up

SIGNS = st.characters(codec="utf-8", categories=["L", "N", "P", "S"], include_characters=" ")
NAMES = (
    st.text(SIGNS, min_size=1, max_size=12)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name and name[0] not in "[=+-@" and not _like_a_number(name))
)
COUNTS = st.none() | st.integers(0, 10**12)
POUNDS = st.none() | st.integers(0, 10**8).map(lambda pence: pence / 100)
FIGURES = st.tuples(COUNTS, COUNTS, POUNDS)
WINDOWS = st.tuples(FIGURES, FIGURES, FIGURES)
SERVICES = st.dictionaries(NAMES, WINDOWS, min_size=1, max_size=4)
CELLS = st.text(st.sampled_from("ab\",;\n\r '\t0"), max_size=4)


def _like_a_number(name):
    """Whether a spreadsheet would not give the name back as it was written."""
    try:
        return float(name) is not None
    except ValueError:
        return False


def cell(figure):
    return "" if figure is None else f"{figure}".removesuffix(".0")


def expected(services):
    """The rows that a table of these services has: those with a figure."""
    return [
        (name, month, *figures)
        for name, windows in services.items()
        for month, figures in zip(SPANS, windows, strict=True)
        if any(figure is not None for figure in figures)
    ]


def held(report):
    columns = ["service", "window_end", "volume", "digital_volume", "cost_per_transaction"]
    frame = report.frame[columns].astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("format_", WRITERS)
class TestAnyFormat:
    @settings(max_examples=25)
    @given(services=SERVICES)
    def test_a_tidy_table_reads_back(self, format_, services):
        rows = expected(services)
        if rows:
            written = tidy(*([*row[:2], *map(cell, row[2:])] for row in rows))
            assert held(read(take_up, WRITERS[format_](written), "x", part=True)) == rows

    @settings(max_examples=25)
    @given(services=SERVICES)
    def test_a_published_file_reads_back(self, format_, services):
        written = wide(
            *([name, *map(cell, chain.from_iterable(each))] for name, each in services.items())
        )
        found = held(read(take_up, WRITERS[format_](written), "x", part=True))
        assert found == expected(services)


@pytest.mark.parametrize("ending", OURS)
@settings(max_examples=25)
@given(services=SERVICES)
def test_what_we_write_reads_back(ending, services):
    rows = expected(services)
    if rows:
        written = tidy(*([*row[:2], *map(cell, row[2:])] for row in rows))
        frame = read(take_up, csv_of(written).encode(), "x", part=True).frame
        again = read(take_up, OURS[ending](take_up, frame), "x", part=True)
        assert again.frame.equals(frame)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_fast_way_and_the_careful_way_are_one(rows, end):
    text = end.join(",".join(row) for row in rows)
    careful, fast = _both(text)
    assert fast == careful or "cannot be read as CSV" in str(careful)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_a_quoted_text_is_one_however_it_is_read(rows):
    text = csv_of(rows)
    careful, fast = _both(text)
    assert fast == careful


def _both(text):
    content = text.encode()
    return _read(lambda content: parsed(text_of(content)), content), _read(parsed_fast, content)


def _read(how, content):
    """What a way of reading makes of a text: header and cells by row, or what it refuses."""
    try:
        grid = how(content)
    except ValueError as error:
        return str(error)
    columns = [[(each or "").strip() for each in column.to_pylist()] for column in grid.columns]
    return grid.header, list(grid.numbers), columns, grid.errors, grid.oddities


@pytest.mark.parametrize(
    "table", [take_up, service_kpis, discount_rates, gcloud_sales], ids=lambda table: table.name
)
class TestTemplate:
    def test_it_is_itself_valid(self, table):
        report = read(table, template(table).encode(), "template.csv")
        assert (report.errors, report.oddities) == ((), ())

    def test_it_has_every_column(self, table):
        assert template(table).splitlines()[0].split(",") == list(table.schema.columns)
