"""A grid: what a file holds, as a header and columns of cells, whatever they mean."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as fast

from workbook.tables.issues import MAXIMUM_LISTED_ISSUES, TableIssue

EMPTY_FILE_MESSAGE = "the file is empty: a table needs a header and rows"
NO_ROWS_MESSAGE = "the file has a header and no rows"
_BLANK_ROW_MESSAGE = "the row is blank and was left out"
_FEWEST_RECORDS = 2
LONGEST_HEADER = 20_000
"""Characters of a header; one that is longer is read as carefully as it deserves."""


class EncodingError(ValueError):
    """Bytes that are no text in UTF-8."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """The header and the columns of a file, Arrow arrays of one length: text, as a rule.

    ``numbers`` are the rows' numbers as a spreadsheet counts records, ``header_row`` is the
    header's. ``errors`` tells of rows that were left out because they do not fit the header,
    ``oddities`` of those that hold nothing.
    """

    header: tuple[str, ...]
    header_row: int
    columns: Sequence[pa.Array]
    row_numbers: Sequence[int]
    errors: tuple[TableIssue, ...] = ()
    warnings: tuple[TableIssue, ...] = ()


def decode_utf8(content: bytes) -> str:
    """The text of a file in UTF-8.

    Raises ValueError for what is empty, and EncodingError for what is binary or not in UTF-8.
    """
    if not content.strip():
        raise ValueError(EMPTY_FILE_MESSAGE)
    if b"\0" in content:
        msg = "the file is binary, not a table as text: save it as CSV UTF-8"
        raise EncodingError(msg)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the file is not text in UTF-8 (byte {error.start + 1}): save it as CSV UTF-8"
        raise EncodingError(msg) from None


def parse_csv(text: str, delimiter: str = ",") -> RawTable:
    """The grid of a text, every record looked at. Raises ValueError where the text is no table."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    try:
        return build_raw_table(reader)
    except csv.Error as error:
        msg = f"the file cannot be read as CSV: {error} (line {reader.line_num})"
        raise ValueError(msg) from None


def parse_csv_fast(content: bytes, delimiter: str = ",") -> RawTable:
    """What ``parsed`` gives of a text in UTF-8, sooner where it is plain: Arrow takes it whole.

    Arrow neither counts blank rows nor says which row is too long: where there may be one, or a
    quotation mark that is not where it belongs, every record is looked at.
    """
    needs_careful_parsing = (
        _has_unusual_quotes(content, delimiter) or content[:1] in b"\r\n" or b"\0" in content
    )
    raw_table = None if needs_careful_parsing else _parse_with_arrow(content, delimiter)
    return raw_table or parse_csv(decode_utf8(content), delimiter)


def _has_unusual_quotes(content: bytes, delimiter: str) -> bool:
    """Whether a quoted cell does not end, or has blanks before it, which Arrow takes for its."""
    content_bytes = np.frombuffer(content, np.uint8)
    quotes = np.flatnonzero(content_bytes == ord('"'))
    quotes_after_space = quotes[content_bytes[quotes - 1] == ord(" ")].tolist()
    cell_boundaries = (delimiter.encode(), b"\r", b"\n", codecs.BOM_UTF8)
    return len(quotes) % 2 == 1 or any(
        _bytes_before(content, position).endswith(cell_boundaries)
        for position in quotes_after_space
    )


def _bytes_before(content: bytes, position: int) -> bytes:
    """The last few bytes before the blanks before a place; a line's end, where there are none."""
    while position and content[position - 1] == ord(" "):
        position -= 1
    return content[max(position - len(codecs.BOM_UTF8), 0) : position] or b"\n"


def _parse_with_arrow(content: bytes, delimiter: str) -> RawTable | None:
    """The grid of a plain text, None where it is not plain."""
    try:
        start = io.StringIO(content[:LONGEST_HEADER].decode("utf-8-sig", "ignore"), newline="")
        header_cells = next(csv.reader(start, delimiter=delimiter, strict=True))
        columns = _read_columns_with_arrow(content, header_cells, delimiter)
    except (csv.Error, pa.ArrowInvalid, StopIteration):
        return None
    if len(header_cells) == 1 or len(columns) != len(header_cells) or _has_blank_cell(columns[0]):
        return None
    header = tuple(name.strip() for name in header_cells)
    return RawTable(header, 1, columns, range(2, len(columns[0]) + 2))


