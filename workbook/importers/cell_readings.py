"""Read cells that are not written as a table asks: dates, amounts, percentages and markers.

A reading that is certain is taken with a warning. Any other is taken only if the owner of the file
accepts it; until then it is advice beside the error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandera.pandas as pan
import pyarrow as pa
import pyarrow.compute as pc

from workbook.importers.day_readings import make_days_reader
from workbook.importers.published.g_cloud_cells import parse_months
from workbook.importers.published.month_names import find_months, parse_month
from workbook.importers.reading_types import CellReading, ColumnReader
from workbook.periods import is_day, is_month
from workbook.tables.column_rules import DAY_RULE, FRACTION_RULE, MONTH_RULE, rule_bounds
from workbook.tables.findings import CellFinding, finding_issues
from workbook.tables.mapped_table import MappedTable
from workbook.tables.number_advice import read_number
from workbook.tables.number_columns import NUMBER_DESCRIPTIONS, is_numeric_type, parse_numbers
from workbook.text.quoting import LONGEST_QUOTED_TEXT, visible_text

_MOST_LISTED_CELLS: Final = 5
"""Cells read in the same way that are reported one by one, at most."""

_FRACTION_BOUNDS: Final = rule_bounds(FRACTION_RULE)


@dataclass(frozen=True, eq=False)
class ReadTable:
    """A table after its cells are read.

    Args:
        table: The cells, with a warning for each that is not read as written.
        suggestions: Number of cells with a reading that is not certain and was not accepted.
    """

    table: MappedTable
    suggestions: int


def read_cells(
    mapped_table: MappedTable, schema: pan.DataFrameSchema, *, accept: bool
) -> ReadTable:
    """Read the cells that are not written as the schema asks.

    Args:
        mapped_table: The cells, with their places in the file.
        schema: Columns and their rules.
        accept: Whether to take readings that are not certain too.

    Returns:
        The table. Cells without a reading stay as they are.
    """
    cells, warnings, suggestions = dict(mapped_table.cells), list(mapped_table.warnings), 0
    advice: dict[str, dict[str, str]] = {}
    days_reader = make_days_reader(_day_texts(mapped_table, schema))
    for name, column in schema.columns.items():
        reader = _column_reader(column, days_reader)
        if name not in cells or reader is None or is_numeric_type(cells[name].type):
            continue
        positions = _unread_positions(cells[name], column)
        texts = [mapped_table.cell_text(int(position), name) or "" for position in positions]
        readings = reader([*dict.fromkeys(texts)])
        is_taken = np.array([_is_taken(readings.get(text), accept) for text in texts], bool)
        suggestions += sum(text in readings for text in texts) - int(is_taken.sum())
        advice[name] = dict(_advise_readings(readings)) if not accept else {}
        taken = positions[is_taken]
        if taken.size:
            cells[name] = _replace_cells(cells[name], taken, readings)
            for finding in _reading_findings(name, taken, mapped_table, readings):
                warnings += finding_issues(finding, mapped_table)
    return ReadTable(
        replace(mapped_table, cells=cells, warnings=tuple(warnings), advice=advice), suggestions
    )


def _day_texts(mapped_table: MappedTable, schema: pan.DataFrameSchema) -> list[str]:
    """Distinct texts of all columns of days."""
    return [
        text
        for name, cells in mapped_table.cells.items()
        if DAY_RULE in schema.columns[name].checks
        for text in pc.unique(cells.cast(pa.string())).to_pylist()
        if text is not None
    ]


def _advise_readings(readings: dict[str, CellReading]) -> Iterator[tuple[str, str]]:
    """What to write instead of each text whose reading is not certain."""
    for text, reading in readings.items():
        if reading.text and not reading.is_certain:
            condition = f", {reading.condition}" if reading.condition else ""
            yield text, f"write {reading.text}{condition}"


def _is_taken(reading: CellReading | None, accept: bool) -> bool:  # noqa: FBT001  of one caller
    return reading is not None and (reading.is_certain or accept)


def _column_reader(column: pan.Column, days_reader: ColumnReader) -> ColumnReader | None:
    data_type = str(column.dtype)
    if data_type in NUMBER_DESCRIPTIONS:
        is_share = any(rule_bounds(rule) == _FRACTION_BOUNDS for rule in column.checks)
        return lambda texts: _read_numbers(texts, data_type, is_share=is_share)
    if MONTH_RULE in column.checks:
        return _read_months
    return days_reader if DAY_RULE in column.checks else None


def _unread_positions(cells: pa.Array, column: pan.Column) -> npt.NDArray[np.intp]:
    """Positions of cells that are not written as the column asks."""
    data_type = str(column.dtype)
    if data_type in NUMBER_DESCRIPTIONS:
        return parse_numbers(cells, data_type).unreadable
    encoded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    is_valid = is_month if MONTH_RULE in column.checks else is_day
    labels = [text is not None and not is_valid(text) for text in encoded.dictionary.to_pylist()]
    codes = encoded.indices.fill_null(-1).to_numpy()
    return np.flatnonzero(np.array([*labels, False], bool)[codes])


def _replace_cells(
    cells: pa.Array, positions: npt.NDArray[np.intp], readings: dict[str, CellReading]
) -> pa.Array:
    decoded = cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
    texts: list[Any] = decoded.cast(pa.string()).to_pylist()
    for position in positions.tolist():
        texts[position] = readings[texts[position]].text or None
    return pa.array(texts, pa.string())


def _reading_findings(
    name: str,
    positions: npt.NDArray[np.intp],
    mapped_table: MappedTable,
    readings: dict[str, CellReading],
) -> Iterator[CellFinding]:
    """Cells that were read, a finding for each way in which they are written."""

    def describe(position: int) -> str:
        text = mapped_table.cell_text(position, name) or ""
        reading = readings[text].text
        end = f"read as {reading}" if reading else "treated as missing"
        return f"{visible_text(text)} is {end}"

    shapes: dict[str, list[int]] = {}
    for position in positions.tolist():
        text = mapped_table.cell_text(position, name) or ""
        shape = re.sub("[A-Za-z]{3,}", "a", re.sub(r"\d[\d,. ]*", "0", text))
        shapes.setdefault(shape if readings[text].text else text, []).append(position)
    for places in shapes.values():
        yield CellFinding(name, places, describe, grouped=len(places) > _MOST_LISTED_CELLS)


def _read_numbers(texts: list[str], data_type: str, *, is_share: bool) -> dict[str, CellReading]:
    readings = {text: read_number(text, data_type, is_share=is_share) for text in texts}
    return {
        text: CellReading(reading.number, reading.is_certain)
        for text, reading in readings.items()
        if reading
        and reading.number is not None
        and (reading.is_certain or is_share or not text.endswith("%"))
    }


def _read_months(texts: list[str]) -> dict[str, CellReading]:
    """Read months. Letters that are no month's name, as in ``2014-Q2``, are never left out."""
    plain = [text for text in texts if _is_numeric(text) or _names_month(text)]
    months = dict(zip(plain, parse_months(plain), strict=True))
    return {
        text: CellReading(month, is_certain=_is_numeric(text) or not _has_misprint(text))
        for text, month in months.items()
        if is_month(month)
    }


def _is_numeric(text: str) -> bool:
    return len(text) <= LONGEST_QUOTED_TEXT and not any(map(str.isalpha, text))


def _names_month(text: str) -> bool:
    return len(text) <= LONGEST_QUOTED_TEXT and bool(find_months(text))


def _has_misprint(text: str) -> bool:
    return any(parse_month(match)[1] for match in find_months(text))
