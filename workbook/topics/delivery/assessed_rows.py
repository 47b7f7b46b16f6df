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
        """What every row rests on, its period and its source. Events are not derived."""
        columns = ["period", "rests_on", "source"]
        frames = (self.commitments, self.measures, self.events.assign(rests_on=""))
        return pd.concat([frame[columns] for frame in frames], ignore_index=True)
