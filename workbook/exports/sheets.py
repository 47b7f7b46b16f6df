"""Build the sheet of a table, by the Government Analysis Function's guidance.

The guidance on releasing statistics in spreadsheets asks for a title, one marked table and no blank
cells. A missing value has one of the guidance's symbols.
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
    NOT_APPLICABLE: "not applicable: there is no value to give",
}
"""The Analysis Function's symbols for missing values, and what they mean here."""

ONE_TABLE_TEXT = "This worksheet contains one table."
_EMPTY_TABLE_TEXT = f"{ONE_TABLE_TEXT} It has no rows: there is no data for this scenario."
_LETTER_OR_DIGIT = re.compile("[a-zA-Z0-9]")
_UNWRITABLE = re.compile(
    r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|"
    f"[{''.join(chr(end - 2) + chr(end - 1) for end in range(0x20000, 0x110001, 0x10000))}]"
)
"""Characters that XML excludes or advises against: control characters, lone surrogates and the
last two code points of each plane."""

CELL_CHARACTER_LIMIT = 32_767
"""Most characters in a cell, in UTF-16 code units. With more, Excel repairs the file."""

TRUNCATION_NOTE = " … (shortened: the CSV file has the full text)"


def build_sheet(
    table: ResultTable, notes: Mapping[str, str] | None = None, instruction: str = ""
) -> GPTable:
    """Build the sheet of a table.

    A missing number is shown as not available, a missing text as not applicable.

    Args:
        table: The table.
        notes: Marks of notes by column name.
        instruction: A sentence above the table.

    Returns:
        The sheet for gptables.
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
    """Make a text safe for a cell.

    Formulas are escaped, as is what gptables would read as a link or a note. Lines end in LF.

    Args:
        text: The text.

    Returns:
        The text without characters that XML excludes, cut to the length of a cell.
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
    """Give the content of a cell: a symbol where it is blank, and a safe text."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return symbol if cell is None else cell
    if not cell.strip():
        return symbol
    return clean_cell_text(cell if _LETTER_OR_DIGIT.search(cell) else f"the sign {cell.strip()}")


def _unique_labels(table: ResultTable) -> list[str]:
    """Give each column a label of its own. Where two are alike, add the column's name.

    To Excel, labels that differ only in capitals are alike.
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
    """Give the number formats of cells to gptables, whose first row is the headings."""
    return [
        {"cell": {"cells": (row + 1, column), "format": {"num_format": number_format}}}
        for (row, column), number_format in choose_cell_formats(table).items()
    ]


def _column_index(table: ResultTable, name: str) -> int:
    return list(table.frame.columns).index(name)
