"""Write the issues of a table as lines: those of one kind in one line, with their rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbook.tables.issues import HEADER_ROW, TableIssue
from workbook.text.grammar import join_items
from workbook.text.quoting import visible_text

_MOST_RANGES: Final = 12
"""Rows and ranges of rows, or columns, that a line names, at most."""

_SHORTEST_RANGE: Final = 3
_ADVISED_VALUE: Final = re.compile(r"(?<=write |ad as )\S+")
"""What a message says to write, or what a cell is read as."""


def issue_lines(issues: Iterable[TableIssue]) -> list[str]:
    """Write issues, a line for each kind and column.

    Args:
        issues: The issues, in the order of their rows.

    Returns:
        Lines such as ``rows 4, 9 and 13 to 40, column volume: "n/a" is not a whole number``.

    Example:
        >>> issues = [TableIssue(row, "visits", "-1", "-1 must not be negative") for row in (2, 4)]
        >>> issue_lines(issues)
        ['rows 2 and 4, column visits: -1 must not be negative']
    """
    groups: dict[object, list[TableIssue]] = {}
    for issue in issues:
        groups.setdefault(_find_kind(issue), []).append(issue)
    return [_group_line(group) for group in groups.values()]


def format_rows(rows: Sequence[int]) -> str:
    """Write row numbers, with ranges for three and more in a row.

    Args:
        rows: The numbers in ascending order.

    Returns:
        Text such as ``4, 9 and 13 to 40``.
    """
    parts = [part for start, end in _group_consecutive(rows) for part in _range_parts(start, end)]
    return _join_some(parts, len(rows))


def _join_some(parts: Sequence[str], count: int) -> str:
    """Join parts; the first ones, and the number of rows or columns in all, if they are many."""
    if len(parts) > _MOST_RANGES:
        return f"{', '.join(parts[:_MOST_RANGES])} and more, {count:,} in all"
    return join_items(parts)


def _find_kind(issue: TableIssue) -> object:
    """What issues of one kind share; the issue itself where it is the only one of its kind."""
    if issue.row is None:
        return issue
    if issue.row == HEADER_ROW:
        return issue.message.replace(f'"{issue.column}"', "")
    message = issue.message
    if issue.value:
        message = message.replace(issue.value, "").replace(visible_text(issue.value), "")
    return issue.column, _ADVISED_VALUE.sub("", message)


def _group_line(group: Sequence[TableIssue]) -> str:
    first = group[0]
    if first.row == HEADER_ROW and len(group) > 1:
        return _header_line(group)
    rows = sorted({issue.row for issue in group if issue.row is not None})
    if len(rows) <= 1:
        return str(first)
    is_same = len({issue.message for issue in group}) == 1
    example = "" if is_same else f" (row {first.row}; the others alike)"
    line = str(replace(first, row=rows[0], message=first.message + example))
    return line.replace(f"row {rows[0]}", f"rows {format_rows(rows)}", 1)


def _header_line(group: Sequence[TableIssue]) -> str:
    """The line of several columns: missing ones, or ones that are not recognised."""
    first, *others = group
    if first.value is None:
        columns = [f'"{issue.column}"' for issue in others]
        return f"{first}; so {'are' if others[1:] else 'is'} {_join_some(columns, len(columns))}"
    columns = [visible_text(issue.column or "") for issue in group]
    message = f"{_join_some(columns, len(columns))}: {first.message}"
    return f"row {HEADER_ROW}, columns {message}"


def _group_consecutive(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = end = rows[0]
    for row in rows[1:]:
        if row != end + 1:
            yield start, end
            start = row
        end = row
    yield start, end


def _range_parts(start: int, end: int) -> list[str]:
    if end - start + 1 >= _SHORTEST_RANGE:
        return [f"{start} to {end}"]
    return [str(row) for row in range(start, end + 1)]
