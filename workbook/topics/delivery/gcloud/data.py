"""The tables of G-Cloud sales: the uploaded returns of suppliers, and their bundled totals."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.importers.published import g_cloud
from workbook.tables import OPEN_GOVERNMENT_LICENCE, PublishedFileReader, TableSchema
from workbook.tables.columns import (
    choice_column,
    count_column,
    month_column,
    signed_money_column,
    source_column,
    text_column,
)
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel
from workbook.topics.delivery.gcloud.totals import OTHER_FIRM, SMALL_FIRM

_FIRM_SIZES = (SMALL_FIRM, OTHER_FIRM)
_FIRM_SIZE_DESCRIPTION = f"{SMALL_FIRM} for an SME, else {OTHER_FIRM}."


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
            "sales",
            negative,
            lambda position: f"{sales[position]} is a credit, kept and subtracted",
            grouped=True,
        )


gcloud_sales_schema = TableSchema(
    name="gcloud_sales",
    title="G-Cloud sales: every return in the published file",
    period="month",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=("Cabinet Office, G-Cloud sales, July 2014",),
    bundled=False,
    readers=(PublishedFileReader(g_cloud.recognises_g_cloud_header, g_cloud.map_g_cloud_sales),),
    warning_checks=(report_credits,),
    schema=pa.DataFrameSchema(
        {
            "return_id": text_column(
                "Return", "Identifier of the return in the file.", required=False
            ),
            "month": month_column("Month", "Month of the return.", coded=True),
            "framework": text_column(
                "Framework", "G-Cloud is the first; G-Cloud 2 and so on.", coded=True
            ),
            "lot": text_column(
                "Lot",
                "1 infrastructure, 2 platform, 3 software, 4 specialist services.",
                coded=True,
            ),
            "sector": text_column(
                "Sector", "Sector of the customer.", nullable=True, required=False, coded=True
            ),
            "supplier_size": choice_column(
                "Size of firm", _FIRM_SIZE_DESCRIPTION, _FIRM_SIZES, required=False, coded=True
            ),
            "sales": signed_money_column(
                "Sales",
                "Pounds; negative for a credit.",
                blank_reason="write 0 where nothing was sold",
            ),
        },
        unique=["return_id"],
    ),
)

gcloud_totals_schema = TableSchema(
    name="gcloud_totals",
    title="G-Cloud sales to a month by size of firm, added up from suppliers’ returns",
    period="month",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=("Cabinet Office, G-Cloud sales, July 2014",),
    schema=pa.DataFrameSchema(
        {
            "month": month_column("Month", "Last month of the returns added up."),
            "supplier_size": choice_column("Size of firm", _FIRM_SIZE_DESCRIPTION, _FIRM_SIZES),
            "sales": signed_money_column("Sales", "Pounds since April 2012, less credits."),
            "returns": count_column("Rows", "Number of rows of the file of returns added up."),
            "source": source_column(),
        },
        unique=["month", "supplier_size"],
    ),
)
