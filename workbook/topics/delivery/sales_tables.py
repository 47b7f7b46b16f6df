"""Sales through G-Cloud as suppliers return them: the totals are held, the file is brought."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.importers import g_cloud
from workbook.tables import BLANK, MONTH, NOT_NEGATIVE, Table
from workbook.tables.findings import Finding
from workbook.tables.oddities import Place

SMALL, OTHER = "small", "other"
SIZE = pa.Check.isin([SMALL, OTHER], error=f"must be {SMALL} (a firm is an SME) or {OTHER}")


def credits_kept(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
    """Sales below nothing: money that was given back, and is taken off the sales."""
    if "sales" in frame:
        sales = frame["sales"]
        negative = np.flatnonzero(sales < 0)
        yield Finding("sales", negative, lambda at: f"{sales[at]} is a credit: kept", common=True)


def _text(title: str, description: str, *rules: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column(
        "category", list(rules), nullable=nullable, title=title, description=description
    )


gcloud_sales = Table(
    name="gcloud_sales",
    title="Sales through G-Cloud, return by return, as the published file has them",
    period="month",
    sources=("Cabinet Office, G-Cloud sales, July 2014",),
    held=False,
    readers=(g_cloud,),
    oddities=(credits_kept,),
    schema=pa.DataFrameSchema(
        {
            "return_id": pa.Column(
                str, title="Return", description="Identifier of the return in the file."
            ),
            "month": _text("Month", "Month of the return.", MONTH),
            "framework": _text("Framework", "G-Cloud is the first; G-Cloud 2 and so on."),
            "lot": _text("Lot", "1 infrastructure, 2 platform, 3 software, 4 specialist services."),
            "sector": _text("Sector", "Sector of the customer.", nullable=True),
            "supplier_size": _text("Size of firm", f"{SMALL} for an SME, else {OTHER}.", SIZE),
            "sales": pa.Column(
                float,
                title="Sales",
                description="Pounds; negative for a credit.",
                metadata={BLANK: "write 0 where nothing was sold"},
            ),
        },
        unique=["return_id"],
    ),
)

gcloud_totals = Table(
    name="gcloud_totals",
    title="Sales through G-Cloud up to a month, added up from the returns, by size of firm",
    period="month",
    sources=("Cabinet Office, G-Cloud sales, July 2014",),
    schema=pa.DataFrameSchema(
        {
            "month": pa.Column(
                str, MONTH, title="Month", description="Last month of the returns added up."
            ),
            "supplier_size": pa.Column(
                str, SIZE, title="Size of firm", description=f"{SMALL} for an SME, else {OTHER}."
            ),
            "sales": pa.Column(
                float, title="Sales", description="Pounds since April 2012, credits taken off."
            ),
            "returns": pa.Column(
                "Int64", NOT_NEGATIVE, title="Returns", description="Number of returns added up."
            ),
            "source": pa.Column(str, title="Source", description="Publication."),
        },
        unique=["month", "supplier_size"],
    ),
)
