"""A table that is handed out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbook.outcome import Column


@dataclass(frozen=True)
class ResultTable:
    """A table to hand out: its name, its title, the frame, and what its columns hold."""

    name: str
    title: str
    frame: pd.DataFrame
    columns: Mapping[str, Column] = field(default_factory=dict)

    def column_info(self, name: object) -> Column:
        """What the column of this name holds: its name, if nothing is said."""
        return self.columns.get(str(name), Column(str(name)))
