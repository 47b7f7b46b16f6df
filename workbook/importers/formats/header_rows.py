"""Find the header of a table that has a title, notes or blank rows above it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from workbook.tables.issues import TableIssue, file_issue
from workbook.text.grammar import join_items

HeaderFits = Callable[[tuple[str, ...]], bool]
"""Whether a header is that of the table."""

ROWS_SEARCHED: Final = 40
"""Rows at the start of a file in which the header is looked for."""

_FEWEST_CELLS: Final = 3
"""Fewest cells with text in a row below a title that may be the header of any table."""


@dataclass(frozen=True)
class HeaderRows:
    """The header of a file.

    Args:
        names: Headers of the columns.
        rows: Row numbers of the header, counted as in a spreadsheet: one or two.
        is_first: Whether nothing but blank rows stands above it.
    """

    names: tuple[str, ...]
    rows: tuple[int, ...]
    is_first: bool

    @property
    def warnings(self) -> tuple[TableIssue, ...]:
        """A warning that says where the header is, unless it is one row and the first."""
        if self.is_first and len(self.rows) == 1:
            return ()
        noun = "row" if len(self.rows) == 1 else "rows"
        return (file_issue(f"header read from {noun} {join_items(self.rows)}"),)


def find_header(records: Sequence[Sequence[str]], fits: HeaderFits) -> HeaderRows | None:
    """Find the first row that fits as a header, alone or with the row below it.

    Args:
        records: Cells of the first rows of a file, blank rows included.
        fits: Whether a header is that of the table.

    Returns:
        The header, None if no row fits.
    """
    numbered = _numbered_records(records)
    for index, (number, cells) in enumerate(numbered):
        if fits(names := _trim_cells(cells)):
            return HeaderRows(names, (number,), is_first=index == 0)
    for index, ((number, upper), (below, lower)) in enumerate(pairwise(numbered)):
        for names in _joined_headers(_trim_cells(upper), _trim_cells(lower)):
            if fits(names):
                return HeaderRows(names, (number, below), is_first=index == 0)
    return None


def likely_header(records: Sequence[Sequence[str]]) -> HeaderRows | None:
    """Find the header of a table whose columns are not recognised, below a title.

    Args:
        records: Cells of the first rows of a file, blank rows included.

    Returns:
        The first row with as many cells as the widest, if the first row is a title of one cell;
        otherwise None.
    """
    numbered = _numbered_records(records)
    widths = [sum(map(bool, _trim_cells(cells))) for _, cells in numbered]
    if len(widths) < _FEWEST_CELLS or widths[0] != 1 or max(widths) < _FEWEST_CELLS:
        return None
    index = widths.index(max(widths))
    number, cells = numbered[index]
    return HeaderRows(_trim_cells(cells), (number,), is_first=False)


def _last_named(group: str, cell: str) -> str:
    """Heading of a group of columns, which stands above its first column only."""
    return cell or group


def _numbered_records(records: Sequence[Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    numbered = enumerate(records[:ROWS_SEARCHED], start=1)
    return [(number, cells) for number, cells in numbered if any(map(str.strip, cells))]


def _trim_cells(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


def _joined_headers(upper: tuple[str, ...], lower: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Headers that two rows may give: the lower cell for the upper, or both."""
    width = max(len(upper), len(lower))
    above, below = (row + ("",) * (width - len(row)) for row in (upper, lower))
    yield tuple(under or over for over, under in zip(above, below, strict=True))
    groups = accumulate(above, _last_named)
    yield tuple(
        " ".join(filter(None, (group, under))) if under else over
        for over, group, under in zip(above, groups, below, strict=True)
    )
