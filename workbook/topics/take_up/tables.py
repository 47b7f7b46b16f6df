"""The published figures that take-up rests on, and the service indicators that a team brings."""

import pandera.pandas as pa

from workbook.importers import transactions_explorer
from workbook.tables import MONTH, NOT_NEGATIVE, Table
from workbook.tables.oddities import at_most, one_home, one_spelling, only_with

WINDOW = 12
"""Months that a window sums up; one is published every quarter."""


def _text(
    title: str, description: str, *, nullable: bool = False, required: bool = True
) -> pa.Column:
    return pa.Column(
        "category", nullable=nullable, required=required, title=title, description=description
    )


def _count(title: str, description: str, *, required: bool = True) -> pa.Column:
    return pa.Column(
        "Int64",
        NOT_NEGATIVE,
        nullable=True,
        required=required,
        title=title,
        description=description,
    )


def _pounds(title: str, description: str, *, required: bool = True) -> pa.Column:
    return pa.Column(
        float,
        NOT_NEGATIVE,
        nullable=True,
        required=required,
        title=title,
        description=description,
    )


def _month(title: str, description: str) -> pa.Column:
    return pa.Column("category", MONTH, title=title, description=description)


SERVICE = {
    "organisation": _text("Organisation", "Body or agency that runs the service."),
    "service": _text("Service", "Name of the service."),
}

take_up = Table(
    name="take_up",
    title="Transactions of public services, in rolling windows of twelve months, as published",
    period="window_end",
    window=WINDOW,
    sources=("Government Digital Service, Transactions Explorer, September 2018: 46 services",),
    readers=(transactions_explorer,),
    oddities=(
        at_most("digital_volume", "volume"),
        only_with("digital_volume", "volume"),
        one_home("service", "organisation"),
        one_spelling("service", "organisation"),
    ),
    schema=pa.DataFrameSchema(
        {
            "department": _text("Department", "Department that answers for the organisation."),
            **SERVICE,
            "function": _text(
                "Function", "What kind of service it is.", nullable=True, required=False
            ),
            "funding": _text("Funding", "Who pays for it.", nullable=True, required=False),
            "window_end": _month("Window", "Month in which the window of twelve months ends."),
            "volume": _count("Volume", "Transactions in the window, by any channel."),
            "digital_volume": _count("Digital", "Transactions in the window completed online."),
            "cost_per_transaction": _pounds("Cost", "Pounds for each transaction.", required=False),
            "online_volume": _count(
                "Online without help", "Of the digital, those without staff.", required=False
            ),
            "assisted_volume": _count(
                "Online with help", "Those completed by staff or with their help.", required=False
            ),
            "source": _text("Source", "Publication.", required=False, nullable=True),
        },
        unique=["organisation", "service", "window_end"],
    ),
)

service_kpis = Table(
    name="service_kpis",
    title="Service indicators: completed by channel, started, rated, and what it cost",
    period="window_end",
    held=False,
    schema=pa.DataFrameSchema(
        {
            **SERVICE,
            "window_end": _month("Period", "Month in which the period described ends."),
            "completed_online": _count("Online", "Completed online without help."),
            "completed_assisted": _count("Assisted", "Completed online by or with help of staff."),
            "completed_paper": _count("Paper", "Completed on paper."),
            "completed_phone": _count("Phone", "Completed by phone."),
            "completed_face_to_face": _count(
                "Face to face", "Completed face to face.", required=False
            ),
            "started": _count("Started", "Transactions begun, by any channel, completed or not."),
            **{
                f"rated_{points}": _count(
                    f"Rated {points}", f"People who gave {points} of 5, where 5 is very satisfied."
                )
                for points in range(1, 6)
            },
            "cost": _pounds("Cost", "Pounds for all completed transactions together."),
        },
        unique=["organisation", "service", "window_end"],
    ),
)
service_go_live = Table(
    name="service_go_live",
    title="When services that take-up is measured of came into use",
    period="month",
    sources=("Government Digital Service, transformation dashboard, milestones, February 2015",),
    schema=pa.DataFrameSchema(
        {
            **SERVICE,
            "phase": _text("Phase", "Beta: the first people use it; live: the standard is met."),
            "month": _month("Month", "Month of the first milestone of the phase."),
            "source": _text("Source", "Publication."),
        },
        unique=["organisation", "service", "phase"],
    ),
)
