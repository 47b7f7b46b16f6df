"""Result table of formats and APIs: the latest state of each."""

import numpy as np
import pandas as pd

from workbook.result_table import Column, ResultTable
from workbook.scenario import split_list
from workbook.text.dates import format_month
from workbook.topics.delivery.opening_up.data import STATES
from workbook.topics.delivery.parameters import Delivery

OPENING_UP_PROGRAMME = "Opening up"
"""The programme that the formats and APIs belong to."""

_COLUMNS = {
    "interface": Column("Format or API"),
    "kind": Column("Kind"),
    "department": Column("Department"),
    "organisation": Column("Organisation"),
    "gives": Column("Gives"),
    "since": Column("Since"),
    "state": Column("State"),
    "reported": Column("Also reported"),
    "period": Column("Period"),
    "source": Column("Source"),
}


def open_interfaces_table(interfaces: pd.DataFrame, scenario: Delivery) -> ResultTable:
    """Build the table of formats and APIs.

    Args:
        interfaces: The table as known at the end of the scenario's quarter.
        scenario: The scenario, with the departments and programmes selected.

    Returns:
        A row for each selected format or API, those in use first. The month since when it is open
        is in words; "not published" where it is open and no month is.
    """
    latest = interfaces.sort_values("period", kind="stable").drop_duplicates(
        ["organisation", "interface"], keep="last"
    )
    selected = latest[_is_selected(latest, scenario)]
    order = selected["state"].map(STATES.index).astype(int)
    rows = selected.assign(order=order).sort_values("order", kind="stable", ignore_index=True)
    since = [
        _describe_since(month, state)
        for month, state in zip(rows["since"].fillna(""), rows["state"], strict=True)
    ]
    return ResultTable(
        "open_interfaces",
        "Formats and APIs, as last reported",
        rows.assign(since=pd.Series(since, dtype="str"))[[*_COLUMNS]].replace("", np.nan),
        _COLUMNS,
        empty_text="none had been reported for this selection.",
    )


def _is_selected(interfaces: pd.DataFrame, scenario: Delivery) -> "pd.Series[bool]":
    programmes, departments = split_list(scenario.programme), split_list(scenario.department)
    is_programme = not programmes or OPENING_UP_PROGRAMME in programmes
    in_department = interfaces["department"].isin(departments)
    return (in_department | (not departments)) & is_programme


def _describe_since(month: str, state: str) -> str:
    """Month in words, and why there is none."""
    if not month:
        return "not open yet" if state == STATES[-1] else "not published"
    return format_month(month)
