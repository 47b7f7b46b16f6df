"""Rolling windows: periods of several months that overlap, such as years ending each quarter."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from workbook.periods import MONTHS_PER_YEAR, is_month, month_index
from workbook.tables.findings import CellFinding
from workbook.tables.text_columns import encode_labels

SINGLE_WINDOW_MESSAGE = (
    "is the only window: two are needed to measure a change "
    "(workbook import --into can add a single window to a bundled table)"
)


def isolated_windows(cells: "pd.Series[Any]", length: int) -> Iterator[CellFinding]:
    """Find windows that cannot be compared with another, since two are needed for a change.

    Two can be compared if they overlap or adjoin. So can those of a file whose windows all end a
    whole number of years apart: it is published once a year, and a year may be missing.

    Args:
        cells: Last month of each row's window.
        length: Months in a window.

    Yields:
        A finding at the first row of each such window.
    """
    codes, labels = encode_labels(cells.array)
    ends = {code: month_index(label) for code, label in enumerate(labels) if is_month(label)}
    name = str(cells.name)
    if len(ends) == 1:
        yield CellFinding(name, _first_positions(codes, [*ends]), lambda _: SINGLE_WINDOW_MESSAGE)
        return
    if len({end % MONTHS_PER_YEAR for end in ends.values()}) == 1:
        return
    isolated_codes = [
        at
        for at, end in ends.items()
        if not any(0 < abs(end - other) <= length for other in ends.values())
    ]
    message = f"window of {length} months that overlaps no other: check its date"
    yield CellFinding(name, _first_positions(codes, isolated_codes), lambda _: message)


def _first_positions(codes: "np.typing.NDArray[np.int64]", labels: list[int]) -> list[int]:
    return [int(np.argmax(codes == code)) for code in labels]
