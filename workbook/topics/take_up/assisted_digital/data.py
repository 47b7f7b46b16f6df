"""Tables of assisted digital: the digital inclusion scale, and a team's users at each level."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import (
    choice_column,
    count_column,
    integer_column,
    share_column,
    source_column,
    text_column,
)
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel
from workbook.text.numbers import format_share

ALL_SERVICES = "all"
"""Name that stands for every service without rows of its own."""

SUPPORT_CHANNELS = {
    "supported_by_phone": "phone",
    "supported_face_to_face": "face to face",
    "supported_by_others": "other people or organisations",
}
"""Columns of the shares that have support, each with its channel."""

_LEVEL_COUNT = 9
_SHARE_TOLERANCE = 1e-6
"""Allowed difference of a sum of shares from 1, because shares are entered with few digits."""

_LEVEL_RULE = pa.Check.in_range(
    1, _LEVEL_COUNT, error=f"must be a level of the scale, from 1 to {_LEVEL_COUNT}"
)


def _level_column(description: str) -> pa.Column:
    return integer_column("Level", description, _LEVEL_RULE)


# The table has no period: it is a scale, not evidence, so no quarter cuts it.
inclusion_scale_table = TableSchema(
    name="inclusion_scale",
    title="The nine levels of the digital inclusion scale",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(
        "Government Digital Service, User research in government, 22 February 2019",
        "Government Digital Inclusion Strategy, April 2014, whose levels these are",
        f"{JULY_2014_REPORT_TITLE} (level 7)",
    ),
    schema=pa.DataFrameSchema(
        {
            "level": _level_column("From 1, never online, to 9, expert."),
            "name": text_column("Name", "Name of the level, as published."),
            "meaning": text_column("Meaning", "What people at the level do, in our own words."),
            "needs_support": choice_column(
                "Needs support",
                "Whether the level is below basic digital skills (level 7), so that its people"
                " need support unless a team says otherwise.",
                ("yes", "no"),
            ),
            "source": source_column(),
        },
        unique=["level"],
    ),
)


def find_incomplete_services(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Find services whose shares do not add up to 1.

    Args:
        frame: The table of shares.

    Yields:
        The first share of each such service. One with an unreadable share has its own error.
    """
    if not {"service", "share"} <= set(frame):
        return
    services = frame["service"].astype(str)
    by_service = frame["share"].astype(float).groupby(services)
    totals = by_service.transform(lambda shares: shares.sum(skipna=False))
    is_first = ~services.duplicated()

    def describe_total(position: int) -> str:
        return (
            f"is one of the shares of {services.iloc[position]}, which add up to"
            f" {format_share(totals.iloc[position])}. They must add up to 100%"
        )

    is_wrong = is_first & ((totals - 1).abs() > _SHARE_TOLERANCE)
    yield CellFinding("share", np.flatnonzero(is_wrong), describe_total)


def find_excess_support(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Find rows in which the channels support more people than need support.

    Args:
        frame: The table of shares.

    Yields:
        The cells of the first channel that the table has.
    """
    channels = [name for name in SUPPORT_CHANNELS if name in frame]
    if not channels:
        return
    totals = frame[channels].astype(float).sum(axis=1)
    yield CellFinding(
        channels[0],
        np.flatnonzero(totals > 1 + _SHARE_TOLERANCE),
        lambda position: (
            f"and the other channels support {format_share(totals.iloc[position])} of the people"
            " who need support. At most 100% can be supported: count each person once"
        ),
    )


def find_inconsistent_users(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Find numbers of users that differ within a service, are partly blank, or are of all.

    Args:
        frame: The table of shares.

    Yields:
        The cells with each issue.
    """
    if not {"service", "users"} <= set(frame):
        return
    services, users = frame["service"].astype(str), frame["users"].astype("Float64")
    is_known, first = users.notna(), users.groupby(services).transform("first")
    is_all = services.str.casefold() == ALL_SERVICES
    issues: dict[str, tuple[pd.Series[bool], Callable[[int], str]]] = {
        "all": (
            is_known & is_all,
            lambda _: (
                f"is given for “{ALL_SERVICES}”, which stands for services with transactions in"
                " the table of services. Leave it blank, or name each service"
            ),
        ),
        "blank": (
            ~is_known & bool((is_known & ~is_all).any()),
            lambda _: (
                "is blank, but other rows give users. Give the users of every service, or of none"
            ),
        ),
        "different": (
            (is_known & ~is_all & (users != first)).fillna(value=False),
            lambda position: (
                f"differs from the {first.iloc[position]:,.0f} users in an earlier row of"
                f" {services.iloc[position]}. Give the same number in each row of a service"
            ),
        ),
    }
    for is_wrong, describe in issues.values():
        yield CellFinding("users", np.flatnonzero(is_wrong.to_numpy(dtype=bool)), describe)


def _support_column(channel: str) -> pa.Column:
    return share_column(
        f"Supported: {channel}",
        "Share of the people at the level who need support and have it in this way, as a fraction"
        " of 1. Blank: none.",
        required=False,
        nullable=True,
    )


assisted_digital_shares_table = TableSchema(
    name="assisted_digital_shares",
    title="Users of services at each level of the digital inclusion scale, and their support",
    bundled=False,
    error_checks=(find_incomplete_services, find_excess_support, find_inconsistent_users),
    schema=pa.DataFrameSchema(
        {
            "service": text_column(
                "Service",
                f"Name as in the table of services, or “{ALL_SERVICES}” for every service without"
                " rows of its own.",
                example=ALL_SERVICES,
            ),
            "level": _level_column("Level of the digital inclusion scale, from 1 to 9."),
            "share": share_column(
                "Share of users",
                "Share of the service’s users at the level, as a fraction of 1. The shares of a"
                " service add up to 1.",
            ),
            "users": count_column(
                "Users",
                "People who use the service a year, the same in each row of a service. Blank: its"
                " transactions are counted.",
                required=False,
                nullable=True,
            ),
            "need": share_column(
                "Share who need support",
                "Share of the people at the level who need support, as a fraction of 1. Blank: all"
                " below level 7, and nobody else.",
                required=False,
                nullable=True,
            ),
            **{name: _support_column(channel) for name, channel in SUPPORT_CHANNELS.items()},
        },
        unique=["service", "level"],
    ),
)
