"""Choose how a sheet shows a number, by its unit. The cell keeps every digit."""

from collections.abc import Iterable, Mapping
from itertools import repeat

from workbook.exports.cells import Cell, to_cells
from workbook.result_table import ResultTable
from workbook.text.numbers import format_quantity, round_half_up

FORMAT_DECIMAL_PLACES = {"#,##0": 0, "#,##0.0": 1, "#,##0.00": 2, "#,##0.000": 3}
"""The formats with a thousands separator, each with its number of decimal places."""

_WHOLE_NUMBER, _ONE_DECIMAL_PLACE, _TWO_DECIMAL_PLACES, _THREE_DECIMAL_PLACES = (
    FORMAT_DECIMAL_PLACES
)
GENERAL_FORMAT = "General"
_WHOLE_POUNDS_FROM = 1_000
_UNIT_FORMATS = {
    "people": _WHOLE_NUMBER,
    "years": _ONE_DECIMAL_PLACE,
    "days": _ONE_DECIMAL_PLACE,
    "share": _THREE_DECIMAL_PLACES,
    "points": _THREE_DECIMAL_PLACES,
    "index": _THREE_DECIMAL_PLACES,
}

CellPosition = tuple[int, int]


def choose_number_format(value: float, unit: str) -> str:
    """Choose the number format for a value.

    Args:
        value: The value.
        unit: Its unit, such as ``GBP``.

    Returns:
        The format. ``General`` where the unit has none of its own.
    """
    if unit == "GBP":
        return (
            _WHOLE_NUMBER
            if round_half_up(abs(value), 2) >= _WHOLE_POUNDS_FROM
            else _TWO_DECIMAL_PLACES
        )
    if unit == "count":
        return _choose_count_format(value)
    return _UNIT_FORMATS.get(unit, GENERAL_FORMAT)


def _choose_count_format(value: float) -> str:
    """Show a count with as many decimal places as elsewhere, if there is a format for them."""
    text = format_quantity(value)
    place_count = len(text.partition(".")[2])
    formats = {places: number_format for number_format, places in FORMAT_DECIMAL_PLACES.items()}
    return GENERAL_FORMAT if "e" in text else formats.get(place_count, GENERAL_FORMAT)


def apply_number_format(value: Cell, number_format: str) -> Cell:
    """Show a number as a spreadsheet does.

    Args:
        value: The cell.
        number_format: Its number format.

    Returns:
        The text for a format with a fixed number of decimal places. Otherwise the cell itself.
    """
    if number_format not in FORMAT_DECIMAL_PLACES or not isinstance(value, int | float):
        return value
    return f"{value:z,.{FORMAT_DECIMAL_PLACES[number_format]}f}"


def choose_cell_formats(table: ResultTable) -> Mapping[CellPosition, str]:
    """Choose the number format of each cell of a table.

    Args:
        table: The table.

    Returns:
        The formats by row and column, both from 0. Cells with the general format are left out.
    """
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
    """Give the unit of each row of a column."""
    column = table.columns[name]
    if column.unit_column:
        return table.frame[column.unit_column].astype(str)
    return repeat(column.unit, len(table.frame))
