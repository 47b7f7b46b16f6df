"""Table of what a contact costs by channel, which several topics use."""

import pandera.pandas as pa

from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import money_column, source_column, text_column, year_column

_REPORT_TITLE = "Cabinet Office, Digital Efficiency Report, November 2012"

channel_costs = TableSchema(
    name="channel_costs",
    title="Cost of a contact by channel and source; not the cost of a whole service",
    period="year",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(
        "Socitm, Potential for channel shift in local government, 2012",
        f"{_REPORT_TITLE}: case study of the Driving Standards Agency",
        "ESD Toolkit, Customer contact profiling, 2008",
    ),
    schema=pa.DataFrameSchema(
        {
            "source": source_column(),
            "year": year_column(
                "Price year",
                "Year of the prices.",
                blank_reason="an amount of money needs the year of its prices",
            ),
            "channel": text_column("Channel", "How people make contact."),
            "cost": money_column("Cost", "Pounds for each contact."),
        },
        unique=["source", "year", "channel"],
    ),
)
