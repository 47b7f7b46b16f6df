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

from workbook.tables.problems import MOST, Problem

EMPTY = "the file is empty: a table needs a header and rows"
NO_ROWS = "the file has a header and no rows"
BLANK = "the row is blank and was left out"
FEWEST_RECORDS = 2
LONGEST_HEADER = 20_000
"""Characters of a header; one that is longer is read as carefully as it deserves."""


class EncodingError(ValueError):
    """Bytes that are no text in UTF-8."""


@dataclass(frozen=True, eq=False)
class Grid:
    """The header and the columns of a file, Arrow arrays of one length: text, as a rule.

    ``numbers`` are the rows' numbers as a spreadsheet counts records, ``header_row`` is the
    header's. ``errors`` tells of rows that were left out because they do not fit the header,
    ``oddities`` of those that hold nothing.
    """

    header: tuple[str, ...]
    header_row: int
    columns: Sequence[pa.Array]
    numbers: Sequence[int]
    errors: tuple[Problem, ...] = ()
    oddities: tuple[Problem, ...] = ()


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8.

    Raises ValueError for what is empty, and EncodingError for what is binary or not in UTF-8.
    """
    if not content.strip():
        raise ValueError(EMPTY)
    if b"\0" in content:
        msg = "the file is binary, not a table as text: save it as CSV UTF-8"
        raise EncodingError(msg)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the file is not text in UTF-8 (byte {error.start + 1}): save it as CSV UTF-8"
        raise EncodingError(msg) from None


def parsed(text: str, delimiter: str = ",") -> Grid:
    """The grid of a text, every record looked at. Raises ValueError where the text is no table."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    try:
        return grid_of(reader)
    except csv.Error as error:
        msg = f"the file cannot be read as CSV: {error} (line {reader.line_num})"
        raise ValueError(msg) from None


def parsed_fast(content: bytes, delimiter: str = ",") -> Grid:
    """What ``parsed`` gives of a text in UTF-8, sooner where it is plain: Arrow takes it whole.

    Arrow neither counts blank rows nor says which row is too long: where there may be one, or a
    quotation mark that is not where it belongs, every record is looked at.
    """
    unusual = _unusual_quotes(content, delimiter) or content[:1] in b"\r\n" or b"\0" in content
    grid = None if unusual else _plain(content, delimiter)
    return grid or parsed(text_of(content), delimiter)


def _unusual_quotes(content: bytes, delimiter: str) -> bool:
    """Whether a quoted cell does not end, or has blanks before it, which Arrow takes for its."""
    signs = np.frombuffer(content, np.uint8)
    quotes = np.flatnonzero(signs == ord('"'))
    late = quotes[signs[quotes - 1] == ord(" ")].tolist()
    ends = (delimiter.encode(), b"\r", b"\n", codecs.BOM_UTF8)
    return len(quotes) % 2 == 1 or any(_before(content, at).endswith(ends) for at in late)


def _before(content: bytes, at: int) -> bytes:
    """The last few bytes before the blanks before a place; a line's end, where there are none."""
    while at and content[at - 1] == ord(" "):
        at -= 1
    return content[max(at - len(codecs.BOM_UTF8), 0) : at] or b"\n"


def _plain(content: bytes, delimiter: str) -> Grid | None:
    """The grid of a plain text, None where it is not plain."""
    try:
        start = io.StringIO(content[:LONGEST_HEADER].decode("utf-8-sig", "ignore"), newline="")
        head = next(csv.reader(start, delimiter=delimiter, strict=True))
        columns = _columns(content, head, delimiter)
    except (csv.Error, pa.ArrowInvalid, StopIteration):
        return None
    if len(head) == 1 or len(columns) != len(head) or _blank(columns[0]):
        return None
    header = tuple(name.strip() for name in head)
    return Grid(header, 1, columns, range(2, len(columns[0]) + 2))


