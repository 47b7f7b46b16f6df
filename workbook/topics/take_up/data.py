"""Tables of take-up: published transactions, go-live dates, and uploaded service indicators."""

import pandera.pandas as pa

from workbook.importers.published import transactions_explorer
from workbook.importers.published.window_headers import WINDOW_MONTHS
from workbook.tables import PublishedFileReader, TableSchema
from workbook.tables.columns import (
    count_column,
    money_column,
    month_column,
    source_column,
    text_column,
)
from workbook.tables.warnings import (
    check_part_within_total,
    check_single_parent,
    check_single_spelling,
    check_total_reported,
)

_SERVICE_COLUMNS = {
    "organisation": text_column(
        "Organisation", "Body or agency that runs the service.", coded=True
    ),
    "service": text_column("Service", "Name of the service.", coded=True),
}

take_up_table = TableSchema(
    name="take_up",
    title="Transactions of public services, in rolling windows of twelve months, as published",
    period="window_end",
    window=WINDOW_MONTHS,
    sources=("Government Digital Service, Transactions Explorer, September 2018: 46 services",),
    readers=(
        PublishedFileReader(
            transactions_explorer.recognises_transactions_header,
            transactions_explorer.map_transactions_explorer,
        ),
    ),
    warning_checks=(
        check_part_within_total("digital_volume", "volume"),
        check_total_reported("digital_volume", "volume"),
        check_single_parent("service", "organisation"),
        check_single_spelling("service", "organisation"),
    ),
    schema=pa.DataFrameSchema(
        {
            "department": text_column(
                "Department", "Department that answers for the organisation.", coded=True
            ),
            **_SERVICE_COLUMNS,
            "function": text_column(
                "Function", "What kind of service it is.", nullable=True, required=False, coded=True
            ),
            "funding": text_column(
                "Funding", "Who pays for it.", nullable=True, required=False, coded=True
            ),
            "window_end": month_column(
                "Window", "Month in which the window of twelve months ends.", coded=True
            ),
            "volume": count_column(
                "Volume", "Transactions in the window, by any channel.", nullable=True
            ),
            "digital_volume": count_column(
                "Digital", "Transactions in the window completed online.", nullable=True
            ),
            "cost_per_transaction": money_column(
                "Cost", "Pounds for each transaction.", required=False, nullable=True
            ),
            "online_volume": count_column(
                "Online without help",
                "Of the digital, those without staff.",
                required=False,
                nullable=True,
            ),
            "assisted_volume": count_column(
                "Online with help",
                "Those completed by staff or with their help.",
                required=False,
                nullable=True,
            ),
            "source": source_column(required=False, nullable=True, coded=True),
        },
        unique=["organisation", "service", "window_end"],
    ),
)

service_kpis_table = TableSchema(
    name="service_kpis",
    title="Service indicators: completed by channel, started, rated, and what it cost",
    period="window_end",
    bundled=False,
    schema=pa.DataFrameSchema(
        {
            **_SERVICE_COLUMNS,
            "window_end": month_column(
                "Period", "Month in which the period described ends.", coded=True
            ),
            "completed_online": count_column(
                "Online", "Completed online without help.", nullable=True
            ),
            "completed_assisted": count_column(
                "Assisted", "Completed online by or with help of staff.", nullable=True
            ),
            "completed_paper": count_column("Paper", "Completed on paper.", nullable=True),
            "completed_phone": count_column("Phone", "Completed by phone.", nullable=True),
            "completed_face_to_face": count_column(
                "Face to face", "Completed face to face.", required=False, nullable=True
            ),
            "started": count_column(
                "Started", "Transactions begun, by any channel, completed or not.", nullable=True
            ),
            **{
                f"rated_{rating}": count_column(
                    f"Rated {rating}",
                    f"People who gave {rating} of 5, where 5 is very satisfied.",
                    nullable=True,
                )
                for rating in range(1, 6)
            },
            "cost": money_column(
                "Cost", "Pounds for all completed transactions together.", nullable=True
            ),
        },
        unique=["organisation", "service", "window_end"],
    ),
)
service_go_live_table = TableSchema(
    name="service_go_live",
    title="When services that take-up is measured of came into use",
    period="month",
    sources=("Government Digital Service, transformation dashboard, milestones, February 2015",),
    schema=pa.DataFrameSchema(
        {
            **_SERVICE_COLUMNS,
            "phase": text_column(
                "Phase", "Beta: the first people use it; live: the standard is met.", coded=True
            ),
            "month": month_column(
                "Month", "Month of the first milestone of the phase.", coded=True
            ),
            "source": source_column(coded=True),
        },
        unique=["organisation", "service", "phase"],
    ),
)
