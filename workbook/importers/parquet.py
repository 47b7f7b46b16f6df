"""Parquet: the grid of a file, its text coded so that a long table stays small."""

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from workbook.tables.grid import NO_ROWS, Grid
from workbook.tables.numbers import is_number
from workbook.tables.problems import cut

DAMAGES = (pa.ArrowException, OSError, UnicodeDecodeError, LookupError, OverflowError)
"""What Arrow raises of bytes that are no table: text that is not UTF-8 is seen late."""

SELDOM = (pa.float16(),)
"""Kinds of numbers that Arrow does not reckon with."""

LONGEST_REASON = 200


def grid(content: bytes) -> Grid:
    """The grid of a Parquet file. Raises ValueError where it is damaged or has no rows."""
    try:
        return _grid(content)
    except DAMAGES as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        msg = f"the Parquet file cannot be read: {reason[:LONGEST_REASON]}"
        raise ValueError(msg) from None


def _grid(content: bytes) -> Grid:
    source = pa.BufferReader(content)
    rows = parquet.read_metadata(source).num_rows
    if rows > len(content):
        msg = (
            f"the Parquet file has {rows:,} rows in {len(content):,} bytes, so that they all say "
            "the same: give the rows that differ"
        )
        raise ValueError(msg)
    schema = parquet.read_schema(source)
    coded = [field.name for field in schema if _is_text(field.type)]
    table = parquet.read_table(source, read_dictionary=coded)
    if not table.num_rows:
        raise ValueError(NO_ROWS)
    header = tuple(name.strip() for name in table.column_names)
    columns = []
    for name in reversed(range(len(header))):  # each is let go of once it is taken over
        columns.append(_whole(header[name], table.column(name)))
        table = table.remove_column(name)
    return Grid(header, 1, columns[::-1], range(2, len(columns[0]) + 2))


def _whole(name: str, column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece, as numbers or as text."""
    kind = column.type
    if pa.types.is_nested(kind):
        msg = f"the column {cut(name)} holds {cut(str(kind))}: a table has one value in each cell"
        raise ValueError(msg)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _days(column)
    if pa.types.is_dictionary(kind):
        column = column.unify_dictionaries()
        whole = column.combine_chunks()
        whole.validate(full=True)
        texts = whole.dictionary.cast(pa.string())
        texts.validate(full=True)
        return pa.DictionaryArray.from_arrays(whole.indices, texts)
    if not is_number(kind):
        column = column.cast(pa.string())
    elif kind in SELDOM or pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    whole = column.combine_chunks()
    whole.validate(full=True)
    return whole


def _days(column: pa.ChunkedArray) -> pa.Array:
    """Dates as text; where all are the first of a month, months are meant."""
    months = pc.all(pc.equal(pc.day(column), 1)).as_py()
    return pc.strftime(column, "%Y-%m" if months else "%Y-%m-%d").combine_chunks()


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