def grid_of(records: Iterable[list[str]]) -> Grid:
    """The grid of records, the first that holds anything being the header.

    Raises ValueError where there is no row beside it.
    """
    numbered = [(number, cells) for number, cells in enumerate(records, start=1) if cells]
    if len(numbered) < FEWEST_RECORDS:
        raise ValueError(NO_ROWS)
    (header_row, names), *body = numbered
    kept: list[list[str]] = []
    numbers: list[int] = []
    blank: list[int] = []
    unfit: list[tuple[int, int]] = []
    for number, cells in body:
        row = _fitted(cells, len(names))
        if not "".join(row).strip():
            blank.append(number)
        elif len(row) != len(names):
            unfit.append((number, len(row)))
        else:
            kept.append(row)
            numbers.append(number)
    header = tuple(name.strip() for name in names)
    cells_by_column = zip(*kept, strict=True) if kept else ([] for _ in header)
    columns = [pa.array(cells, pa.string()) for cells in cells_by_column]
    unlike = f"cells, and the header has {len(names)}"
    messages = [f"the row has {cells} {unlike}" for _, cells in unfit[:MOST]]
    errors = _told([number for number, _ in unfit], messages, "do not fit the header")
    oddities = _told(blank, [BLANK] * len(blank[:MOST]), "are blank and were left out")
    return Grid(header, header_row, columns, numbers, tuple(errors), tuple(oddities))


def trimmed(cells: pa.Array) -> pa.Array:
    """Text without blanks at its ends; what holds nothing is null. Numbers are as they were."""
    if pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(cells.indices, trimmed(cells.dictionary))
    if not pa.types.is_string(cells.type):
        return cells
    figures = not characters(cells).translate(None, b".0123456789")
    bare = cells if figures else pc.utf8_trim_whitespace(cells)
    starts = _offsets(bare)
    empty = starts[1:] == starts[:-1]
    if bare.null_count:
        empty &= bare.is_valid().to_numpy(zero_copy_only=False)
    return pc.if_else(pa.array(empty), pa.scalar(None, bare.type), bare) if empty.any() else bare


def characters(texts: pa.Array) -> bytes:
    """All bytes of all texts, end to end: what none of these has, no text has."""
    held = texts.buffers()[2]
    return held.to_pybytes() if held else b""


def first_bytes(texts: pa.Array) -> bytes:
    """The first byte of each text that has any, end to end."""
    starts, held = _offsets(texts), texts.buffers()[2]
    if not held:
        return b""
    return np.frombuffer(held, np.uint8)[starts[:-1][starts[:-1] < starts[1:]]].tobytes()


def longest(texts: pa.Array) -> int:
    """The bytes of the longest text."""
    return int(np.diff(_offsets(texts)).max(initial=0))


def _offsets(texts: pa.Array) -> npt.NDArray[np.int32]:
    """Where each text begins among the bytes of all, and where the last one ends."""
    if not len(texts):
        return np.zeros(1, np.int32)
    return np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]


def one_space(cells: pa.Array) -> pa.Array:
    """Text in which a run of spaces is one: in a list, nobody can tell the two apart."""
    if pa.types.is_dictionary(cells.type):
        return pa.DictionaryArray.from_arrays(cells.indices, one_space(cells.dictionary))
    if not pa.types.is_string(cells.type) or b"  " not in characters(cells):
        return cells
    return pc.replace_substring_regex(cells, " {2,}", " ")


def _told(rows: Sequence[int], messages: Sequence[str], all_: str) -> Iterator[Problem]:
    """A problem for each of the first rows, and one for the rest of which ``all_`` is true."""
    for row, message in zip(rows, messages, strict=False):
        yield Problem(row, None, None, message)
    if rest := len(rows) - len(messages):
        yield Problem(rows[-rest], None, None, f"and {rest:,} more rows, from here on, {all_}")


def _columns(content: bytes, header: Sequence[str], delimiter: str) -> list[pa.Array]:
    """The columns of a plain text. Raises ArrowInvalid where it is not plain."""
    read = fast.read_csv(
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
    return [_one(column) for column in read.columns]


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _blank(cells: pa.Array) -> bool:
    """Whether a column has a blank cell, or none at all."""
    return not len(cells) or trimmed(cells).null_count > 0


def _fitted(cells: list[str], width: int) -> list[str]:
    """The cells without the blank ones beyond the header's last column."""
    if len(cells) <= width:
        return cells
    return cells[:width] + [cell for cell in cells[width:] if cell.strip()]
