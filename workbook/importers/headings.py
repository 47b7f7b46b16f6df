"""Match the headings of a file to the columns of a table."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from workbook.tables import TableIssue, TableSchema
from workbook.tables.issues import file_issue
from workbook.tables.raw_table import RawTable
from workbook.text.quoting import quote_text
from workbook.text.suggestions import suggest_names

QUARTER: Final = "quarter"
"""What a heading can stand for in a table of twelve-month windows: the quarter of a count."""

_QUARTER_HEADINGS: Final = {"quarter", "quarterend", "quarterending", "quarterended"}
_PUNCTUATION: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class MatchedHeadings:
    """Headings of a file that stand for columns of a table.

    Args:
        columns: The heading of each column that is found.
        is_quarterly: Whether the period's heading says that each row is one quarter.
    """

    columns: Mapping[str, str]
    is_quarterly: bool


def match_headings(
    table: TableSchema, header: tuple[str, ...], headings: Mapping[str, str]
) -> MatchedHeadings:
    """Match headings to columns: by what the owner says, the column's name, or its title.

    Args:
        table: Schema of the table.
        header: Headings of the file.
        headings: Column that each of the owner's headings stands for.

    Returns:
        The matches.
    """
    folded = {fold_heading(head): head for head in reversed(header) if head}
    mapped = {column: folded.get(fold_heading(head)) for head, column in headings.items()}
    columns: dict[str, str] = {}
    for name in table.schema.columns:
        chosen = mapped.get(name)
        printed = name if name in header else folded.get(fold_heading(name))
        if head := chosen or printed:
            columns[name] = head
    for name, title in _unique_titles(table).items():
        head = folded.get(title)
        if head and name not in columns and head not in columns.values():
            columns[name] = head
    quarter = mapped.get(QUARTER) or next(
        (folded[name] for name in sorted(_QUARTER_HEADINGS) if name in folded), None
    )
    is_quarterly = bool(table.window and quarter and table.period not in columns)
    if is_quarterly and quarter:
        columns[table.period] = quarter
    return MatchedHeadings(columns, is_quarterly)


def has_required_columns(table: TableSchema, columns: Mapping[str, str]) -> bool:
    """Whether all required columns of a table are among the matched ones."""
    return all(name in columns for name, column in table.schema.columns.items() if column.required)


def different_heading_issues(
    raw_table: RawTable, matched: MatchedHeadings, headings: Mapping[str, str]
) -> Iterator[TableIssue]:
    """Warn of each heading that is not the column's name, and of each that is not there."""
    folded = {fold_heading(head) for head in raw_table.header}
    for heading, column in headings.items():
        if column not in matched.columns and fold_heading(heading) not in folded:
            yield file_issue(f"the file has no heading {quote_text(heading)}")
    for name, head in matched.columns.items():
        if head != name:
            yield TableIssue(raw_table.header_row, head, head, f'is read as column "{name}"')


def parse_headings(table: TableSchema, settings: list[str]) -> dict[str, str]:
    """Parse the values of ``--map``.

    Args:
        table: Schema of the table.
        settings: Texts such as ``Total transactions=volume``.

    Returns:
        Column that each heading stands for.

    Raises:
        ValueError: A text is not ``HEADING=COLUMN``, or there is no such column.
    """
    headings: dict[str, str] = {}
    for setting in settings:
        heading, equals, column = (part.strip() for part in setting.rpartition("="))
        if not heading or not equals:
            msg = (
                f"--map {quote_text(setting)} is incomplete: write HEADING=COLUMN, such as"
                ' "Total transactions=volume"'
            )
            raise ValueError(msg)
        choices = column_choices(table)
        if column not in choices:
            msg = (
                f"{table.name} has no column {quote_text(column)}. {suggest_names(column, choices)}"
            )
            raise ValueError(msg)
        headings[heading] = column
    return headings


def column_choices(table: TableSchema) -> list[str]:
    """What a heading can stand for: the table's columns, and a quarter where windows roll."""
    return [*table.schema.columns, *([QUARTER] if table.window else [])]


def valid_headings(table: TableSchema, headings: Mapping[str, str]) -> dict[str, str]:
    """Those headings that are mapped to a column of the table."""
    choices = column_choices(table)
    return {heading: column for heading, column in headings.items() if column in choices}


def column_titles(table: TableSchema, columns: tuple[str, ...]) -> dict[str, str]:
    """Titles of what a visitor may map a heading to.

    Args:
        table: Schema of the table.
        columns: Columns that no heading names.

    Returns:
        Titles by column. Where windows roll, the period may be a quarter too.
    """
    titles = {name: table.schema.columns[name].title or name for name in columns}
    if table.window and table.period in titles:
        titles[QUARTER] = f"{titles[table.period]}, if it is a quarter"
    return titles


def fold_heading(heading: str) -> str:
    """A heading without case, spaces and punctuation."""
    return _PUNCTUATION.sub("", heading).casefold()


def _unique_titles(table: TableSchema) -> dict[str, str]:
    """Folded titles of columns that no other column has as its title or name."""
    columns = table.schema.columns
    titles = {name: fold_heading(column.title or "") for name, column in columns.items()}
    counts = Counter([*titles.values(), *map(fold_heading, columns)])
    return {
        name: title
        for name, title in titles.items()
        if title and counts[title] == 1 + (title == fold_heading(name))
    }
