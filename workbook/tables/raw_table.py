"""Raw tables: the header and cells of a file, before columns are recognised."""

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
from workbook.tables.misquoted_cells import describe_misquoted_cell
from workbook.text.grammar import format_count

EMPTY_FILE_MESSAGE = "the file is empty: a table needs a header and rows"
NO_ROWS_MESSAGE = "the file has no rows below a header"
_BLANK_ROW_MESSAGE = "blank row, ignored"
LONGEST_HEADER = 20_000
"""Characters at the start of a file in which the header is looked for."""


class EncodingError(ValueError):
    """The bytes are not text in UTF-8."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """Header and cells of a file.

    Args:
        header: Headers of the columns.
        header_row: Row number of the header, counted as in a spreadsheet.
        columns: Arrow arrays of equal length, usually text.
        row_numbers: Row number in the file of each position.
        errors: Rows left out because their number of cells differs from the header's.
        warnings: Blank rows left out.
    """

    header: tuple[str, ...]
    header_row: int
    columns: Sequence[pa.Array]
    row_numbers: Sequence[int]
    errors: tuple[TableIssue, ...] = ()
    warnings: tuple[TableIssue, ...] = ()


def decode_utf8(content: bytes) -> str:
    """Decode a file in UTF-8.

    Args:
        content: The file's bytes, with or without a byte order mark.

    Returns:
        The text.

    Raises:
        EncodingError: The file is binary or not in UTF-8.
        ValueError: The file is empty.
    """
    if not content.strip():
        raise ValueError(EMPTY_FILE_MESSAGE)
    if b"\0" in content:
        msg = "the file is binary, not text: save it as CSV UTF-8"
        raise EncodingError(msg)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the file is not text in UTF-8 (byte {error.start + 1}): save it as CSV UTF-8"
        raise EncodingError(msg) from None


def parse_csv(
    text: str, delimiter: str = ",", header: tuple[Sequence[str], int] | None = None
) -> RawTable:
    """Parse CSV text record by record.

    Args:
        text: The text.
        delimiter: Character between cells.
        header: As for ``build_raw_table``.

    Returns:
        Header and cells. Blank rows and rows of the wrong length are left out and reported.

    Raises:
        ValueError: The text is not CSV, or has no rows.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    try:
        return build_raw_table(reader, header)
    except csv.Error as error:
        reason = describe_misquoted_cell(text, delimiter, header[0] if header else ()) or error
        msg = f"the file cannot be read as CSV. {reason}"
        raise ValueError(msg) from None


def parse_csv_fast(content: bytes, delimiter: str = ",") -> RawTable:
    """Parse CSV bytes with Arrow where that gives the same result as ``parse_csv``.

    Arrow does not report blank rows or which row is too long. If the file may have one, or has
    unusual quotation marks, ``parse_csv`` reads it.

    Args:
        content: The file's bytes, in UTF-8.
        delimiter: Character between cells.

    Returns:
        Header and cells, as ``parse_csv`` gives them.

    Raises:
        ValueError: As for ``decode_utf8`` and ``parse_csv``.
    """
    needs_careful_parsing = (
        _has_unusual_quotes(content, delimiter) or content[:1] in b"\r\n" or b"\0" in content
    )
    raw_table = None if needs_careful_parsing else _parse_with_arrow(content, delimiter)
    return raw_table or parse_csv(decode_utf8(content), delimiter)


def _has_unusual_quotes(content: bytes, delimiter: str) -> bool:
    """Whether a quotation mark is neither at the start or end of a cell nor one of two."""
    content_bytes = np.frombuffer(content, np.uint8)
    quotes = np.flatnonzero(content_bytes == ord('"'))
    if len(quotes) % 2 == 1:
        return True
    opening, closing = quotes[::2], quotes[1::2]
    neighbours = np.frombuffer(f'{delimiter}"\r\n'.encode(), np.uint8)
    start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    end = len(content) - 1
    opens = np.isin(content_bytes[opening - 1], neighbours) | (opening == start)
    closes = np.isin(content_bytes[np.minimum(closing + 1, end)], neighbours) | (closing == end)
    return not (opens.all() and closes.all())


