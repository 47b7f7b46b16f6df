"""Table of price growth, and the year whose prices a 12-month window counts as."""

import pandas as pd
import pandera.pandas as pa

from workbook.periods import MONTHS_PER_YEAR
from workbook.tables import TableSchema
from workbook.tables.columns import number_column, source_column, text_column, year_column

_WORLD_BANK_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_GROWTH_CHECK = pa.Check.in_range(-0.5, 1, error="must be a fraction of 1, so that 2.5% is 0.025")

# The table has no period: it is a unit of account, not evidence, so no quarter cuts it.
deflator = TableSchema(
    name="deflator",
    title="Growth of prices by calendar year; HM Treasury's series is by financial year",
    sources=("World Bank, NY.GDP.DEFL.KD.ZG, United Kingdom",),
    licence=_WORLD_BANK_LICENCE,
    schema=pa.DataFrameSchema(
        {
            "series": text_column("Series", "Country or economy whose prices these are."),
            "year": year_column("Year", "Calendar year."),
            "growth": number_column(
                "Growth", "Growth from the calendar year before, as a fraction.", _GROWTH_CHECK
            ),
            "source": source_column(),
        },
        unique=["series", "year"],
    ),
)


def read_price_growth(frame: pd.DataFrame) -> dict[int, float]:
    """Read the growth of prices.

    Args:
        frame: The table.

    Returns:
        Growth on the year before as a fraction of 1, by calendar year.
    """
    return {int(year): float(rate) for year, rate in frame[["year", "growth"]].to_numpy()}


def main_calendar_year(window_end: str) -> int:
    """Calendar year with most of a 12-month window's months: 2014 for an end in ``2014-09``.

    Args:
        window_end: Month in which the window ends.

    Returns:
        The year whose prices the window's amounts count as: 2013 for an end in ``2014-03``, and
        for one in ``2014-06``, where both years have six months and the first counts.
    """
    year, month = map(int, window_end.split("-"))
    return year if 2 * month > MONTHS_PER_YEAR else year - 1
