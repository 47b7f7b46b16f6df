"""Chunks of a sweep: each is run by itself, on this machine or another, and gives the same part."""

import io
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbook.analysis.bulk_run import get_bulk_model
from workbook.analysis.sweep import ERROR_COLUMN, sweep
from workbook.analysis.sweep_request import SweepRequest
from workbook.importers.catalogue import open_table, read_table_bytes
from workbook.resources import code_release
from workbook.scenario import ParameterValue, Scenario
from workbook.tables import sha256
from workbook.topic import Tables, Topic


def evaluate_chunk(topic: Topic, request: SweepRequest, chunk: int, tables: Tables) -> bytes:
    """Run the scenarios of a chunk.

    Args:
        topic: The topic of the request.
        request: The request.
        chunk: Number of the chunk, from 0.
        tables: The tables that ``prepare_sweep`` gives.

    Returns:
        A Parquet file with a row for each scenario: the varied parameters, the indicators, and why
        it is rejected.
    """
    frame = sweep(
        topic,
        request.chunk_rows(chunk),
        request.base,
        uploaded=tables,
        with_simulations=request.with_simulations,
    )
    varied = list(request.values)
    columns = {
        name: _parameter_array(frame[name]) if name in varied else _indicator_array(frame[name])
        for name in frame
        if name != ERROR_COLUMN
    }
    columns[ERROR_COLUMN] = pa.array(frame[ERROR_COLUMN].tolist(), pa.string())
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def prepare_sweep(
    topic: Topic,
    base: Scenario,
    values: Mapping[str, Sequence[ParameterValue]],
    *,
    with_simulations: bool,
) -> tuple[SweepRequest, Tables]:
    """Check a sweep and load every table that it reads, so that other machines need no files.

    Args:
        topic: The topic.
        base: Scenario that the other values come from.
        values: Values by parameter, of which every combination is run.
        with_simulations: Whether the simulations are run.

    Returns:
        The request; and data frames by the name or path that scenarios give them, with the rows of
        every quarter.

    Raises:
        TableError: A table has errors.
        ValueError: A table is missing, or the topic cannot be run without simulations.
    """
    if not with_simulations:
        get_bulk_model(topic)
    sources = {
        source: table
        for scenario in _choose_tables(base, values)
        for table, source in topic.table_sources(scenario).items()
        if source
    }
    tables = {source: open_table(table, source).frame for source, table in sources.items()}
    checksums = {
        source: sha256(read_table_bytes(table, source)) for source, table in sources.items()
    }
    release = code_release(topic.package)
    return SweepRequest(topic.name, base, values, with_simulations, release, checksums), tables


def _choose_tables(
    base: Scenario, values: Mapping[str, Sequence[ParameterValue]]
) -> Iterator[Scenario]:
    """Scenarios that read all the tables of a sweep."""
    yield base
    for name in values:
        if base.parameters()[name].choice_of:
            yield from (base.replace(**{name: value}) for value in values[name])


def _parameter_array(column: pd.Series) -> pa.Array:
    """A varied parameter's values: whole numbers, numbers or texts."""
    return pa.array(column.tolist())


def _indicator_array(column: pd.Series) -> pa.Array:
    """An indicator's values: texts or numbers, of no type if all are missing."""
    if column.isna().all():
        return pa.nulls(len(column))
    is_text = not pd.api.types.is_numeric_dtype(column)
    return pa.array(column, pa.string() if is_text else pa.float64(), from_pandas=True)
