"""Tables: how one is declared, read, checked, and cut to what a quarter may see."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

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
WRITTEN = {
    "Int64": r"-?[0-9]{1,15}(\.0)?",
    "float64": r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?",
}
"""How a number is written: one with thousands separated, or a date's slip, is not taken for one."""

HEADER_ROW = 1
"""A row is counted as a spreadsheet does: the header is row 1."""

FEWEST_ROWS = 2


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

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[Problem, ...]]]:
        return type(self), (self.table, self.problems)


@dataclass(frozen=True, eq=False)
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
            rows = _rows(content)
        except ValueError as error:
            return Report(self.name, pd.DataFrame(), (Problem(None, None, None, str(error)),))
        cells, ragged, oddities = _cells(rows)
        for name in cells.columns.difference(list(self.schema.columns), sort=False):
            message = "this column is not understood and was left out"
            oddities.append(Problem(rows[0].number, name, name, message))
        frame, unreadable = self._numbers(cells)
        found = {(problem.row, problem.column) for problem in unreadable}
        failed = [p for p in self._failures(frame, cells) if (p.row, p.column) not in found]
        errors = [*ragged, *unreadable, *failed, *self._repeats(frame)]
        errors.sort(key=lambda problem: (problem.row or 0, problem.column or ""))
        return Report(self.name, frame.reset_index(drop=True), tuple(errors), tuple(oddities))

    def load(self, quarter: str, data: Path | None = None) -> pd.DataFrame:
        """Rows of the held table that describe a period ended by the quarter's last day.

        Raises TableError where the file's hash is not the recorded one or the schema is not met.
        """
        path = (data or folder("data")) / f"{self.name}.csv"
        if not path.is_file():
            raise TableError(self.name, (Problem(None, None, None, f"{path.name} is missing"),))
        content = path.read_bytes()
        report = self.check(content)
        problems = (*_hash_problems(self.name, content, path.parent), *report.errors)
        if problems:
            raise TableError(self.name, problems)
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
            kind, texts = str(column.dtype), cells[name]
            if kind in NUMERIC:
                numbers = _numbers(texts, kind)
                bad = texts[texts.notna() & numbers.isna()]
                problems += [
                    Problem(row, name, text, f"{text!r} is not {NUMERIC[kind]}")
                    for row, text in zip(bad.index, bad, strict=True)
                ]
                texts = numbers
            frame[name] = texts
        return frame, problems

    def _failures(self, frame: pd.DataFrame, cells: pd.DataFrame) -> Iterator[Problem]:
        schema = copy(self.schema)
        schema.unique = None
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as error:
            for case in error.failure_cases.itertuples():
                yield _problem(case, cells)

    def _repeats(self, frame: pd.DataFrame) -> Iterator[Problem]:
        """Rows whose key another row has had; one with a blank in its key has none."""
        key = list(self.schema.unique or ())
        if not key or not set(key) <= set(frame.columns):
            return
        seen: dict[tuple[object, ...], int] = {}
        for row, *values in frame[key].dropna().itertuples():
            first = seen.setdefault(tuple(values), row)
            if first != row:
                message = f"repeats the key of row {first} ({', '.join(key)})"
                yield Problem(row, key[0], str(values[0]), message)


