"""Tables of published figures: declare, read and check them, and cut them to a quarter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from workbook.periods import last_day_of_quarter, period_end
from workbook.resources import OUR_PACKAGE, resource_folder
from workbook.tables.checks import build_frame, duplicate_key_issues
from workbook.tables.checksums import DATA_PACKAGE_FILE, checksum_issues, recorded_checksum, sha256
from workbook.tables.findings import finding_issues
from workbook.tables.issues import (
    HEADER_ROW,
    TableError,
    TableIssue,
    TableReport,
    file_issue,
    rejected_report,
    sort_issues,
)
from workbook.tables.mapped_table import MappedTable, map_columns
from workbook.tables.raw_table import RawTable, decode_utf8, parse_csv
from workbook.tables.rolling_windows import isolated_windows
from workbook.tables.warnings import TableCheck

__all__ = [
    "DATA_PACKAGE_FILE",
    "HEADER_ROW",
    "OPEN_GOVERNMENT_LICENCE",
    "PublishedFileReader",
    "TableError",
    "TableIssue",
    "TableReport",
    "TableSchema",
    "recorded_checksum",
    "sha256",
]

OPEN_GOVERNMENT_LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


@dataclass(frozen=True)
class PublishedFileReader:
    """Reader that turns a published file into a table.

    Attributes:
        recognises_header: Says whether a header is that of such a file.
        map_table: Maps the file's cells to the table's columns.
    """

    recognises_header: Callable[[tuple[str, ...]], bool]
    map_table: Callable[[RawTable], MappedTable]


@dataclass(frozen=True, eq=False)
class TableSchema:
    """Declaration of a table of published figures.

    Attributes:
        name: Name in code and of the file.
        title: Title that a reader sees.
        schema: Columns with their types and rules, and the key.
        period: Column that says which period a row describes, empty if there is none. A run for a
            quarter sees only periods that had ended.
        sources: Publications of the figures.
        licence: Licence of the figures.
        bundled: Whether the workbook ships the table; otherwise the user supplies it.
        window: Months that a period sums up where periods overlap, else 0.
        readers: Readers of published files.
        warning_checks: Checks whose findings are reported, and the values kept as published.
        error_checks: Checks whose findings refuse the table.
        package: Import name of the package that ships the table.
    """

    name: str
    title: str
    schema: pa.DataFrameSchema
    period: str = ""
    sources: tuple[str, ...] = ()
    licence: Mapping[str, str] = field(default_factory=lambda: dict(OPEN_GOVERNMENT_LICENCE))
    bundled: bool = True
    window: int = 0
    readers: tuple[PublishedFileReader, ...] = ()
    warning_checks: tuple[TableCheck, ...] = ()
    error_checks: tuple[TableCheck, ...] = ()
    package: str = OUR_PACKAGE

    @property
    def data_folder(self) -> Path:
        """Folder in which the package that ships the table keeps its file."""
        return resource_folder("data", self.package)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Columns that identify a row."""
        return tuple(self.schema.unique or ())

    def check_csv(self, content: bytes) -> TableReport:
        """Read a CSV file and report every problem with its row and column.

        Args:
            content: The file's bytes.

        Returns:
            The rows, errors and warnings.
        """
        try:
            raw_table = parse_csv(decode_utf8(content))
        except ValueError as error:
            return rejected_report(self.name, str(error))
        return self.check_mapped_table(map_columns(raw_table, self.schema.columns))

    def check_mapped_table(
        self, mapped_table: MappedTable, *, is_partial: bool = False
    ) -> TableReport:
        """Check a table whose columns are mapped.

        Args:
            mapped_table: Cells by column, with their place in the file.
            is_partial: Whether it is a part of the table: then checks that need the whole are left
                out.

        Returns:
            The rows, errors and warnings.
        """
        frame, errors, warnings = build_frame(mapped_table, self.schema, self.period)
        errors += duplicate_key_issues(frame, self.key_columns, mapped_table)
        if self.window and self.period in frame and not is_partial:
            for finding in isolated_windows(frame[self.period], self.window):
                errors += finding_issues(finding, mapped_table)
        errors += self._run_checks(self.error_checks, frame, mapped_table)
        warnings += self._run_checks(self.warning_checks, frame, mapped_table)
        return TableReport(self.name, frame, sort_issues(errors), sort_issues(warnings))

    def load_table(self, quarter: str, data: Path | None = None) -> pd.DataFrame:
        """Rows of the bundled table for periods that had ended by a quarter's last day.

        Args:
            quarter: Quarter such as ``2014-Q2``.
            data: Folder of the file, the bundled one by default.

        Returns:
            The rows.

        Raises:
            TableError: If the checksum differs from the recorded one, or the file breaks a rule.
        """
        content, issues = self.read_bundled_file(data)
        report = self.check_csv(content)
        if issues := (*issues, *report.errors):
            raise TableError(self.name, issues)
        return self.filter_to_quarter(report.frame, quarter)

    def read_bundled_file(self, data: Path | None = None) -> tuple[bytes, tuple[TableIssue, ...]]:
        """Read the bundled table's file and verify its checksum.

        Args:
            data: Folder of the file, the bundled one by default.

        Returns:
            The file's bytes, and an issue if the checksum differs.

        Raises:
            TableError: If there is no such file.
        """
        path = (data or self.data_folder) / f"{self.name}.csv"
        if not path.is_file():
            raise TableError(self.name, (file_issue(f"{path.name} is missing"),))
        content = path.read_bytes()
        return content, tuple(checksum_issues(self.name, content, path.parent))

    def filter_to_quarter(self, frame: pd.DataFrame, quarter: str) -> pd.DataFrame:
        """Rows for periods that had ended by a quarter's last day.

        Args:
            frame: Rows of this table.
            quarter: Quarter such as ``2014-Q2``.

        Returns:
            Those rows; all of them if the table has no period.
        """
        if not self.period:
            return frame
        periods = frame[self.period]
        ended_periods = [
            period
            for period in periods.unique()
            if period_end(period) <= last_day_of_quarter(quarter)
        ]
        if len(ended_periods) == periods.nunique():
            return frame
        visible_rows = frame[periods.isin(ended_periods)].reset_index(drop=True)
        for name in visible_rows.select_dtypes("category"):
            visible_rows[name] = visible_rows[name].cat.remove_unused_categories()
        return visible_rows

    def _run_checks(
        self, checks: tuple[TableCheck, ...], frame: pd.DataFrame, mapped_table: MappedTable
    ) -> Iterator[TableIssue]:
        row_label = lambda position: f"row {mapped_table.locate(position, self.key_columns[0])[0]}"  # noqa: E731
        for check in checks:
            for finding in check(frame, row_label):
                yield from finding_issues(finding, mapped_table)
