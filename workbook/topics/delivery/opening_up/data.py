"""The table of formats and APIs: whose they are, what they give, since when, and their state."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.periods import is_month
from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import choice_column, month_column, source_column, text_column
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel

IN_USE, BETA, BEING_EXPLORED = "in use", "beta", "being explored"
STATES = (IN_USE, BETA, BEING_EXPLORED)
"""Every state of a format or API, the one that others can rely on most first."""


def check_use_has_begun(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a format or API that is said to be open before it has opened.

    Args:
        frame: The table of formats and APIs.

    Yields:
        The cells of ``since`` after their row's period.
    """
    if not {"since", "period"} <= set(frame):
        return
    since, periods = frame["since"].astype("str"), frame["period"].astype("str")
    are_months = since.map(is_month) & periods.map(is_month)
    yield CellFinding(
        "since",
        np.flatnonzero(are_months & (since > periods)),
        lambda position: (
            f"{since.iloc[position]} is after the period, {periods.iloc[position]}: what is open"
            " has opened by then. Leave it blank if it is only planned"
        ),
    )


open_interfaces_schema = TableSchema(
    name="open_interfaces",
    title="Formats and APIs through which others use government data and services",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(JULY_2014_REPORT_TITLE,),
    error_checks=(check_use_has_begun,),
    schema=pa.DataFrameSchema(
        {
            "department": text_column(
                "Department", "Department responsible; blank for all of government.", nullable=True
            ),
            "organisation": text_column("Organisation", "Body that offers it."),
            "kind": choice_column(
                "Kind",
                "API: other programs ask it. Format: a form in which data are exchanged.",
                ("API", "format"),
            ),
            "interface": text_column("Format or API", "Its name."),
            "gives": text_column("Gives", "What others get from it, in plain words."),
            "since": month_column(
                "Since",
                "First month in which others could use it; blank if not published.",
                nullable=True,
                example="2014-04",
            ),
            "state": choice_column("State", "Its state at the end of the period.", STATES),
            "period": month_column("Period", "Month at whose end the state holds."),
            "reported": text_column(
                "Also reported", "What else is reported, or is missing.", nullable=True
            ),
            "source": source_column(),
        },
        unique=["organisation", "interface", "period"],
    ),
)
