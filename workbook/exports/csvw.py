"""Write tables as CSV with metadata, by the W3C recommendation CSV on the Web.

Files are UTF-8 with a header of column names and lines that end in LF. Numbers are written in full.
A text that a spreadsheet could run as a formula has an apostrophe before it.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from workbook.exports.cells import Cell, cell_datatype, serialise_cell, to_cells
from workbook.indicators import INDICATOR_FIELDS
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.text.numbers import escape_formula

_UNIT_MEANINGS = {
    "people": "Number of people.",
    "share": "Fraction of 1: 21% is 0.21.",
    "GBP": "Pounds sterling.",
    "count": "A count.",
}
"""What a unit means, where its name does not say it."""


def to_csv(frame: pd.DataFrame) -> str:
    """Write a frame as CSV.

    Args:
        frame: The frame.

    Returns:
        The CSV text, with the names of the columns as its header.
    """
    rows = [[escape_formula(str(name)) for name in frame.columns], *_serialise_rows(frame)]
    lines = [",".join(map(_quote_cell, row)) or '""' for row in rows]  # one blank is no empty line
    return "".join(f"{line}\n" for line in lines)


def build_metadata(table: ResultTable) -> str:
    """Describe the CSV file of a table.

    Args:
        table: The table.

    Returns:
        The metadata, as JSON.
    """
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{quote(table.name)}.csv",
        "dc:title": table.title,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {
            "columns": [
                _describe_column(column, table.columns[str(name)])
                for name, column in table.frame.items()
            ]
        },
    }
    return json.dumps(description, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write_csvw(folder: Path, table: ResultTable) -> None:
    """Write ``NAME.csv`` and ``NAME.csv-metadata.json`` into a folder.

    Args:
        folder: An existing folder.
        table: The table.

    Raises:
        ValueError: The file would not give the same table when it is read back.
    """
    content, description_text = to_csv(table.frame), build_metadata(table)
    _check_round_trip(content, json.loads(description_text), table.frame)
    _save_text(folder / f"{table.name}.csv", content)
    _save_text(folder / f"{table.name}.csv-metadata.json", description_text)


def write_indicators(path: Path, outcome: Outcome) -> None:
    """Write an outcome's indicators as CSV, with the columns of ``run --json``.

    Args:
        path: The file.
        outcome: The outcome.
    """
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    _save_text(path, to_csv(pd.DataFrame(rows, columns=list(INDICATOR_FIELDS), dtype=object)))


def _serialise_rows(frame: pd.DataFrame) -> list[list[str]]:
    columns = [
        map(serialise_cell, to_cells(frame.iloc[:, index])) for index in range(frame.shape[1])
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _quote_cell(cell: str) -> str:
    """Quote a cell where it needs it. Python's own writer does not quote a lone CR."""
    needs_quotes = any(character in cell for character in ',"\r\n')
    return '"' + cell.replace('"', '""') + '"' if needs_quotes else cell


def _describe_column(column: pd.Series, column_description: Column) -> dict[str, Any]:
    """Describe a column. Its titles are its header in the file and its label."""
    header = escape_formula(str(column.name))
    titles = list(dict.fromkeys([header, column_description.label]))
    description: dict[str, Any] = {
        "name": quote(str(column.name), safe="").replace("-", "%2D").replace("~", "%7E"),
        "titles": titles,
        "datatype": cell_datatype(to_cells(column)),
        "dc:title": column_description.label,
    }
    if column_description.unit:
        description["schema:unitText"] = column_description.unit
    if column_description.unit in _UNIT_MEANINGS:
        description["dc:description"] = _UNIT_MEANINGS[column_description.unit]
    return description


def _check_round_trip(content: str, description: Mapping[str, Any], frame: pd.DataFrame) -> None:
    """Read the file back by its metadata. Raises ValueError for any difference."""
    header, *rows = csv.reader(io.StringIO(content, newline=""))
    columns = description["tableSchema"]["columns"]
    if header != [column["titles"][0] for column in columns] or len(rows) != len(frame):
        msg = f"{description['url']} would not have the table's columns and rows"
        raise ValueError(msg)
    for index, column in enumerate(columns):
        values_read = [_parse_cell(row[index], column["datatype"]) for row in rows]
        if values_read != [
            _expected_cell(cell, column["datatype"]) for cell in to_cells(frame.iloc[:, index])
        ]:
            msg = f"{description['url']} would change the values of column {column['name']}"
            raise ValueError(msg)


def _parse_cell(cell: str, datatype: str) -> Cell:
    """Read a cell of the file by the datatype that the metadata gives."""
    if not cell:
        return None
    readers: dict[str, Callable[[str], Cell]] = {
        "integer": int,
        "number": float,
        "boolean": lambda text: text == "true",
    }
    return readers.get(datatype, str)(cell)


def _expected_cell(value: Cell, datatype: str) -> Cell:
    """Give a cell of the frame as the file holds it: an empty text is blank."""
    return (serialise_cell(value) or None) if datatype == "string" else value


def _save_text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
