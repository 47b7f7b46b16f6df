"""What a table's cells hold, and how they are written so that nothing is run and nothing lost."""

import math
from typing import Literal

import pandas as pd

from workbook.words import neutralised

Cell = str | int | float | bool | None
Kind = Literal["integer", "number", "boolean", "string"]


def cells(column: pd.Series) -> list[Cell]:
    """A column's cells as plain Python values, None where missing.

    Raises ValueError for a number that is not finite: what is not known is left blank.
    """
    return [_cell(value, str(column.name)) for value in column]


def kind(values: list[Cell]) -> Kind:
    """What these cells hold, apart from blanks; text where they are of several kinds."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    return "number" if kinds and kinds <= {int, float} else "string"


def written(value: Cell) -> str:
    """A cell as a CSV file holds it: numbers in full, texts neutralised, nothing where missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return neutralised(value) if isinstance(value, str) else repr(value)


def _cell(value: object, column: str) -> Cell:
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