def sha256(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def recorded_hash(name: str, data: Path) -> str | None:
    """Hash that ``datapackage.json`` records for a table, None where it records none.

    Raises ValueError where that file is missing or is no Data Package.
    """
    try:
        package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        hashes = {resource["name"]: resource["hash"] for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        msg = "datapackage.json, which records the hash of every table, is missing or damaged"
        raise ValueError(msg) from None
    recorded: str | None = hashes.get(name)
    return recorded.removeprefix("sha256:") if recorded else None


def _hash_problems(name: str, content: bytes, data: Path) -> Iterator[Problem]:
    try:
        recorded, found = recorded_hash(name, data), sha256(content)
    except ValueError as error:
        yield Problem(None, None, None, str(error))
        return
    if recorded is None:
        message = f"datapackage.json records no hash of {name}.csv"
    else:
        message = (
            f"the hash of {name}.csv is {found[:12]}…, and {recorded[:12]}… is recorded: "
            "the file was changed without the record in datapackage.json"
        )
    if recorded != found:
        yield Problem(None, None, None, message)


@dataclass(frozen=True)
class _Row:
    """A row of a CSV file, with its number as a spreadsheet counts it."""

    number: int
    cells: list[str]


def _rows(content: bytes) -> list[_Row]:
    """The header and the rows of a CSV file. Raises ValueError for what is no table."""
    if not content.strip():
        msg = "the file is empty: a table needs a header and rows"
        raise ValueError(msg)
    if b"\0" in content:
        msg = "the file is binary, not a table as text: save it as CSV UTF-8"
        raise ValueError(msg)
    try:
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        msg = f"the file is not text in UTF-8 (byte {error.start + 1}): save it as CSV UTF-8"
        raise ValueError(msg) from None
    reader = csv.reader(text, skipinitialspace=True, strict=True)
    try:
        rows = [
            _Row(n, [cell.strip() for cell in cells]) for n, cells in enumerate(reader, start=1)
        ]
    except csv.Error as error:
        msg = f"the file cannot be read as CSV: {error} (line {reader.line_num})"
        raise ValueError(msg) from None
    rows = [row for row in rows if row.cells]
    if len(rows) < FEWEST_ROWS:
        msg = "the file has a header and no rows"
        raise ValueError(msg)
    return rows


def _cells(rows: list[_Row]) -> tuple[pd.DataFrame, list[Problem], list[Problem]]:
    """The rows as text, blanks as missing, by row number; with what is wrong and what is odd."""
    header, *body = rows
    names, errors, oddities = header.cells, [], []
    for row in body:
        row.cells[len(names) :] = filter(None, row.cells[len(names) :])
        if not any(row.cells):
            oddities.append(Problem(row.number, None, None, "the row is blank and was left out"))
        elif len(row.cells) != len(names):
            message = f"the row has {len(row.cells)} cells, and the header has {len(names)}"
            errors.append(Problem(row.number, None, None, message))
    errors += [
        Problem(header.number, name, name, f"the column {name} is there twice")
        for place, name in enumerate(names)
        if name and name in names[:place]
    ]
    left_out = {problem.row for problem in (*errors, *oddities)}
    kept = [row for row in body if row.number not in left_out]
    frame = pd.DataFrame(
        [row.cells for row in kept], [row.number for row in kept], names, dtype="str"
    )
    frame = frame.loc[:, ~frame.columns.duplicated()]
    return frame.replace("", None), errors, oddities


def _numbers(texts: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    """Text as numbers of a kind, missing where it is none."""
    written = texts.str.fullmatch(WRITTEN[kind]).fillna(value=False).astype(bool)
    numbers = pd.to_numeric(texts.where(written).str.removesuffix(".0"), errors="coerce")
    finite: pd.Series[Any] = numbers.mask(numbers.abs() == float("inf"))
    return finite.astype("Int64") if kind == "Int64" else finite.astype("float64")


def _problem(case: Any, cells: pd.DataFrame) -> Problem:  # noqa: ANN401  a row of pandera's report
    check = str(case.check)
    if check == "column_in_dataframe":
        name = str(case.failure_case)
        return Problem(HEADER_ROW, name, None, f"the column {name} is missing")
    row = None if pd.isna(case.index) else int(case.index)
    column = None if pd.isna(case.column) else str(case.column)
    value = None if row is None or column not in cells else cells[column].loc[row]
    if check == "not_nullable" or pd.isna(value):
        return Problem(row, column, None, "is blank: a value is needed")
    return Problem(row, column, str(value), f"{value} {check}")
