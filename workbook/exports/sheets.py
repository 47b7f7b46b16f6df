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

from workbook.exports.cells import Cell, cells
from workbook.exports.exported import Exported
from workbook.exports.formats import formats
from workbook.words import neutralised

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
SYMBOLS = {
    NOT_AVAILABLE: "not available: the figure is not known",
    NOT_APPLICABLE: "not applicable: there is nothing to be said",
}
"""The Analysis Function's shorthand for what is missing, and what it means here."""

ONE = "This worksheet contains one table."
NO_ROWS = f"{ONE} It has no rows: nothing is known for what was asked."
WORDS = re.compile("[a-zA-Z0-9]")
UNWRITABLE = re.compile(
    r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|"
    f"[{''.join(chr(end - 2) + chr(end - 1) for end in range(0x20000, 0x110001, 0x10000))}]"
)
"""What XML cannot hold, or is advised not to: control characters, halves of a pair, the last two
of each plane, which are no characters."""

LONGEST = 32_767
"""Letters that a cell holds, at most, counted as in UTF-16: at more, Excel mends the file."""

CUT = " … (cut here: the CSV file has all of it)"


def sheet(table: Exported, notes: Mapping[str, str] | None = None, remark: str = "") -> GPTable:
    """The table with its columns' labels and units; ``notes`` are marks by column.

    ``remark`` is what else is said above it. A number that is missing is not available, a text that
    is missing not applicable.
    """
    labels = _labels(table)
    columns = {
        label: [_told(cell, symbol) for cell in held]
        for label, held, symbol in _columns(table, labels)
    }
    rows = pd.DataFrame(columns, dtype=object)
    if rows.empty:
        rows = pd.DataFrame([[NOT_APPLICABLE] * len(labels)], columns=labels, dtype=object)
    shown = {cell for cell in rows.to_numpy().flat if isinstance(cell, str)}
    return GPTable(
        table=rows,
        table_name=f"table_{table.name}",
        title=plain(table.title),
        instructions=" ".join(filter(None, (ONE if columns[labels[0]] else NO_ROWS, remark))),
        legend=[f"{mark} {SYMBOLS[mark]}" for mark in SYMBOLS if mark in shown],
        units=_units(table, labels) or None,
        table_notes={labels[_place(table, name)]: mark for name, mark in (notes or {}).items()},
        index_columns={},
        additional_formatting=_formatted(table),
    )


def plain(text: str) -> str:
    """A text that stays one, and that a cell can hold.

    gptables takes some for links and for marks of notes; a line ends in LF alone.
    """
    text = re.sub(r"\r\n?", "\n", neutralised(text)).replace("](", "] (")
    text = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\$(?=\$)", "$ ", text))
    letters = text.encode("utf-16-le")
    if len(letters) <= 2 * LONGEST:
        return text
    return letters[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _columns(table: Exported, labels: Sequence[str]) -> Iterable[tuple[str, list[Cell], str]]:
    for label, (_, column) in zip(labels, table.frame.items(), strict=True):
        held = cells(column)
        number = pd.api.types.is_numeric_dtype(column) or any(
            isinstance(cell, int | float) for cell in held
        )
        yield label, held, NOT_AVAILABLE if number else NOT_APPLICABLE


def _told(cell: Cell, symbol: str) -> Cell:
    """A cell as it is written: nothing is left blank, and no text is run."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return symbol if cell is None else cell
    if not cell.strip():
        return symbol
    return plain(cell if WORDS.search(cell) else f"the sign {cell.strip()}")


def _labels(table: Exported) -> list[str]:
    """A line for each column, each its own: where two are alike, with the column's name.

    Excel takes two for alike that differ in capitals alone.
    """
    said = [plain(" ".join(table.column(name).label.split())) for name in table.frame.columns]
    alike = Counter(label.casefold() for label in said)
    return [
        label if alike[label.casefold()] == 1 else f"{label} ({plain(str(name))})"
        for label, name in zip(said, table.frame.columns, strict=True)
    ]


def _units(table: Exported, labels: Sequence[str]) -> dict[str, str]:
    units = [table.column(name).unit for name in table.frame.columns]
    return {label: unit for label, unit in zip(labels, units, strict=True) if unit}


def _formatted(table: Exported) -> list[dict[str, Any]]:
    """The formats of the cells as gptables has them: its first row is that of the headings."""
    return [
        {"cell": {"cells": (row + 1, column), "format": {"num_format": form}}}
        for (row, column), form in formats(table).items()
    ]


def _place(table: Exported, name: str) -> int:
    return list(table.frame.columns).index(name)
