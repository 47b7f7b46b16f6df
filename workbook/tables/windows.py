"""Windows: a table's periods that each sum up several months, published more often than that."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from workbook.tables.findings import Finding
from workbook.tables.rules import is_month
from workbook.tables.texts import coded

MONTHS_A_YEAR = 12
ONLY = (
    "is the only window: two are needed to tell a change "
    "(workbook import --into brings the next quarter by itself to a table that is held)"
)


def months(period: str) -> int:
    """Months since the year 0: ``2014-06`` gives 24173."""
    return MONTHS_A_YEAR * int(period[:4]) + int(period[5:7]) - 1


def month(months: int) -> str:
    """The month so many months since the year 0: 24173 gives ``2014-06``."""
    return f"{months // MONTHS_A_YEAR:04d}-{months % MONTHS_A_YEAR + 1:02d}"


def alone(cells: "pd.Series[Any]", length: int) -> Iterator[Finding]:
    """Windows of ``length`` months that overlap no other, at their first row."""
    codes, labels = coded(cells.array)
    ends = {at: months(label) for at, label in enumerate(labels) if is_month(label)}
    name = str(cells.name)
    if len(ends) == 1:
        yield Finding(name, _first(codes, [*ends]), lambda _: ONLY)
        return
    apart = [
        at
        for at, end in ends.items()
        if not any(0 < abs(end - other) < length for other in ends.values())
    ]
    message = f"its window of {length} months overlaps no other: is its date right?"
    yield Finding(name, _first(codes, apart), lambda _: message)


def _first(codes: "np.typing.NDArray[np.int64]", which: list[int]) -> list[int]:
    return [int(np.argmax(codes == code)) for code in which]
