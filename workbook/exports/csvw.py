"""Tables as CSV for others, each with its metadata: CSV on the Web, a W3C recommendation.

The files are UTF-8 with a header of column names and lines that end in LF; numbers are written in
full, and a text that a spreadsheet might run has an apostrophe before it.
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
    "count": "Number of them.",
}
"""What the units that need it mean; the others say it themselves."""


def to_csv(frame: pd.DataFrame) -> str:
    """The frame as CSV, its columns by their names."""
    rows = [[escape_formula(str(name)) for name in frame.columns], *_serialise_rows(frame)]
    lines = [",".join(map(_quote_cell, row)) or '""' for row in rows]  # one blank is no empty line
    return "".join(f"{line}\n" for line in lines)


def build_metadata(table: ResultTable) -> str:
    """Text of the metadata that describes ``NAME.csv``."""
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
    """Write ``NAME.csv`` and ``NAME.csv-metadata.json`` into the folder.

    Raises ValueError where what would be written does not give the table back.
    """
    content, description_text = to_csv(table.frame), build_metadata(table)
    _check_round_trip(content, json.loads(description_text), table.frame)
    _save_text(folder / f"{table.name}.csv", content)
    _save_text(folder / f"{table.name}.csv-metadata.json", description_text)


def write_indicators(path: Path, outcome: Outcome) -> None:
    """Write an outcome's indicators as CSV, a row each, with the columns of ``run --json``."""
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    _save_text(path, to_csv(pd.DataFrame(rows, columns=list(INDICATOR_FIELDS), dtype=object)))


def _serialise_rows(frame: pd.DataFrame) -> list[list[str]]:
    columns = [
        map(serialise_cell, to_cells(frame.iloc[:, index])) for index in range(frame.shape[1])
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _quote_cell(cell: str) -> str:
    """The cell in quotation marks where it needs them; Python's own writer forgets a lone CR."""
    needs_quotes = any(character in cell for character in ',"\r\n')
    return '"' + cell.replace('"', '""') + '"' if needs_quotes else cell


def _describe_column(column: pd.Series, column_description: Column) -> dict[str, Any]:
    """A column's description; its titles are its header in the file and its label."""
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
    """Read back what is to be written, by its metadata. Raises ValueError for any difference."""
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
            msg = f"{description['url']} would not hold the column {column['name']} as it is"
            raise ValueError(msg)


def _parse_cell(cell: str, datatype: str) -> Cell:
    """A cell of the file by its datatype, as whoever follows the metadata reads it."""
    if not cell:
        return None
    readers: dict[str, Callable[[str], Cell]] = {
        "integer": int,
        "number": float,
        "boolean": lambda text: text == "true",
    }
    return readers.get(datatype, str)(cell)


def _expected_cell(value: Cell, datatype: str) -> Cell:
    """A cell of the frame as the file can hold it: in text an empty one is blank."""
    return (serialise_cell(value) or None) if datatype == "string" else value


def _save_text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
