"""What a table's cells hold, and how they are written so that nothing is run and nothing lost."""

import math
from typing import Literal

import pandas as pd

from workbook.text.numbers import escape_formula

Cell = str | int | float | bool | None
CellDatatype = Literal["integer", "number", "boolean", "string"]


def to_cells(column: pd.Series) -> list[Cell]:
    """A column's cells as plain Python values, None where missing.

    Raises ValueError for a number that is not finite: what is not known is left blank.
    """
    return [_to_cell(value, str(column.name)) for value in column]


def cell_datatype(values: list[Cell]) -> CellDatatype:
    """What these cells hold, apart from blanks; text where they are of several kinds."""
    types = {type(value) for value in values if value is not None}
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer"
    return "number" if types and types <= {int, float} else "string"


def serialise_cell(value: Cell) -> str:
    """A cell as a CSV file holds it: numbers in full, texts neutralised, nothing where missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return escape_formula(value) if isinstance(value, str) else repr(value)


def _to_cell(value: object, column: str) -> Cell:
    value = value.item() if hasattr(value, "item") else value
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float):
        if math.isinf(value):
            msg = f"the column {column} holds {value}: a figure that is not known is left blank"
            raise ValueError(msg)
        return None if math.isnan(value) else value
    if isinstance(value, bool | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
