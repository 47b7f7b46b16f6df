"""Convert the cells of a table to plain values and to safe text."""

import math
from typing import Literal

import pandas as pd

from workbook.text.numbers import escape_formula

Cell = str | int | float | bool | None
CellDatatype = Literal["integer", "number", "boolean", "string"]


def to_cells(column: pd.Series) -> list[Cell]:
    """Convert a column to plain Python values.

    Args:
        column: The column.

    Returns:
        The values, None where missing.

    Raises:
        ValueError: A number is infinite. An unknown figure is left blank instead.
    """
    return [_to_cell(value, str(column.name)) for value in column]


def cell_datatype(values: list[Cell]) -> CellDatatype:
    """Give the datatype of cells, apart from blanks.

    Args:
        values: The cells.

    Returns:
        The datatype. ``string`` where there are several kinds.
    """
    types = {type(value) for value in values if value is not None}
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer"
    return "number" if types and types <= {int, float} else "string"


def serialise_cell(value: Cell) -> str:
    """Write a cell as a CSV file holds it.

    Args:
        value: The cell.

    Returns:
        Numbers in full, texts with formulas escaped, and an empty text where missing.
    """
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
            msg = f'column "{column}" contains {value}: leave unknown figures blank'
            raise ValueError(msg)
        return None if math.isnan(value) else value
    if isinstance(value, bool | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
