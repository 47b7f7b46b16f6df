"""The selected commitments, progress measures and events as known on a day."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class AssessedRows:
    """The three kinds of rows that delivery tells apart.

    Attributes:
        commitments: Commitments with their status.
        measures: Progress measures with their latest value.
        events: Events with their latest state.
        published: Period and source of each published figure, selected or not.
    """

    commitments: pd.DataFrame
    measures: pd.DataFrame
    events: pd.DataFrame
    published: pd.DataFrame

    @property
    def derived_periods(self) -> "pd.Series[str]":
        """Periods of the commitments and measures whose value comes from the dashboard."""
        columns = ["period", "rests_on"]
        rows = pd.concat([self.commitments[columns], self.measures[columns]], ignore_index=True)
        return rows.loc[rows["rests_on"].str.contains("exemplars.", regex=False), "period"]
