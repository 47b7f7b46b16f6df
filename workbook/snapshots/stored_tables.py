"""Read the result tables that a snapshot keeps: CSV files with their metadata."""

import json
from pathlib import Path

import pandas as pd

from workbook.result_table import Column, ResultTable
from workbook.text.numbers import unescape_formula


def read_result_tables(folder: Path) -> list[ResultTable]:
    """Read a topic's result tables.

    Args:
        folder: The topic's folder in a snapshot.

    Returns:
        The tables by name, with the label and the unit of each column. A column whose unit differs
        by row has none.

    Raises:
        ValueError: A file is missing or damaged.
    """
    return [
        _read_result_table(path) for path in sorted((folder / "tables").glob("*-metadata.json"))
    ]


def _read_result_table(path: Path) -> ResultTable:
    file = path.with_name(path.name.removesuffix("-metadata.json"))
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
        frame = pd.read_csv(file, encoding="utf-8", dtype_backend="numpy_nullable")
        texts: list[str] = frame.select_dtypes("string").columns.tolist()
        for name in texts:
            frame[name] = frame[name].map(unescape_formula, na_action="ignore").astype("string")
        columns = {
            column["titles"][0]: Column(column["dc:title"], column.get("schema:unitText", ""))
            for column in description["tableSchema"]["columns"]
        }
        return ResultTable(file.stem, description["dc:title"], frame, columns)
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(f"{file} is missing or damaged") from error
