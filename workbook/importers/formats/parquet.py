"""Read Parquet files. Text stays dictionary-encoded, so that a long table needs little memory."""

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from workbook.tables.number_columns import is_numeric_type
from workbook.tables.raw_table import NO_ROWS_MESSAGE, RawTable
from workbook.text.quoting import quote_text, shorten_text

_PARQUET_ERRORS = (pa.ArrowException, OSError, UnicodeDecodeError, LookupError, OverflowError)
"""Exceptions for a damaged file. Arrow notices text that is not UTF-8 only on conversion."""

_UNSUPPORTED_NUMBER_TYPES = (pa.float16(),)
"""Types of numbers that Arrow cannot calculate with."""

_LONGEST_REASON = 200


def read_parquet(content: bytes) -> RawTable:
    """Read a Parquet file.

    Args:
        content: The file's bytes.

    Returns:
        Header and cells.

    Raises:
        ValueError: The file is damaged or has no rows.
    """
    try:
        return _read_raw_table(content)
    except _PARQUET_ERRORS as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        msg = f"the Parquet file cannot be read: {reason[:_LONGEST_REASON]}"
        raise ValueError(msg) from None


def _read_raw_table(content: bytes) -> RawTable:
    source = pa.BufferReader(content)
    rows = parquet.read_metadata(source).num_rows
    if rows > len(content):
        msg = (
            f"the Parquet file has {rows:,} rows in {len(content):,} bytes, so its rows are all"
            " the same: remove the repetitions"
        )
        raise ValueError(msg)
    schema = parquet.read_schema(source)
    text_columns = [field.name for field in schema if _is_text_type(field.type)]
    table = parquet.read_table(source, read_dictionary=text_columns)
    if not table.num_rows:
        raise ValueError(NO_ROWS_MESSAGE)
    header = tuple(name.strip() for name in table.column_names)
    columns = []
    for name in reversed(range(len(header))):  # the original is freed column by column
        columns.append(_normalise_column(header[name], table.column(name)))
        table = table.remove_column(name)
    return RawTable(header, 1, columns[::-1], range(2, len(columns[0]) + 2))


def _normalise_column(name: str, column: pa.ChunkedArray) -> pa.Array:
    """Convert a column to one Arrow array of numbers or text."""
    data_type = column.type
    if pa.types.is_nested(data_type):
        msg = (
            f"column {quote_text(name)} holds values of type {shorten_text(str(data_type))}: each"
            " cell must be one number or text"
        )
        raise ValueError(msg)
    if pa.types.is_timestamp(data_type) or pa.types.is_date(data_type):
        return _format_dates(column)
    if pa.types.is_dictionary(data_type):
        column = column.unify_dictionaries()
        combined = column.combine_chunks()
        combined.validate(full=True)
        texts = combined.dictionary.cast(pa.string())
        texts.validate(full=True)
        return pa.DictionaryArray.from_arrays(combined.indices, texts)
    if not is_numeric_type(data_type):
        column = column.cast(pa.string())
    elif data_type in _UNSUPPORTED_NUMBER_TYPES or pa.types.is_decimal(data_type):
        column = column.cast(pa.float64())
    combined = column.combine_chunks()
    combined.validate(full=True)
    return combined


def _format_dates(column: pa.ChunkedArray) -> pa.Array:
    """Write dates as text: as months if all are the first day of a month."""
    are_months = pc.all(pc.equal(pc.day(column), 1)).as_py()
    return pc.strftime(column, "%Y-%m" if are_months else "%Y-%m-%d").combine_chunks()


def _is_text_type(data_type: pa.DataType) -> bool:
    return bool(pa.types.is_string(data_type) or pa.types.is_large_string(data_type))
