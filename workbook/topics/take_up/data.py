"""Tables of take-up: published transactions, go-live dates, and uploaded service indicators."""

import pandera.pandas as pa

from workbook.importers.published import transactions_explorer
from workbook.importers.published.window_headers import WINDOW_MONTHS
from workbook.tables import MONTH_RULE, NOT_NEGATIVE_RULE, PublishedFileReader, TableSchema
from workbook.tables.warnings import (
    check_part_within_total,
    check_single_parent,
    check_single_spelling,
    check_total_reported,
)


def _text_column(
    title: str, description: str, *, nullable: bool = False, required: bool = True
) -> pa.Column:
    return pa.Column(
        "category", nullable=nullable, required=required, title=title, description=description
    )


def _count_column(title: str, description: str, *, required: bool = True) -> pa.Column:
    return pa.Column(
        "Int64",
        NOT_NEGATIVE_RULE,
        nullable=True,
        required=required,
        title=title,
        description=description,
    )


def _money_column(title: str, description: str, *, required: bool = True) -> pa.Column:
    return pa.Column(
        float,
        NOT_NEGATIVE_RULE,
        nullable=True,
        required=required,
        title=title,
        description=description,
    )


def _month_column(title: str, description: str) -> pa.Column:
    return pa.Column("category", MONTH_RULE, title=title, description=description)


_SERVICE_COLUMNS = {
    "organisation": _text_column("Organisation", "Body or agency that runs the service."),
    "service": _text_column("Service", "Name of the service."),
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
            "department": _text_column(
                "Department", "Department that answers for the organisation."
            ),
            **_SERVICE_COLUMNS,
            "function": _text_column(
                "Function", "What kind of service it is.", nullable=True, required=False
            ),
            "funding": _text_column("Funding", "Who pays for it.", nullable=True, required=False),
            "window_end": _month_column(
                "Window", "Month in which the window of twelve months ends."
            ),
            "volume": _count_column("Volume", "Transactions in the window, by any channel."),
            "digital_volume": _count_column(
                "Digital", "Transactions in the window completed online."
            ),
            "cost_per_transaction": _money_column(
                "Cost", "Pounds for each transaction.", required=False
            ),
            "online_volume": _count_column(
                "Online without help", "Of the digital, those without staff.", required=False
            ),
            "assisted_volume": _count_column(
                "Online with help", "Those completed by staff or with their help.", required=False
            ),
            "source": _text_column("Source", "Publication.", required=False, nullable=True),
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
            "window_end": _month_column("Period", "Month in which the period described ends."),
            "completed_online": _count_column("Online", "Completed online without help."),
            "completed_assisted": _count_column(
                "Assisted", "Completed online by or with help of staff."
            ),
            "completed_paper": _count_column("Paper", "Completed on paper."),
            "completed_phone": _count_column("Phone", "Completed by phone."),
            "completed_face_to_face": _count_column(
                "Face to face", "Completed face to face.", required=False
            ),
            "started": _count_column(
                "Started", "Transactions begun, by any channel, completed or not."
            ),
            **{
                f"rated_{rating}": _count_column(
                    f"Rated {rating}", f"People who gave {rating} of 5, where 5 is very satisfied."
                )
                for rating in range(1, 6)
            },
            "cost": _money_column("Cost", "Pounds for all completed transactions together."),
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
            "phase": _text_column(
                "Phase", "Beta: the first people use it; live: the standard is met."
            ),
            "month": _month_column("Month", "Month of the first milestone of the phase."),
            "source": _text_column("Source", "Publication."),
        },
        unique=["organisation", "service", "phase"],
    ),
)
