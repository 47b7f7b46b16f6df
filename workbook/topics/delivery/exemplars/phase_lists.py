"""Lists of exemplar services by phase, as the dashboard published them on some days."""

from datetime import date
from typing import Any

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.exemplars.phases import BETA, PUBLIC_BETA


def latest_phase_list(phases: pd.DataFrame, day: date) -> pd.DataFrame:
    """Select the newest list that was published by a day.

    Args:
        phases: The table of exemplar phases.
        day: The day.

    Returns:
        The rows of that list, where a public beta is ``beta``. No rows if there is no list yet.
    """
    days = _list_days(phases)
    return _select_list(phases, days == days[days <= day].max())


def next_phase_list(phases: pd.DataFrame, day: date) -> pd.DataFrame:
    """Select the first list that was published after a day.

    Args:
        phases: The table of exemplar phases.
        day: The day.

    Returns:
        The rows of that list, where a public beta is ``beta``. No rows if there is none.
    """
    days = _list_days(phases)
    return _select_list(phases, days == days[days > day].min())


def _list_days(phases: pd.DataFrame) -> "pd.Series[Any]":
    return phases["as_of"].map(lambda as_of: period_end(str(as_of)))


def _select_list(phases: pd.DataFrame, is_in_list: "pd.Series[bool]") -> pd.DataFrame:
    rows: pd.DataFrame = phases[is_in_list].reset_index(drop=True)
    return rows.assign(phase=rows["phase"].replace(PUBLIC_BETA, BETA))
