"""The tables of G-Cloud sales: the uploaded returns of suppliers, and their bundled totals."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.importers.published import g_cloud
from workbook.tables import (
    BLANK_REASON_KEY,
    MONTH_RULE,
    NOT_NEGATIVE_RULE,
    PublishedFileReader,
    TableSchema,
)
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel
from workbook.topics.delivery.gcloud.totals import OTHER_FIRM, SMALL_FIRM

_FIRM_SIZE_CHECK = pa.Check.isin(
    [SMALL_FIRM, OTHER_FIRM], error=f"must be {SMALL_FIRM} (a firm is an SME) or {OTHER_FIRM}"
)


def report_credits(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Warn about negative sales: credits, which are subtracted.

    Args:
        frame: The table's rows.

    Yields:
        The rows with a credit, grouped.
    """
    if "sales" in frame:
        sales = frame["sales"]
        negative = np.flatnonzero(sales < 0)
        yield CellFinding(
            "sales", negative, lambda position: f"{sales[position]} is a credit: kept", grouped=True
        )


def _category_column(
    title: str, description: str, *checks: pa.Check, nullable: bool = False
) -> pa.Column:
    return pa.Column(
        "category", list(checks), nullable=nullable, title=title, description=description
    )


gcloud_sales_schema = TableSchema(
    name="gcloud_sales",
    title="Sales through G-Cloud, return by return, as the published file has them",
    period="month",
    sources=("Cabinet Office, G-Cloud sales, July 2014",),
    bundled=False,
    readers=(PublishedFileReader(g_cloud.recognises_g_cloud_header, g_cloud.map_g_cloud_sales),),
    warning_checks=(report_credits,),
    schema=pa.DataFrameSchema(
        {
            "return_id": pa.Column(
                str, title="Return", description="Identifier of the return in the file."
            ),
            "month": _category_column("Month", "Month of the return.", MONTH_RULE),
            "framework": _category_column(
                "Framework", "G-Cloud is the first; G-Cloud 2 and so on."
            ),
            "lot": _category_column(
                "Lot", "1 infrastructure, 2 platform, 3 software, 4 specialist services."
            ),
            "sector": _category_column("Sector", "Sector of the customer.", nullable=True),
            "supplier_size": _category_column(
                "Size of firm", f"{SMALL_FIRM} for an SME, else {OTHER_FIRM}.", _FIRM_SIZE_CHECK
            ),
            "sales": pa.Column(
                float,
                title="Sales",
                description="Pounds; negative for a credit.",
                metadata={BLANK_REASON_KEY: "write 0 where nothing was sold"},
            ),
        },
        unique=["return_id"],
    ),
)

gcloud_totals_schema = TableSchema(
    name="gcloud_totals",
    title="Sales through G-Cloud up to a month, added up from the returns, by size of firm",
    period="month",
    sources=("Cabinet Office, G-Cloud sales, July 2014",),
    schema=pa.DataFrameSchema(
        {
            "month": pa.Column(
                str, MONTH_RULE, title="Month", description="Last month of the returns added up."
            ),
            "supplier_size": pa.Column(
                str,
                _FIRM_SIZE_CHECK,
                title="Size of firm",
                description=f"{SMALL_FIRM} for an SME, else {OTHER_FIRM}.",
            ),
            "sales": pa.Column(
                float, title="Sales", description="Pounds since April 2012, credits taken off."
            ),
            "returns": pa.Column(
                "Int64",
                NOT_NEGATIVE_RULE,
                title="Returns",
                description="Number of returns added up.",
            ),
            "source": pa.Column(str, title="Source", description="Publication."),
        },
        unique=["month", "supplier_size"],
    ),
)
