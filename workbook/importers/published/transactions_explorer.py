"""Read the published file of the Transactions Explorer as the table ``take_up``.

The file has a row for each service and columns for each window. Releases differ in their windows
and headers. The table has a row for each service and window with a figure.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from workbook.importers.published.window_headers import WindowHeaders, read_window_headers
from workbook.periods import month_from_index
from workbook.tables.issues import TableIssue, first_of_several
from workbook.tables.mapped_table import Location, MappedTable, unrecognised_column_issues
from workbook.tables.number_columns import is_numeric_type
from workbook.tables.raw_table import RawTable, joined_bytes, trim_cells
from workbook.tables.text_cleaning import clean_cells, control_character_issues
from workbook.text.quoting import quote_value, shorten_text
from workbook.text.suggestions import nearest_name

_PERIOD_COLUMN = "window_end"
_SERVICE_COLUMN_TITLES = {
    "department": ("department", "dept", "ministry", "department abbreviation"),
    "organisation": (
        "body agency",
        "agency body",
        "agency",
        "body",
        "organisation",
        "organization",
        "organisation name",
        "org",
        "agency abbreviation",
    ),
    "service": ("name of service", "service name", "service", "transaction name", "transaction"),
    "function": ("service type", "type of service", "function", "transaction type", "category"),
    "funding": ("business model", "funding", "funding model"),
    "source": ("source",),
}
"""Headers of the columns that describe a service, in any release, the most likely first."""

_REQUIRED_COLUMNS = {"department", "organisation", "service"}

_PERIOD_TITLES = ("window end", "period", "quarter", "month")
"""Headers of a file that has a row for each period, which is not a published one."""

_REQUIRED_MEASURES = ("volume", "digital_volume")

_UNUSED_COLUMNS = ("abbreviation", "url", "link", "description", "note", "customer", "contact")
"""Words of columns that are known and not needed."""

_NOT_LETTERS = re.compile(r"[^a-z]+")
_TITLE_SIMILARITY = 0.85


def recognises_transactions_header(header: tuple[str, ...]) -> bool:
    """Whether a header is that of a Transactions Explorer file: it has windows and services."""
    window_headers, folded_headers = read_window_headers(header, 1), {*map(_fold_header, header)}
    has_services = all(
        folded_headers.intersection(_SERVICE_COLUMN_TITLES[name]) for name in _REQUIRED_COLUMNS
    )
    is_wide = has_services and not folded_headers.intersection(_PERIOD_TITLES)
    return bool(window_headers.readable or (window_headers.errors and is_wide))


def map_transactions_explorer(raw_table: RawTable) -> MappedTable:
    """Map a Transactions Explorer file to the columns of ``take_up``.

    Args:
        raw_table: Header and cells of the file.

    Returns:
        The cells by column, with errors and warnings about headers and rows.
    """
    window_headers = read_window_headers(raw_table.header, raw_table.header_row)
    service_columns, header_warnings = _find_service_columns(
        raw_table, window_headers.known_headers
    )
    printed_headers = {
        name: raw_table.header[column_index] for name, column_index in service_columns.items()
    }
    texts = {name: _join_lines(raw_table.columns[at]) for name, at in service_columns.items()}
    is_repeated, errors = _find_repeated_services(
        texts, raw_table, printed_headers.get("service", "")
    )
    long_table = _LongTable(window_headers, raw_table, is_repeated)
    rows = pa.array(long_table.row_indices)
    cells: dict[str, pa.Array[Any]] = {name: text.take(rows) for name, text in texts.items()}
    window_ends = pa.array(
        [month_from_index(end) for end in long_table.window_ends], pa.string()
    ).dictionary_encode()
    cells[_PERIOD_COLUMN] = window_ends.take(pa.array(long_table.window_indices))
    cells |= long_table.measures or dict.fromkeys(_REQUIRED_MEASURES, pa.nulls(0, pa.string()))
    row_numbers = np.asarray(raw_table.row_numbers, np.int64)[long_table.row_indices]

    def locate(position: int, column: str) -> Location:
        if column == _PERIOD_COLUMN:
            return raw_table.header_row, long_table.first_header_text(position)
        header_text = printed_headers.get(column) or long_table.header_text(position, column)
        return int(row_numbers[position]), header_text

    warnings = (
        *raw_table.warnings,
        *window_headers.warnings,
        *header_warnings,
        *_control_character_warnings(raw_table, service_columns),
        *_empty_service_warnings(long_table, raw_table, is_repeated),
    )
    return MappedTable(
        cells,
        row_numbers,
        locate,
        (*raw_table.errors, *window_headers.errors, *errors),
        warnings,
        is_quarterly=window_headers.is_quarterly,
    )


class _LongTable:
    """Figures by service and window, without windows in which a service has none."""

    def __init__(
        self, window_headers: WindowHeaders, raw_table: RawTable, left_out: npt.NDArray[np.bool_]
    ) -> None:
        self.window_ends = sorted({header.end for header in window_headers.readable})
        self._window_headers = {(head.measure, head.end): head for head in window_headers.readable}
        shape = (len(self.window_ends), len(left_out))
        measures = {
            measure: trim_cells(self._stack_windows(measure, raw_table))
            for measure in dict.fromkeys(head.measure for head in window_headers.readable)
        }
        has_figure = np.zeros(shape, bool)
        for cells in measures.values():
            has_figure |= pc.is_valid(cells).to_numpy(zero_copy_only=False).reshape(shape)
        has_figure[:, left_out] = False
        self.row_indices, self.window_indices = np.nonzero(has_figure.T)
        flat_indices = pa.array(self.window_indices * len(left_out) + self.row_indices)
        self.measures = {name: cells.take(flat_indices) for name, cells in measures.items()}

    def _stack_windows(self, measure: str, raw_table: RawTable) -> pa.Array:
        """Concatenate the cells of a measure over all windows, as text if any is text."""
        headers = [self._window_headers.get((measure, end)) for end in self.window_ends]
        columns = [raw_table.columns[header.column_index] for header in headers if header]
        data_type = (
            pa.float64() if all(is_numeric_type(column.type) for column in columns) else pa.string()
        )
        columns = [
            column if column.type == data_type else column.cast(data_type) for column in columns
        ]
        remaining_columns = iter(columns)
        blank = pa.nulls(len(raw_table.row_numbers), data_type)
        return pa.concat_arrays([next(remaining_columns) if head else blank for head in headers])

    def header_text(self, position: int, measure: str) -> str:
        """Header in the file of a measure's cell."""
        header = self._window_headers.get(
            (measure, self.window_ends[self.window_indices[position]])
        )
        return header.text if header else measure

    def first_header_text(self, position: int) -> str:
        """First header in the file of a cell's window."""
        end = self.window_ends[self.window_indices[position]]
        return min(
            (header for header in self._window_headers.values() if header.end == end),
            key=lambda h: h.column_index,
        ).text


