"""Tables: how one is declared, read, checked, and cut to what a quarter may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pandas as pd
import pandera.pandas as pa

from workbook.quarters import last_day, period_end
from workbook.resources import folder
from workbook.tables.checking import BLANK, frame_of, repeats
from workbook.tables.findings import told
from workbook.tables.grid import Grid, parsed, text_of
from workbook.tables.oddities import Oddity
from workbook.tables.problems import (
    HEADER_ROW,
    Problem,
    Report,
    TableError,
    in_order,
    refused,
    whole,
)
from workbook.tables.record import RECORD, hash_problems, recorded_hash, sha256
from workbook.tables.rules import FRACTION, MONTH, NOT_NEGATIVE, PERIOD
from workbook.tables.sheet import Sheet, tidy
from workbook.tables.windows import alone

__all__ = [
    "BLANK",
    "FRACTION",
    "HEADER_ROW",
    "LICENCE",
    "MONTH",
    "NOT_NEGATIVE",
    "PERIOD",
    "RECORD",
    "Problem",
    "Reader",
    "Report",
    "Table",
    "TableError",
    "recorded_hash",
    "sha256",
]

LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


class Reader(Protocol):
    """How a published file becomes a table's sheet."""

    def recognises(self, header: tuple[str, ...]) -> bool:
        """Whether this is the header of such a file."""

    def sheet(self, grid: Grid) -> Sheet:
        """The sheet of such a file."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table of published figures.

    ``period`` names the column that says which period a row describes, empty if the table has none:
    ``load`` gives only rows whose period had ended. ``window`` is the months that a period sums up,
    where periods overlap. ``sources`` are where the figures come from; of a table that is not
    ``held`` the figures are only ever brought. ``readers`` read it from published files, and
    ``oddities`` are what is looked for and kept as published, ``faults`` what is refused.
    """

    name: str
    title: str
    schema: pa.DataFrameSchema
    period: str = ""
    sources: tuple[str, ...] = ()
    licence: Mapping[str, str] = field(default_factory=lambda: dict(LICENCE))
    held: bool = True
    window: int = 0
    readers: tuple[Reader, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    faults: tuple[Oddity, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that tell a row from every other."""
        return tuple(self.schema.unique or ())

    def check(self, content: bytes) -> Report:
        """Read a CSV file's bytes and report every problem with its row and column."""
        try:
            grid = parsed(text_of(content))
        except ValueError as error:
            return refused(self.name, str(error))
        return self.checked(tidy(grid, self.schema.columns))

    def checked(self, sheet: Sheet, *, part: bool = False) -> Report:
        """The report on a sheet; of a ``part`` of the table, what only a whole can tell is not."""
        frame, errors, oddities = frame_of(sheet, self.schema, self.period)
        errors += repeats(frame, self.key, sheet)
        if self.window and self.period in frame and not part:
            for found in alone(frame[self.period], self.window):
                errors += told(found, sheet)
        errors += self._found(self.faults, frame, sheet)
        oddities += self._found(self.oddities, frame, sheet)
        return Report(self.name, frame, in_order(errors), in_order(oddities))

    def load(self, quarter: str, data: Path | None = None) -> pd.DataFrame:
        """Rows of the held table that describe a period ended by the quarter's last day.

        Raises TableError where the file's hash is not the recorded one or the schema is not met.
        """
        content, problems = self.held_content(data)
        report = self.check(content)
        if problems := (*problems, *report.errors):
            raise TableError(self.name, problems)
        return self.visible(report.frame, quarter)

    def held_content(self, data: Path | None = None) -> tuple[bytes, tuple[Problem, ...]]:
        """The bytes of the held table's file, and what is wrong with their hash.

        Raises TableError where there is no such file.
        """
        path = (data or folder("data")) / f"{self.name}.csv"
        if not path.is_file():
            raise TableError(self.name, (whole(f"{path.name} is missing"),))
        content = path.read_bytes()
        return content, tuple(hash_problems(self.name, content, path.parent))

    def visible(self, frame: pd.DataFrame, quarter: str) -> pd.DataFrame:
        """Rows that describe a period ended by the quarter's last day."""
        if not self.period:
            return frame
        periods = frame[self.period]
        ended = [each for each in periods.unique() if period_end(each) <= last_day(quarter)]
        if len(ended) == periods.nunique():
            return frame
        seen = frame[periods.isin(ended)].reset_index(drop=True)
        for name in seen.select_dtypes("category"):
            seen[name] = seen[name].cat.remove_unused_categories()
        return seen

    def _found(
        self, looked_for: tuple[Oddity, ...], frame: pd.DataFrame, sheet: Sheet
    ) -> Iterator[Problem]:
        place = lambda at: f"row {sheet.place(at, self.key[0])[0]}"  # noqa: E731
        for look in looked_for:
            for found in look(frame, place):
                yield from told(found, sheet)
