"""Parquet: the grid of a file, its text coded so that a long table stays small."""

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from workbook.tables.grid import NO_ROWS, Grid


def grid(content: bytes) -> Grid:
    """The grid of a Parquet file. Raises ValueError where it is damaged or has no rows."""
    source = pa.BufferReader(content)
    try:
        schema = parquet.read_schema(source)
        coded = [field.name for field in schema if _is_text(field.type)]
        table = parquet.read_table(source, read_dictionary=coded)
    except (pa.ArrowException, OSError) as error:
        msg = f"the Parquet file cannot be read: {str(error).splitlines()[0]}"
        raise ValueError(msg) from None
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
        msg = f"the column {name} holds {kind}: a table has one value in each cell"
        raise ValueError(msg)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _days(column)
    if pa.types.is_dictionary(kind):
        column = column.unify_dictionaries()
        whole = column.combine_chunks()
        texts = whole.dictionary.cast(pa.string())
        return pa.DictionaryArray.from_arrays(whole.indices, texts)
    if pa.types.is_boolean(kind) or _is_text(kind) or pa.types.is_null(kind):
        return column.cast(pa.string()).combine_chunks()
    return column.combine_chunks()


def _days(column: pa.ChunkedArray) -> pa.Array:
    """Dates as text; where all are the first of a month, months are meant."""
    months = pc.all(pc.equal(pc.day(column), 1)).as_py()
    return pc.strftime(column, "%Y-%m" if months else "%Y-%m-%d").combine_chunks()


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
