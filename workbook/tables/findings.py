"""Findings of a check: the cells of a column that have the same issue."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.tables.issues import MAXIMUM_LISTED_ISSUES, TableIssue, first_of_several
from workbook.tables.mapped_table import MappedTable


@dataclass(frozen=True, eq=False)
class CellFinding:
    """Cells of a column that have the same issue.

    Args:
        column: Name of the column.
        positions: Positions of the cells in the column, from 0.
        describe: Gives the message for a position.
        grouped: Whether to report the cells once for each column of the file, with their count.
    """

    column: str
    positions: Sequence[int] | npt.NDArray[np.intp]
    describe: Callable[[int], str]
    grouped: bool = False


def finding_issues(finding: CellFinding, mapped_table: MappedTable) -> Iterator[TableIssue]:
    """Turn a finding into issues with rows and columns of the file.

    Args:
        finding: The cells and their message.
        mapped_table: The cells' places in the file.

    Yields:
        An issue for each cell, up to ``MAXIMUM_LISTED_ISSUES``, and one for the rest. A grouped
        finding gives one for each column of the file.
    """
    if finding.grouped:
        yield from _issues_by_column(finding, mapped_table)
        return
    for position in finding.positions[:MAXIMUM_LISTED_ISSUES]:
        yield mapped_table.cell_issue(
            int(position), finding.column, finding.describe(int(position))
        )
    if (unlisted_count := len(finding.positions) - MAXIMUM_LISTED_ISSUES) > 0:
        message = (
            f"and {unlisted_count:,} more cells of this column with the same issue, from here on"
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
