"""What digital take-up says of departments and their bodies: each service that reports."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbook.outcome import Outcome
from workbook.report_section import BODY_COLUMNS
from workbook.text.dates import format_month
from workbook.text.numbers import format_difference, format_share


def list_bodies(outcome: Outcome) -> pd.DataFrame:
    """List the services that report, each with its take-up.

    Args:
        outcome: An outcome of take-up.

    Returns:
        A row for each service: department, organisation, the service, and its take-up.
    """
    window_end = format_month(outcome.frame("windows")["window_end"].iloc[-1])
    services = outcome.frame("services").dropna(subset=["take_up"])
    rows = [
        (
            row["department"],
            row["organisation"],
            row["service"],
            _describe_take_up(row, window_end),
        )
        for row in services.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(BODY_COLUMNS), dtype="str")


def _describe_take_up(row: Mapping[Any, Any], window_end: str) -> str:
    """Take-up of the later year, and its change where the service reported in both."""
    text = f"{format_share(row['take_up'])} of transactions digital in the year to {window_end}"
    if pd.isna(row["change"]):
        return f"{text}. No figure for the year before"
    change = format_difference(row["change"])
    same = format_difference(0)
    return f"{text}, {'the same as' if change == same else f'{change} on'} the year before"