def _find_service_columns(
    raw_table: RawTable, window_headers: set[str]
) -> tuple[dict[str, int], list[TableIssue]]:
    """Find the columns that describe a service, and warn of columns that are not recognised."""
    folded_headers = [_fold_header(name) for name in raw_table.header]
    service_columns: dict[str, int] = {}
    header_warnings: list[TableIssue] = []
    for name, titles in _SERVICE_COLUMN_TITLES.items():
        column_index = next(
            (folded_headers.index(title) for title in titles if title in folded_headers), None
        )
        if column_index is not None and column_index not in service_columns.values():
            service_columns[name] = column_index
    for name in _REQUIRED_COLUMNS - set(service_columns):
        title = _SERVICE_COLUMN_TITLES[name][0]
        if similar_header := nearest_name(title, folded_headers, _TITLE_SIMILARITY):
            service_columns[name] = folded_headers.index(similar_header)
            header_text = raw_table.header[service_columns[name]]
            header_warnings.append(
                TableIssue(
                    raw_table.header_row, header_text, header_text, f'is read as column "{name}"'
                )
            )
    unused_headers = {
        head
        for head, text in zip(raw_table.header, folded_headers, strict=True)
        if head not in window_headers and any(word in text for word in _UNUSED_COLUMNS)
    }
    known_headers = {
        *window_headers,
        *unused_headers,
        *(raw_table.header[at] for at in service_columns.values()),
        "",
    }
    return service_columns, [
        *header_warnings,
        *unrecognised_column_issues(raw_table.header, known_headers, raw_table.header_row),
    ]


def _fold_header(name: str) -> str:
    return " ".join(_NOT_LETTERS.sub(" ", name.lower()).split())


def _as_text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _join_lines(column: pa.Array) -> pa.Array:
    """Replace line breaks inside texts by spaces, and dictionary-encode the texts."""
    texts = _as_text(column)
    all_bytes = joined_bytes(texts)
    if b"\n" in all_bytes or b"\r" in all_bytes:
        texts = pc.replace_substring_regex(texts, r"\s*[\r\n]+\s*", " ")
    return clean_cells(texts).dictionary_encode()


def _control_character_warnings(
    raw_table: RawTable, service_columns: Mapping[str, int]
) -> Iterator[TableIssue]:
    for at in service_columns.values():
        yield from control_character_issues(
            raw_table.header[at], raw_table.columns[at], raw_table.row_numbers
        )


def _find_repeated_services(
    texts: Mapping[str, pa.Array], raw_table: RawTable, service_header: str
) -> tuple[npt.NDArray[np.bool_], list[TableIssue]]:
    """Find rows that repeat the service of an earlier row, with an error for each."""
    is_repeated = np.zeros(len(raw_table.row_numbers), bool)
    errors: list[TableIssue] = []
    first_rows: dict[tuple[int | None, ...], int] = {}
    name_columns = [texts[name] for name in ("organisation", "service") if name in texts]
    pairs = list(zip(*(column.indices.to_pylist() for column in name_columns), strict=True))
    if len(name_columns) == 1 or len(set(pairs)) == len(pairs):
        return is_repeated, errors
    for row_index, pair in enumerate(pairs):
        if None in pair:
            continue
        if first_rows.setdefault(pair, row_index) != row_index:
            is_repeated[row_index] = True
            organisation, service = (column[row_index].as_py() for column in name_columns)
            row = raw_table.row_numbers[first_rows[pair]]
            message = (
                f"{quote_value(service)} of {shorten_text(organisation)} is already in row {row}"
            )
            errors.append(
                TableIssue(raw_table.row_numbers[row_index], service_header, service, message)
            )
    return is_repeated, errors


def _empty_service_warnings(
    long_table: _LongTable, raw_table: RawTable, is_repeated: npt.NDArray[np.bool_]
) -> Iterator[TableIssue]:
    """Warn once of services without a figure in any window."""
    is_empty = ~is_repeated
    is_empty[long_table.row_indices] = False
    if rows := np.flatnonzero(is_empty).tolist():
        message = "row without a figure in any window, ignored"
        row_count = first_of_several(len(rows), "rows")
        yield TableIssue(raw_table.row_numbers[rows[0]], None, None, message + row_count)
