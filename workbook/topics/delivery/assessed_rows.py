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
    """

    commitments: pd.DataFrame
    measures: pd.DataFrame
    events: pd.DataFrame

    @property
    def sources(self) -> pd.DataFrame:
        """What every commitment and measure rests on, its period and its source."""
        columns = ["period", "rests_on", "source"]
        return pd.concat([self.commitments[columns], self.measures[columns]], ignore_index=True)
