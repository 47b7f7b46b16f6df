"""Tables of published figures: their schemas, and how they are read, checked and filtered."""

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
from workbook.tables.plain_text import remove_markup
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
    """Reads a published file as a table.

    Args:
        recognises_header: Says whether a file with this header is of the published format.
        map_table: Maps the cells of such a file to the table's columns.
        web_page_advice: What to save in place of a page of the publisher's site, if anything.
    """

    recognises_header: Callable[[tuple[str, ...]], bool]
    map_table: Callable[[RawTable], MappedTable]
    web_page_advice: str = ""


@dataclass(frozen=True, eq=False)
class TableSchema:
    """Schema of a table of published figures.

    Args:
        name: Name of the table and of its file.
        title: Title that a reader sees.
        schema: Columns, their rules and the unique key.
        period: Name of the column with the period that a row describes; empty if there is none.
        sources: Publications that the figures come from.
        licence: Licence of the figures, as ``datapackage.json`` records it: ``name``, ``title`` and
            ``path``. Empty if none is known.
        bundled: Whether the package ships a file of the table. Others are only ever uploaded.
        window: Months in each period where periods overlap; 0 where they do not.
        readers: Readers of published files that hold this table.
        warning_checks: Soft checks: their findings are reported and the values kept.
        error_checks: Hard checks: their findings reject the file.
        plain_text_columns: Columns from which HTML is removed, with a warning.
        package: Import name of the package that ships the file in its folder ``data``.
    """

    name: str
    title: str
    schema: pa.DataFrameSchema
    period: str = ""
    sources: tuple[str, ...] = ()
    licence: Mapping[str, str] = field(default_factory=dict)
    bundled: bool = True
    window: int = 0
    readers: tuple[PublishedFileReader, ...] = ()
    warning_checks: tuple[TableCheck, ...] = ()
    error_checks: tuple[TableCheck, ...] = ()
    plain_text_columns: tuple[str, ...] = ()
    package: str = OUR_PACKAGE

    @property
    def data_folder(self) -> Path:
        """Folder of the table's file, in the package that ships it."""
        return resource_folder("data", self.package)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Columns that together identify a row."""
        return tuple(self.schema.unique or ())

    def check_csv(self, content: bytes) -> TableReport:
        """Read a tidy CSV file.

        Args:
            content: The file's bytes, in UTF-8.

        Returns:
            The rows, and every error and warning with its row and column.
        """
        try:
            raw_table = parse_csv(decode_utf8(content))
        except ValueError as error:
            return rejected_report(self.name, str(error))
        return self.check_mapped_table(map_columns(raw_table, self.schema.columns))

    def check_mapped_table(
        self, mapped_table: MappedTable, *, is_partial: bool = False
    ) -> TableReport:
        """Check cells that have been mapped to the table's columns.

        Args:
            mapped_table: The cells, with their places in the file.
            is_partial: Whether the file adds periods to a table. Checks that need every period are
                then left out.

        Returns:
            The rows, and every error and warning with its row and column.
        """
        mapped_table = remove_markup(mapped_table, self.plain_text_columns)
        frame, errors, warnings = build_frame(mapped_table, self.schema, self.period)
        errors += duplicate_key_issues(frame, self.key_columns, mapped_table)
        if self.window and self.period in frame and not is_partial:
            for finding in isolated_windows(frame[self.period], self.window):
                errors += finding_issues(finding, mapped_table)
        errors += self._run_checks(self.error_checks, frame, mapped_table)
        warnings += self._run_checks(self.warning_checks, frame, mapped_table)
        return TableReport(self.name, frame, sort_issues(errors), sort_issues(warnings))

    def load_table(self, quarter: str, data: Path | None = None) -> pd.DataFrame:
        """Load the bundled table as known at the end of a quarter.

        Args:
            quarter: Quarter such as ``2014-Q2``.
            data: Folder of the file; the package's own by default.

        Returns:
            Rows whose period had ended by the quarter's last day.

        Raises:
            TableError: The file is missing or invalid, or its checksum is not the recorded one.
        """
        content, issues = self.read_bundled_file(data)
        report = self.check_csv(content)
        if issues := (*issues, *report.errors):
            raise TableError(self.name, issues)
        return self.filter_to_quarter(report.frame, quarter)

    def read_bundled_file(self, data: Path | None = None) -> tuple[bytes, tuple[TableIssue, ...]]:
        """Read the bundled file and compare its checksum with the recorded one.

        Args:
            data: Folder of the file; the package's own by default.

        Returns:
            The bytes, and an error if the checksums differ.

        Raises:
            TableError: The file is missing.
        """
        path = (data or self.data_folder) / f"{self.name}.csv"
        if not path.is_file():
            raise TableError(self.name, (file_issue(f"{path.name} is missing"),))
        content = path.read_bytes()
        return content, tuple(checksum_issues(self.name, content, path.parent))

    def filter_to_quarter(self, frame: pd.DataFrame, quarter: str) -> pd.DataFrame:
        """Rows whose period had ended by the quarter's last day."""
        if not self.period:
            return frame
        periods, last_day = frame[self.period], last_day_of_quarter(quarter)
        distinct_periods = periods.unique()
        ended_periods = [period for period in distinct_periods if period_end(period) <= last_day]
        if len(ended_periods) == len(distinct_periods):
            return frame
        visible_rows = frame[periods.isin(ended_periods)].reset_index(drop=True)
        for name in visible_rows.select_dtypes("category"):
            visible_rows[name] = visible_rows[name].cat.remove_unused_categories()
        return visible_rows

    def _run_checks(
        self, checks: tuple[TableCheck, ...], frame: pd.DataFrame, mapped_table: MappedTable
    ) -> Iterator[TableIssue]:
        row_label = lambda position: f"row {mapped_table.row_numbers[position]}"  # noqa: E731
        for check in checks:
            for finding in check(frame, row_label):
                yield from finding_issues(finding, mapped_table)
