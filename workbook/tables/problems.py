"""What is wrong or odd in a table: one thing with its place, a report of all, a refusal."""

from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

HEADER_ROW = 1
"""A row is counted as a spreadsheet does: the header is row 1."""

MOST = 1000
"""Problems of one kind that are told one by one: a reader has seen enough, and memory is finite."""

LONGEST = 60
"""Characters of a cell that are quoted."""


def cut(text: str) -> str:
    """A cell as it is quoted: the beginning of a long one."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a table: row (None for the whole), column, the cell and a sentence.

    Of a long cell the beginning is kept.
    """

    row: int | None
    column: str | None
    value: str | None
    message: str

    def __post_init__(self) -> None:
        if self.value is not None and len(self.value) > LONGEST:
            object.__setattr__(self, "value", cut(self.value))

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row is not None else []
        place += [f"column {cut(self.column)}"] if self.column is not None else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


class TableError(ValueError):
    """A table that was refused, with every problem that was found in it."""

    def __init__(self, table: str, problems: tuple[Problem, ...]) -> None:
        self.table, self.problems = table, problems
        super().__init__("\n".join([f"{table} was refused.", *map(str, problems)]))

    @property
    def summary(self) -> str:
        """The refusal in a sentence, with the first of its problems."""
        first, *rest = self.problems
        more = f", and {len(rest)} more: workbook check shows them all" if rest else ""
        return f"{self.table} was refused: {first}{more}"

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


def whole(message: str) -> Problem:
    """A problem of the whole file."""
    return Problem(None, None, None, message)


def refused(table: str, message: str) -> Report:
    """The report on a file in which no table could be read."""
    return Report(table, pd.DataFrame(), (whole(message),))


def in_order(problems: "list[Problem]") -> tuple[Problem, ...]:
    """The problems by row and column, each once."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda each: (each.row or 0, each.column or ""))
    )
