"""Findings: cells of a column of which the same thing is to be said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.tables.issues import MAXIMUM_LISTED_ISSUES, TableIssue, first_of_several
from workbook.tables.mapped_table import MappedTable


@dataclass(frozen=True, eq=False)
class CellFinding:
    """The cells of ``column`` at ``positions``; ``say`` gives a position's sentence.

    What is ``common`` and harmless is said once for each column of the file, with its count.
    """

    column: str
    positions: Sequence[int] | npt.NDArray[np.intp]
    describe: Callable[[int], str]
    grouped: bool = False


def finding_issues(finding: CellFinding, mapped_table: MappedTable) -> Iterator[TableIssue]:
    """A problem for each cell of a finding, by where it stood, or for all of them in a column."""
    if finding.grouped:
        yield from _issues_by_column(finding, mapped_table)
        return
    for position in finding.positions[:MAXIMUM_LISTED_ISSUES]:
        yield mapped_table.cell_issue(
            int(position), finding.column, finding.describe(int(position))
        )
    if (unlisted_count := len(finding.positions) - MAXIMUM_LISTED_ISSUES) > 0:
        message = (
            f"and {unlisted_count:,} more cells of this column, from here on, for the same reason"
        )
        yield mapped_table.cell_issue(
            int(finding.positions[MAXIMUM_LISTED_ISSUES]), finding.column, message
        )


def _issues_by_column(finding: CellFinding, mapped_table: MappedTable) -> Iterator[TableIssue]:
    columns: dict[str, list[int]] = {}
    for position in finding.positions:
        columns.setdefault(mapped_table.locate(int(position), finding.column)[1], []).append(
            int(position)
        )
    for cells in columns.values():
        cell_count = first_of_several(len(cells), "cells of this column")
        yield mapped_table.cell_issue(
            cells[0], finding.column, finding.describe(cells[0]) + cell_count
        )