def build_raw_table(records: Iterable[list[str]]) -> RawTable:
    """The grid of records, the first that holds anything being the header.

    Raises ValueError where there is no row beside it.
    """
    numbered_records = [(number, cells) for number, cells in enumerate(records, start=1) if cells]
    if len(numbered_records) < _FEWEST_RECORDS:
        raise ValueError(NO_ROWS_MESSAGE)
    (header_row, names), *body = numbered_records
    kept_rows: list[list[str]] = []
    row_numbers: list[int] = []
    blank_rows: list[int] = []
    misfit_rows: list[tuple[int, int]] = []
    for number, cells in body:
        row = _fit_to_width(cells, len(names))
        if not "".join(row).strip():
            blank_rows.append(number)
        elif len(row) != len(names):
            misfit_rows.append((number, len(row)))
        else:
            kept_rows.append(row)
            row_numbers.append(number)
    header = tuple(name.strip() for name in names)
    cells_by_column = zip(*kept_rows, strict=True) if kept_rows else ([] for _ in header)
    columns = [pa.array(cells, pa.string()) for cells in cells_by_column]
    mismatch = f"cells, and the header has {len(names)}"
    messages = [
        f"the row has {cells} {mismatch}" for _, cells in misfit_rows[:MAXIMUM_LISTED_ISSUES]
    ]
    errors = _row_issues([number for number, _ in misfit_rows], messages, "do not fit the header")
    warnings = _row_issues(
        blank_rows,
        [_BLANK_ROW_MESSAGE] * len(blank_rows[:MAXIMUM_LISTED_ISSUES]),
        "are blank and were left out",
    )
    return RawTable(header, header_row, columns, row_numbers, tuple(errors), tuple(warnings))


def trim_cells(cells: pa.Array) -> pa.Array:
    """Text without blanks at its ends; what holds nothing is null. Numbers are as they were."""
    if pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(cells.indices, trim_cells(cells.dictionary))
    if not pa.types.is_string(cells.type):
        return cells
    is_numeric_text = not joined_bytes(cells).translate(None, b".0123456789")
    trimmed_cells = cells if is_numeric_text else pc.utf8_trim_whitespace(cells)
    offsets = _text_offsets(trimmed_cells)
    empty = offsets[1:] == offsets[:-1]
    if trimmed_cells.null_count:
        empty &= trimmed_cells.is_valid().to_numpy(zero_copy_only=False)
    return (
        pc.if_else(pa.array(empty), pa.scalar(None, trimmed_cells.type), trimmed_cells)
        if empty.any()
        else trimmed_cells
    )


def joined_bytes(texts: pa.Array) -> bytes:
    """All bytes of all texts, end to end: what none of these has, no text has."""
    buffer = texts.buffers()[2]
    return buffer.to_pybytes() if buffer else b""


def first_bytes(texts: pa.Array) -> bytes:
    """The first byte of each text that has any, end to end."""
    offsets, buffer = _text_offsets(texts), texts.buffers()[2]
    if not buffer:
        return b""
    return np.frombuffer(buffer, np.uint8)[offsets[:-1][offsets[:-1] < offsets[1:]]].tobytes()


def longest_byte_count(texts: pa.Array) -> int:
    """The bytes of the longest text."""
    return int(np.diff(_text_offsets(texts)).max(initial=0))


def _text_offsets(texts: pa.Array) -> npt.NDArray[np.int32]:
    """Where each text begins among the bytes of all, and where the last one ends."""
    if not len(texts):
        return np.zeros(1, np.int32)
    return np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]


def collapse_spaces(cells: pa.Array) -> pa.Array:
    """Text in which a run of spaces is one: in a list, nobody can tell the two apart."""
    if pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(cells.indices, collapse_spaces(cells.dictionary))
    if not pa.types.is_string(cells.type) or b"  " not in joined_bytes(cells):
        return cells
    return pc.replace_substring_regex(cells, " {2,}", " ")


def _row_issues(rows: Sequence[int], messages: Sequence[str], summary: str) -> Iterator[TableIssue]:
    """A problem for each of the first rows, and one for the rest of which ``all_`` is true."""
    for row, message in zip(rows, messages, strict=False):
        yield TableIssue(row, None, None, message)
    if unlisted_count := len(rows) - len(messages):
        yield TableIssue(
            rows[-unlisted_count],
            None,
            None,
            f"and {unlisted_count:,} more rows, from here on, {summary}",
        )


def _read_columns_with_arrow(
    content: bytes, header: Sequence[str], delimiter: str
) -> list[pa.Array]:
    """The columns of a plain text. Raises ArrowInvalid where it is not plain."""
    arrow_table = fast.read_csv(
        pa.BufferReader(content),
        parse_options=fast.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=fast.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    return [_combine_chunks(column) for column in arrow_table.columns]


def _combine_chunks(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _has_blank_cell(cells: pa.Array) -> bool:
    """Whether a column has a blank cell, or none at all."""
    return not len(cells) or trim_cells(cells).null_count > 0


def _fit_to_width(cells: list[str], width: int) -> list[str]:
    """The cells without the blank ones beyond the header's last column."""
    if len(cells) <= width:
        return cells
    return cells[:width] + [cell for cell in cells[width:] if cell.strip()]
