"""Tables: how one is declared, read, checked, and cut to what a quarter may see."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from workbook.quarters import is_period, last_day, period_end
from workbook.resources import folder

FRACTION = pa.Check.in_range(0, 1, error="must be a fraction of 1, so that 21% is 0.21")
NOT_NEGATIVE = pa.Check.ge(0, error="must not be negative")
PERIOD = pa.Check(
    lambda cells: cells.map(is_period), error="must be a year, a month or a quarter such as 2014-06"
)
LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
NUMERIC = {"Int64": "a whole number", "float64": "a number"}
HEADER_ROW = 1
FIRST_ROW = HEADER_ROW + 1
"""A row is counted as a spreadsheet does: the header is row 1."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a table: row (None for the whole), column, the cell and a sentence."""

    row: int | None
    column: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row is not None else []
        place += [f"column {self.column}"] if self.column is not None else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


class TableError(ValueError):
    """A table that was refused, with every problem that was found in it."""

    def __init__(self, table: str, problems: tuple[Problem, ...]) -> None:
        self.table, self.problems = table, problems
        super().__init__("\n".join([f"{table} was refused.", *map(str, problems)]))


@dataclass(frozen=True)
class Report:
    """What reading a table found: the rows, what is refused and what is only odd."""

    table: str
    frame: pd.DataFrame
    errors: tuple[Problem, ...] = ()
    oddities: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The report as ``check --json`` prints it."""
        return {
            "table": self.table,
            "rows": len(self.frame),
            "errors": [vars(problem) for problem in self.errors],
            "oddities": [vars(problem) for problem in self.oddities],
        }


@dataclass(frozen=True)
class Table:
    """A table of published figures.

    ``period`` names the column that says which period a row describes, empty if the table has none:
    ``load`` gives only rows whose period had ended. ``sources`` are where the figures come from.
    """

    name: str
    title: str
    schema: pa.DataFrameSchema
    period: str = ""
    sources: tuple[str, ...] = ()
    licence: dict[str, str] = field(default_factory=lambda: dict(LICENCE))

    def check(self, content: bytes) -> Report:
        """Read a CSV file's bytes and report every problem with its row and column."""
        try:
            cells = _cells(content)
        except ValueError as error:
            return Report(self.name, pd.DataFrame(), (Problem(None, None, None, str(error)),))
        oddities = tuple(
            Problem(HEADER_ROW, name, name, "this column is not understood and was left out")
            for name in cells.columns.difference(list(self.schema.columns), sort=False)
        )
        frame, unreadable = self._numbers(cells)
        found = {(p.row, p.column) for p in unreadable}
        failed = [p for p in self._failures(frame, cells) if (p.row, p.column) not in found]
        errors = sorted([*unreadable, *failed], key=lambda p: (p.row or 0, p.column or ""))
        return Report(self.name, frame, tuple(errors), oddities)

    def load(self, quarter: str, data: Path | None = None) -> pd.DataFrame:
        """Rows of the held table that describe a period ended by the quarter's last day.

        Raises TableError where the file's hash is not the recorded one or the schema is not met.
        """
        path = (data or folder("data")) / f"{self.name}.csv"
        if not path.is_file():
            raise TableError(self.name, (Problem(None, None, None, f"{path.name} is missing"),))
        content = path.read_bytes()
        recorded, found = recorded_hash(self.name, path.parent), sha256(content)
        if recorded != found:
            message = (
                f"the hash of {path.name} is {found[:12]}…, and {str(recorded)[:12]}… is recorded: "
                "the file was changed without the record in datapackage.json"
            )
            raise TableError(self.name, (Problem(None, None, None, message),))
        report = self.check(content)
        if report.errors:
            raise TableError(self.name, report.errors)
        return self.visible(report.frame, quarter)

    def visible(self, frame: pd.DataFrame, quarter: str) -> pd.DataFrame:
        """Rows that describe a period ended by the quarter's last day."""
        if not self.period:
            return frame
        seen = frame[self.period].map(period_end) <= last_day(quarter)
        return frame[seen].reset_index(drop=True)

    def _numbers(self, cells: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
        """Numeric columns as numbers; a cell that is none becomes missing and is reported."""
        frame, problems = pd.DataFrame(index=cells.index), []
        for name, column in self.schema.columns.items():
            if name not in cells:
                continue
            texts, kind = cells[name], str(column.dtype)
            if kind not in NUMERIC:
                frame[name] = texts
                continue
            numbers = pd.to_numeric(texts, errors="coerce")
            whole = kind == "Int64"
            bad = texts.notna() & (numbers.isna() | (whole & (numbers % 1 != 0)) | numbers.abs().eq(float("inf")))
            problems += [
                Problem(row + FIRST_ROW, name, text, f"{text!r} is not {NUMERIC[kind]}")
                for row, text in texts[bad].items()
            ]
            frame[name] = numbers.mask(bad).astype(kind)
        return frame, problems

    def _failures(self, frame: pd.DataFrame, cells: pd.DataFrame) -> Iterator[Problem]:
        try:
            self.schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as error:
            for case in error.failure_cases.itertuples():
                yield _problem(case, cells)


def sha256(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def recorded_hash(name: str, data: Path) -> str | None:
    """Hash that ``datapackage.json`` records for a table, None where it records none."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    hashes = {resource["name"]: resource["hash"] for resource in package["resources"]}
    recorded: str | None = hashes.get(name)
    return recorded.removeprefix("sha256:") if recorded else None


def _cells(content: bytes) -> pd.DataFrame:
    """CSV as text, blanks as missing. Raises ValueError for what is no table."""
    if not content.strip():
        msg = "the file is empty: a table needs a header and rows"
        raise ValueError(msg)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the file is not text in UTF-8 (byte {error.start + 1}): save it as CSV UTF-8"
        raise ValueError(msg) from None
    if "\0" in text:
        msg = "the file is binary, not a table as text: save it as CSV UTF-8"
        raise ValueError(msg)
    try:
        cells = pd.read_csv(
            io.StringIO(text), dtype=str, keep_default_na=False, skipinitialspace=True
        )
    except pd.errors.ParserError as error:
        msg = f"the file cannot be read as CSV: {str(error).strip().removeprefix('Error tokenizing data. C error: ')}"
        raise ValueError(msg) from None
    cells = cells.rename(columns=str.strip)
    if not len(cells):
        msg = "the file has a header and no rows"
        raise ValueError(msg)
    return cells.apply(lambda column: column.str.strip()).replace("", pd.NA)


def _problem(case: Any, cells: pd.DataFrame) -> Problem:  # noqa: ANN401  a row of pandera's report
    check = str(case.check)
    if check == "column_in_dataframe":
        name = str(case.failure_case)
        return Problem(HEADER_ROW, name, None, f"the column {name} is missing")
    row = None if pd.isna(case.index) else int(case.index)
    column = None if pd.isna(case.column) else str(case.column)
    value = None if row is None or column not in cells else cells[column].iloc[row]
    value = None if pd.isna(value) else str(value)
    if check == "not_nullable":
        message = "is blank: a value is needed"
    elif check == "multiple_fields_uniqueness":
        message = "repeats the key of another row"
    else:
        message = f"{value} {check}"
    return Problem(None if row is None else row + FIRST_ROW, column, value, message)
