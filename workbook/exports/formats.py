"""How a number is shown in a sheet, by its unit; the cell itself holds it in full."""

from collections.abc import Iterable, Iterator, Mapping

from workbook.exports.cells import Cell, cells
from workbook.exports.exported import Exported

PLACES = {"#,##0": 0, "#,##0.0": 1, "#,##0.00": 2, "#,##0.000": 3}
"""The formats in which thousands are separated, each with its digits after the point."""

WHOLE, TENTHS, PENCE, FRACTION = PLACES
GENERAL = "General"
THOUSAND = 1_000
USUAL = {"people": WHOLE, "years": TENTHS, "share": FRACTION, "points": FRACTION, "index": FRACTION}

Place = tuple[int, int]


def format_of(value: float, unit: str) -> str:
    """In which format a number of this unit is shown: general where the unit asks for none."""
    if unit == "GBP":
        return WHOLE if round(abs(value), 2) >= THOUSAND else PENCE
    if unit == "count":
        return WHOLE if float(value).is_integer() else GENERAL
    return USUAL.get(unit, GENERAL)


def shown(value: Cell, form: str) -> Cell:
    """A cell as it is seen in this format; as it is in any other."""
    if form not in PLACES or not isinstance(value, int | float):
        return value
    return f"{value:z,.{PLACES[form]}f}"


def formats(table: Exported) -> Mapping[Place, str]:
    """The format of each number that has one, by its row and its column, from 0."""
    found = {}
    for at, (name, column) in enumerate(table.frame.items()):
        units = _units(table, name)
        for row, (cell, unit) in enumerate(zip(cells(column), units, strict=True)):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                found[row, at] = format_of(cell, unit)
    return {place: form for place, form in found.items() if form != GENERAL}


def _units(table: Exported, name: object) -> Iterable[str]:
    """The unit of each row of a column."""
    said = table.column(name)
    each: Iterator[object] = iter(table.frame[said.unit_in] if said.unit_in else [])
    return [str(unit) for unit in each] if said.unit_in else [said.unit] * len(table.frame)