def _parse_with_arrow(content: bytes, delimiter: str) -> RawTable | None:
    """Parse a plain CSV file with Arrow; None if it needs ``parse_csv``."""
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


def build_raw_table(
    records: Iterable[list[str]], header: tuple[Sequence[str], int] | None = None
) -> RawTable:
    """Build a raw table from records.

    Args:
        records: Cells of each record.
        header: Headers of the columns and the number of the last record of the header. By default
            the header is the first record that is not empty.

    Returns:
        Header and cells. Blank rows and rows of the wrong length are left out and reported.

    Raises:
        ValueError: There are no rows below the header.
    """
    numbered_records = [(number, cells) for number, cells in enumerate(records, start=1) if cells]
    if header:
        names, header_row = header
        body = [record for record in numbered_records if record[0] > header_row]
    elif numbered_records:
        (header_row, names), *body = numbered_records
    if not numbered_records or not body:
        raise ValueError(NO_ROWS_MESSAGE)
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
    headers = tuple(name.strip() for name in names)
    cells_by_column = zip(*kept_rows, strict=True) if kept_rows else ([] for _ in headers)
    columns = [pa.array(cells, pa.string()) for cells in cells_by_column]
    messages = [
        f"the row has {format_count(cells, 'cell')} but the header has {len(names)}"
        for _, cells in misfit_rows[:MAXIMUM_LISTED_ISSUES]
    ]
    errors = _row_issues(
        [number for number, _ in misfit_rows], messages, "have the wrong number of cells"
    )
    warnings = _row_issues(
        blank_rows,
        [_BLANK_ROW_MESSAGE] * len(blank_rows[:MAXIMUM_LISTED_ISSUES]),
        "are blank and ignored",
    )
    return RawTable(headers, header_row, columns, row_numbers, tuple(errors), tuple(warnings))


def trim_cells(cells: pa.Array) -> pa.Array:
    """Trim text cells; blank ones become null. Numbers stay unchanged."""
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
    """Concatenated bytes of all texts, for a quick search in all of them."""
    buffer = texts.buffers()[2]
    return buffer.to_pybytes() if buffer else b""


def first_bytes(texts: pa.Array) -> bytes:
    """First byte of each text that is not empty, concatenated."""
    offsets, buffer = _text_offsets(texts), texts.buffers()[2]
    if not buffer:
        return b""
    return np.frombuffer(buffer, np.uint8)[offsets[:-1][offsets[:-1] < offsets[1:]]].tobytes()


def longest_byte_count(texts: pa.Array) -> int:
    """Length of the longest text in bytes."""
    return int(np.diff(_text_offsets(texts)).max(initial=0))


def _text_offsets(texts: pa.Array) -> npt.NDArray[np.int32]:
    """Byte offsets at which the texts begin, and the end of the last one."""
    if not len(texts):
        return np.zeros(1, np.int32)
    return np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]


def collapse_spaces(cells: pa.Array) -> pa.Array:
    """Replace runs of spaces by one: names that differ only in spaces look the same."""
    if pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(cells.indices, collapse_spaces(cells.dictionary))
    if not pa.types.is_string(cells.type) or b"  " not in joined_bytes(cells):
        return cells
    return pc.replace_substring_regex(cells, " {2,}", " ")


def _row_issues(rows: Sequence[int], messages: Sequence[str], summary: str) -> Iterator[TableIssue]:
    """Issue for each row that has a message, and one with the summary for the rest."""
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
    """Read the columns of a plain CSV file. Raises ArrowInvalid for any other."""
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
    """Whether a column has a blank cell or no cells."""
    return not len(cells) or trim_cells(cells).null_count > 0


def _fit_to_width(cells: list[str], width: int) -> list[str]:
    """Drop blank cells beyond the header's last column."""
    if len(cells) <= width:
        return cells
    return cells[:width] + [cell for cell in cells[width:] if cell.strip()]
