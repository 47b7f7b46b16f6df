"""Rules that a table's cells keep, for its schema; what breaks one is an error."""

import re

import pandera.pandas as pa

from workbook.quarters import is_period

FRACTION = pa.Check.in_range(0, 1, error="must be a fraction of 1, so that 21% is 0.21")
NOT_NEGATIVE = pa.Check.ge(0, error="must not be negative")
PERIOD = pa.Check(
    lambda cells: cells.map(is_period), error="must be a year, a month or a quarter such as 2014-06"
)


def is_month(period: object) -> bool:
    """Whether this is a month such as ``2014-06``."""
    return bool(re.fullmatch("[0-9]{4}-[0-9]{2}", str(period))) and is_period(period)


MONTH = pa.Check(lambda cells: cells.map(is_month), error="must be a month such as 2014-06")
