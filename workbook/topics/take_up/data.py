"""Tables of take-up: published transactions, go-live dates, and uploaded service indicators."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.departments import department_name, fold_department
from workbook.importers.published import transactions_explorer
from workbook.importers.published.window_headers import WINDOW_MONTHS
from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, PublishedFileReader, TableSchema
from workbook.tables.columns import (
    choice_column,
    count_column,
    money_column,
    month_column,
    source_column,
    text_column,
)
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import (
    RowLabel,
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
    title="Published transactions of public services in rolling 12-month periods",
    period="window_end",
    window=WINDOW_MONTHS,
    licence=OPEN_GOVERNMENT_LICENCE,
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
        check_single_spelling("organisation", "department"),
        check_single_spelling(
            "department",
            fold=lambda text: fold_department(department_name(text)),
            difference="is another spelling of",
        ),
    ),
    schema=pa.DataFrameSchema(
        {
            "department": text_column(
                "Department", "Department responsible for the organisation.", coded=True
            ),
            **_SERVICE_COLUMNS,
            "function": text_column(
                "Function", "What the service does.", nullable=True, required=False, coded=True
            ),
            "funding": text_column(
                "Funding", "Who pays for the service.", nullable=True, required=False, coded=True
            ),
            "window_end": month_column("Period", "Last month of the 12-month period.", coded=True),
            "volume": count_column(
                "Transactions", "Transactions in the period, by any channel.", nullable=True
            ),
            "digital_volume": count_column(
                "Digital transactions",
                "Transactions in the period completed online.",
                nullable=True,
            ),
            "cost_per_transaction": money_column(
                "Cost", "Pounds a transaction.", required=False, nullable=True
            ),
            "online_volume": count_column(
                "Online without help",
                "Digital transactions completed without help from staff.",
                required=False,
                nullable=True,
            ),
            "assisted_volume": count_column(
                "Online with help",
                "Transactions completed online by staff or with their help.",
                required=False,
                nullable=True,
            ),
            "source": source_column(required=False, nullable=True, coded=True),
        },
        unique=["organisation", "service", "window_end"],
    ),
)


def find_completed_above_started(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Find rows with more transactions completed than started.

    Args:
        frame: The table of service indicators.

    Yields:
        The cells of ``started`` that are too small. Channels without a count add nothing.
    """
    channels = [name for name in map(str, frame) if name.startswith("completed_")]
    if "started" not in frame or not channels:
        return
    started = frame["started"].to_numpy(dtype=np.float64, na_value=np.nan)
    completed = frame[channels].sum(axis=1).to_numpy(dtype=np.float64)

    def describe_excess(position: int) -> str:
        return (
            f"{started[position]:,.0f} started is fewer than the {completed[position]:,.0f}"
            " completed by all channels. Give every transaction that was started, at least as many"
            " as were completed. Leave the cell blank if starts were not counted"
        )

    yield CellFinding("started", np.flatnonzero(completed > started), describe_excess)


service_kpis_table = TableSchema(
    name="service_kpis",
    title="Service indicators: transactions by channel, transactions started, ratings and cost",
    period="window_end",
    bundled=False,
    error_checks=(find_completed_above_started,),
    schema=pa.DataFrameSchema(
        {
            **_SERVICE_COLUMNS,
            "window_end": month_column("Period", "Last month of the period.", coded=True),
            "completed_online": count_column(
                "Online", "Transactions completed online without help.", nullable=True
            ),
            "completed_assisted": count_column(
                "Assisted",
                "Transactions completed online by staff or with their help.",
                nullable=True,
            ),
            "completed_paper": count_column(
                "Paper", "Transactions completed on paper.", nullable=True
            ),
            "completed_phone": count_column(
                "Phone", "Transactions completed by phone.", nullable=True
            ),
            "completed_face_to_face": count_column(
                "Face to face",
                "Transactions completed face to face.",
                required=False,
                nullable=True,
            ),
            "started": count_column(
                "Started",
                "Transactions started, by any channel, whether or not completed.",
                nullable=True,
            ),
            **{
                f"rated_{rating}": count_column(
                    f"Rated {rating}",
                    f"People who gave a rating of {rating} out of 5, where 5 is very satisfied.",
                    nullable=True,
                )
                for rating in range(1, 6)
            },
            "cost": money_column(
                "Cost", "Total cost of all completed transactions, in pounds.", nullable=True
            ),
        },
        unique=["organisation", "service", "window_end"],
    ),
)
PRIVATE_BETA, PUBLIC_PHASES = "private beta", ("public beta", "live")
"""Phases of a service; in the public phases everybody can use it."""


def _check_shared_milestones(frame: pd.DataFrame, row_label: RowLabel) -> Iterator[CellFinding]:
    """Warn about a month of a phase that is given to two services of an organisation."""
    columns = ["organisation", "phase", "month"]
    if not {*columns, "service"} <= set(frame):
        return
    rows = frame[[*columns, "service"]].dropna().astype(str)
    first = rows.drop_duplicates(columns).reset_index().set_index(columns)
    sharing = rows[rows.duplicated(columns)]

    def describe_sharing(position: int) -> str:
        milestone = first.loc[tuple(rows.loc[position, columns])]
        return (
            f"is also the month of {milestone['service']} ({row_label(int(milestone['index']))}):"
            " check which of them the milestone belongs to"
        )

    yield CellFinding("month", sharing.index.tolist(), describe_sharing)


service_go_live_table = TableSchema(
    name="service_go_live",
    title="Start of the beta and live phases of services with published take-up",
    period="month",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(
        "Government Digital Service, transformation dashboard, milestones, February 2015",
        f"{JULY_2014_REPORT_TITLE} (student finance)",
    ),
    warning_checks=(_check_shared_milestones,),
    schema=pa.DataFrameSchema(
        {
            **_SERVICE_COLUMNS,
            "phase": choice_column(
                "Phase",
                "Private beta: in development or for invited users. Public beta: open to everybody."
                " Live: meets the service standard.",
                (PRIVATE_BETA, *PUBLIC_PHASES),
                coded=True,
            ),
            "month": month_column(
                "Month", "Month of the first milestone of the phase.", coded=True
            ),
            "source": source_column(coded=True),
        },
        unique=["organisation", "service", "phase"],
    ),
)
