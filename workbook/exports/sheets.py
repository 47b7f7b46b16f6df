"""A table as a sheet of its own, laid out as the Government Analysis Function asks.

Its guidance on releasing statistics in spreadsheets: a title, one table marked as such, no blank
cell. What is missing has a symbol of the ones that it lists.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from gptables import GPTable

from workbook.exports.cells import Cell, to_cells
from workbook.exports.number_formats import choose_cell_formats
from workbook.result_table import ResultTable
from workbook.text.numbers import escape_formula

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
MISSING_SYMBOLS = {
    NOT_AVAILABLE: "not available: the figure is not known",
    NOT_APPLICABLE: "not applicable: there is nothing to be said",
}
"""The Analysis Function's shorthand for what is missing, and what it means here."""

ONE_TABLE_TEXT = "This worksheet contains one table."
_EMPTY_TABLE_TEXT = f"{ONE_TABLE_TEXT} It has no rows: nothing is known for what was asked."
_LETTER_OR_DIGIT = re.compile("[a-zA-Z0-9]")
_UNWRITABLE = re.compile(
    r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|"
    f"[{''.join(chr(end - 2) + chr(end - 1) for end in range(0x20000, 0x110001, 0x10000))}]"
)
"""What XML cannot hold, or is advised not to: control characters, halves of a pair, the last two
of each plane, which are no characters."""

CELL_CHARACTER_LIMIT = 32_767
"""Letters that a cell holds, at most, counted as in UTF-16: at more, Excel mends the file."""

TRUNCATION_NOTE = " … (cut here: the CSV file has all of it)"


def build_sheet(
    table: ResultTable, notes: Mapping[str, str] | None = None, instruction: str = ""
) -> GPTable:
    """The table with its columns' labels and units; ``notes`` are marks by column.

    ``remark`` is what else is said above it. A number that is missing is not available, a text that
    is missing not applicable.
    """
    labels = _unique_labels(table)
    columns = {
        label: [_fill_cell(cell, symbol) for cell in column_cells]
        for label, column_cells, symbol in _iterate_columns(table, labels)
    }
    rows = pd.DataFrame(columns, dtype=object)
    if rows.empty:
        rows = pd.DataFrame([[NOT_APPLICABLE] * len(labels)], columns=labels, dtype=object)
    cell_texts = {cell for cell in rows.to_numpy().flat if isinstance(cell, str)}
    return GPTable(
        table=rows,
        table_name=f"table_{table.name}",
        title=clean_cell_text(table.title),
        instructions=" ".join(
            filter(None, (ONE_TABLE_TEXT if columns[labels[0]] else _EMPTY_TABLE_TEXT, instruction))
        ),
        legend=[
            f"{missing_symbol} {MISSING_SYMBOLS[missing_symbol]}"
            for missing_symbol in MISSING_SYMBOLS
            if missing_symbol in cell_texts
        ],
        units=_column_units(table, labels) or None,
        table_notes={
            labels[_column_index(table, name)]: mark for name, mark in (notes or {}).items()
        },
        index_columns={},
        additional_formatting=_cell_formatting(table),
    )


def clean_cell_text(text: str) -> str:
    """A text that stays one, and that a cell can hold.

    gptables takes some for links and for marks of notes; a line ends in LF alone.
    """
    text = re.sub(r"\r\n?", "\n", escape_formula(text)).replace("](", "] (")
    text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\$(?=\$)", "$ ", text))
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * CELL_CHARACTER_LIMIT:
        return text
    return (
        encoded[: 2 * (CELL_CHARACTER_LIMIT - len(TRUNCATION_NOTE))].decode("utf-16-le", "ignore")
        + TRUNCATION_NOTE
    )


def _iterate_columns(
    table: ResultTable, labels: Sequence[str]
) -> Iterable[tuple[str, list[Cell], str]]:
    for label, (_, column) in zip(labels, table.frame.items(), strict=True):
        column_cells = to_cells(column)
        is_numeric = pd.api.types.is_numeric_dtype(column) or any(
            isinstance(cell, int | float) for cell in column_cells
        )
        yield label, column_cells, NOT_AVAILABLE if is_numeric else NOT_APPLICABLE


def _fill_cell(cell: Cell, symbol: str) -> Cell:
    """A cell as it is written: nothing is left blank, and no text is run."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return symbol if cell is None else cell
    if not cell.strip():
        return symbol
    return clean_cell_text(cell if _LETTER_OR_DIGIT.search(cell) else f"the sign {cell.strip()}")


def _unique_labels(table: ResultTable) -> list[str]:
    """A line for each column, each its own: where two are alike, with the column's name.

    Excel takes two for alike that differ in capitals alone.
    """
    column_labels = [
        clean_cell_text(" ".join(table.columns[str(name)].label.split()))
        for name in table.frame.columns
    ]
    label_counts = Counter(label.casefold() for label in column_labels)
    return [
        label if label_counts[label.casefold()] == 1 else f"{label} ({clean_cell_text(str(name))})"
        for label, name in zip(column_labels, table.frame.columns, strict=True)
    ]


def _column_units(table: ResultTable, labels: Sequence[str]) -> dict[str, str]:
    units = [column.unit for column in table.columns.values()]
    return {label: unit for label, unit in zip(labels, units, strict=True) if unit}


def _cell_formatting(table: ResultTable) -> list[dict[str, Any]]:
    """The formats of the cells as gptables has them: its first row is that of the headings."""
    return [
        {"cell": {"cells": (row + 1, column), "format": {"num_format": number_format}}}
        for (row, column), number_format in choose_cell_formats(table).items()
    ]


def _column_index(table: ResultTable, name: str) -> int:
    return list(table.frame.columns).index(name)
