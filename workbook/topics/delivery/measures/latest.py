"""The latest value of each progress measure, and the value before it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from workbook.topics.delivery.derived_values import Derivation, DerivedValue, latest_value
from workbook.topics.delivery.table_rows import TableRow, group_by_identifier, plain_rows

MEASURE_COLUMNS = (
    "id",
    "indicator",
    "programme",
    "department",
    "organisation",
    "measure",
    "unit",
    "qualifier",
    "value",
    "period",
    "previous",
    "previous_period",
    "reported",
    "rests_on",
    "source",
)
_NUMERIC_COLUMNS = ("value", "previous")


class _EarlierValue(NamedTuple):
    """A value before the latest, and its month: blank if it is published without one."""

    value: float | None = None
    period: str = ""


def latest_measures(
    measures: pd.DataFrame, day: date, derivations: Mapping[str, Derivation]
) -> pd.DataFrame:
    """Give the latest value of each measure as known on a day.

    A value is derived where the measure ``rests_on`` a derivation, and none is published or the
    published one is older.

    Args:
        measures: The table of progress measures, with all of its columns.
        day: The day.
        derivations: Derivations by name.

    Returns:
        A row for each measure in the order of the table. Unknown numbers are NaN and unknown texts
        blank. ``previous`` is the value before, with its month in ``previous_period``.
    """
    groups = group_by_identifier(plain_rows(measures, _NUMERIC_COLUMNS))
    rows = [_latest_row(history, day, derivations) for history in groups.values()]
    return pd.DataFrame(rows, columns=list(MEASURE_COLUMNS)).astype(
        dict.fromkeys(_NUMERIC_COLUMNS, float)
    )


def _latest_row(
    history: Sequence[TableRow], day: date, derivations: Mapping[str, Derivation]
) -> TableRow:
    """The newest row of a measure, with the value before it."""
    row = history[-1]
    latest = latest_value(row["value"], row["period"], row["rests_on"], day, derivations)
    earlier = _earlier_value(history, latest)
    is_published = latest is not None and latest.value == row["value"]
    return row | {
        "value": latest.value if latest else None,
        "period": latest.period if latest else row["period"],
        "qualifier": row["qualifier"] if is_published else "",
        "previous": earlier.value,
        "previous_period": earlier.period,
    }


def _earlier_value(history: Sequence[TableRow], latest: DerivedValue | None) -> _EarlierValue:
    *older, row = history
    known = [(older_row["value"], older_row["period"]) for older_row in older]
    if latest and latest.period != row["period"] and row["value"] is not None:
        return _EarlierValue(row["value"], row["period"])
    if row["previous"] is not None:
        return _EarlierValue(row["previous"])
    dated = [_EarlierValue(value, period) for value, period in known if value is not None]
    return dated[-1] if dated and latest else _EarlierValue()
