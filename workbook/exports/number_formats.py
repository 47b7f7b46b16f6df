"""How a number is shown in a sheet, by its unit; the cell itself holds it in full."""

from collections.abc import Iterable, Mapping
from itertools import repeat

from workbook.exports.cells import Cell, to_cells
from workbook.result_table import ResultTable

FORMAT_DECIMAL_PLACES = {"#,##0": 0, "#,##0.0": 1, "#,##0.00": 2, "#,##0.000": 3}
"""The formats in which thousands are separated, each with its digits after the point."""

_WHOLE_NUMBER, _ONE_DECIMAL_PLACE, _TWO_DECIMAL_PLACES, _THREE_DECIMAL_PLACES = (
    FORMAT_DECIMAL_PLACES
)
GENERAL_FORMAT = "General"
_WHOLE_POUNDS_FROM = 1_000
_UNIT_FORMATS = {
    "people": _WHOLE_NUMBER,
    "years": _ONE_DECIMAL_PLACE,
    "share": _THREE_DECIMAL_PLACES,
    "points": _THREE_DECIMAL_PLACES,
    "index": _THREE_DECIMAL_PLACES,
}

CellPosition = tuple[int, int]


def choose_number_format(value: float, unit: str) -> str:
    """In which format a number of this unit is shown: general where the unit asks for none."""
    if unit == "GBP":
        return _WHOLE_NUMBER if round(abs(value), 2) >= _WHOLE_POUNDS_FROM else _TWO_DECIMAL_PLACES
    if unit == "count":
        return _WHOLE_NUMBER if float(value).is_integer() else GENERAL_FORMAT
    return _UNIT_FORMATS.get(unit, GENERAL_FORMAT)


def apply_number_format(value: Cell, number_format: str) -> Cell:
    """A cell as it is seen in this format; as it is in any other."""
    if number_format not in FORMAT_DECIMAL_PLACES or not isinstance(value, int | float):
        return value
    return f"{value:z,.{FORMAT_DECIMAL_PLACES[number_format]}f}"


def choose_cell_formats(table: ResultTable) -> Mapping[CellPosition, str]:
    """The format of each number that has one, by its row and its column, from 0."""
    number_formats = {}
    for column_index, (name, column) in enumerate(table.frame.items()):
        units = _row_units(table, str(name))
        for row_index, (cell, unit) in enumerate(zip(to_cells(column), units, strict=True)):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                number_formats[row_index, column_index] = choose_number_format(cell, unit)
    return {
        position: number_format
        for position, number_format in number_formats.items()
        if number_format != GENERAL_FORMAT
    }


def _row_units(table: ResultTable, name: str) -> Iterable[str]:
    """The unit of each row of a column."""
    column = table.columns[name]
    if column.unit_column:
        return table.frame[column.unit_column].astype(str)
    return repeat(column.unit, len(table.frame))
