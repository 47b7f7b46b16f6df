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

from workbook.exports.cells import Cell, cells, kind, written
from workbook.exports.exported import Exported
from workbook.outcome import Column, Outcome
from workbook.words import neutralised

INDICATORS = ["name", "label", "value", "unit", "low", "high", "reason"]
MEANINGS = {
    "people": "Number of people.",
    "share": "Fraction of 1: 21% is 0.21.",
    "GBP": "Pounds sterling.",
    "count": "Number of them.",
}
"""What the units that need it mean; the others say it themselves."""


def text(frame: pd.DataFrame) -> str:
    """The frame as CSV, its columns by their names."""
    rows = [[neutralised(str(name)) for name in frame.columns], *_rows(frame)]
    lines = [",".join(map(_quoted, row)) or '""' for row in rows]  # one blank is no empty line
    return "".join(f"{line}\n" for line in lines)


def metadata(table: Exported) -> str:
    """Text of the metadata that describes ``NAME.csv``."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{quote(table.name)}.csv",
        "dc:title": table.title,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {
            "columns": [_column(column, table.column(name)) for name, column in table.frame.items()]
        },
    }
    return json.dumps(described, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write(folder: Path, table: Exported) -> None:
    """Write ``NAME.csv`` and ``NAME.csv-metadata.json`` into the folder.

    Raises ValueError where what would be written does not give the table back.
    """
    content, described = text(table.frame), metadata(table)
    _check(content, json.loads(described), table.frame)
    _save(folder / f"{table.name}.csv", content)
    _save(folder / f"{table.name}.csv-metadata.json", described)


def write_indicators(path: Path, outcome: Outcome) -> None:
    """Write an outcome's indicators as CSV, a row each, with the columns of ``run --json``."""
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    _save(path, text(pd.DataFrame(rows, columns=INDICATORS, dtype=object)))


def _rows(frame: pd.DataFrame) -> list[list[str]]:
    columns = [map(written, cells(frame.iloc[:, index])) for index in range(frame.shape[1])]
    return [list(row) for row in zip(*columns, strict=True)]


def _quoted(cell: str) -> str:
    """The cell in quotation marks where it needs them; Python's own writer forgets a lone CR."""
    needs = any(mark in cell for mark in ',"\r\n')
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def _column(column: pd.Series, said: Column) -> dict[str, Any]:
    """A column's description; its titles are its header in the file and its label."""
    header = neutralised(str(column.name))
    titles = list(dict.fromkeys([header, said.label]))
    described: dict[str, Any] = {
        "name": quote(str(column.name), safe="").replace("-", "%2D").replace("~", "%7E"),
        "titles": titles,
        "datatype": kind(cells(column)),
        "dc:title": said.label,
    }
    if said.unit:
        described["schema:unitText"] = said.unit
    if said.unit in MEANINGS:
        described["dc:description"] = MEANINGS[said.unit]
    return described


def _check(content: str, described: Mapping[str, Any], frame: pd.DataFrame) -> None:
    """Read back what is to be written, by its metadata. Raises ValueError for any difference."""
    header, *rows = csv.reader(io.StringIO(content, newline=""))
    columns = described["tableSchema"]["columns"]
    if header != [column["titles"][0] for column in columns] or len(rows) != len(frame):
        msg = f"{described['url']} would not have the table's columns and rows"
        raise ValueError(msg)
    for index, column in enumerate(columns):
        found = [_read(row[index], column["datatype"]) for row in rows]
        if found != [_kept(cell, column["datatype"]) for cell in cells(frame.iloc[:, index])]:
            msg = f"{described['url']} would not hold the column {column['name']} as it is"
            raise ValueError(msg)


def _read(cell: str, datatype: str) -> Cell:
    """A cell of the file by its datatype, as whoever follows the metadata reads it."""
    if not cell:
        return None
    readers: dict[str, Callable[[str], Cell]] = {
        "integer": int,
        "number": float,
        "boolean": lambda text: text == "true",
    }
    return readers.get(datatype, str)(cell)


def _kept(value: Cell, datatype: str) -> Cell:
    """A cell of the frame as the file can hold it: in text an empty one is blank."""
    return (written(value) or None) if datatype == "string" else value


def _save(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
