"""Write the tables of a spreadsheet as gptables does, in a tenth of the time.

gptables holds the format of each cell in a data frame of dictionaries, which it changes many times.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd
from gptables import GPTable, GPWorkbook
from gptables.core.wrappers import GPWorksheet

_Format = Mapping[str, object]

_NO_GRIDLINES: Final = 2
"""Lines neither on the screen nor on paper."""

_SYMBOL: Final = re.compile(r"\[[\w\s]+\]")
"""A symbol for a missing value, or the mark of a note."""


class TableSheet(GPWorksheet):  # type: ignore[misc]  # gptables has no types
    """A sheet whose cells have a value with a letter or digit, as ``build_sheet`` ensures."""

    def _parse_table_urls(self, gptable: GPTable) -> None:
        """Look for no links in cells: ``clean_cell_text`` leaves none."""

    def _write_table_elements(
        self,
        pos: Sequence[int],
        gptable: GPTable,
        auto_width: bool,  # noqa: ARG002, FBT001  gptables' method, whose widths are not used
    ) -> list[int]:
        """Write the table of a sheet; returns the position after it."""
        first_row = gptable.data_range[0]
        headings = gptable.table.columns.to_list()
        rows = gptable.table.to_numpy(dtype=object).tolist()
        formats = list(_list_formats(self.theme, gptable, headings, rows))
        for row, cells in enumerate([headings, *rows]):
            for column, cell in enumerate(cells):
                self._smart_write(first_row + row, column, cell, formats[row][column])
        book = self._workbook
        self.add_table(
            *gptable.data_range,
            {
                "header_row": True,
                "autofilter": False,
                "columns": [
                    {"header": heading, "header_format": book.add_format(heading_format)}
                    for heading, heading_format in zip(headings, formats[0], strict=True)
                ],
                "style": None,
                "name": gptable.table_name,
            },
        )
        return [first_row + 1 + len(rows), pos[1]]


class TableWorkbook(GPWorkbook):  # type: ignore[misc]  # gptables has no types
    """A workbook of such sheets."""

    def add_worksheet(self, name: str | None = None, gridlines: str = "hide_all") -> TableSheet:
        """Add a sheet without lines between its cells."""
        del gridlines
        sheet: TableSheet = super(GPWorkbook, self).add_worksheet(name, TableSheet)
        sheet.theme, sheet._workbook = self.theme, self  # noqa: SLF001  as gptables does
        sheet.hide_gridlines(_NO_GRIDLINES)
        return sheet

    def write_tables(self, sheets: Mapping[str, GPTable], notes: pd.DataFrame) -> None:
        """Write the contents, the notes and the sheets.

        Args:
            sheets: The sheets by name.
            notes: The reference and the text of each note.
        """
        contents = self.make_table_of_contents(sheets)
        self._update_annotations(sheets)
        pages = {"Contents": contents, "Notes": self.make_notesheet(notes), **sheets}
        for name, table in pages.items():
            page = self.add_worksheet(name)
            page.write_gptable(table, auto_width=False, reference_order=self._annotations)


def _list_formats(
    theme: Any,  # noqa: ANN401  gptables has no types
    gptable: GPTable,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> Iterator[list[_Format]]:
    """List the formats of the headings, and then of each row."""
    index_formats = (theme.index_1_format, theme.index_2_format, theme.index_3_format)
    index_levels = {column: level for level, column in gptable.index_columns.items()}
    alignments = [
        {"align": "right" if column not in index_levels and is_numeric else "left"}
        for column, is_numeric in enumerate(
            _find_numeric_columns(headings, rows, has_index=bool(index_levels))
        )
    ]
    yield [theme.column_heading_format | alignment for alignment in alignments]
    base = [
        (index_formats[index_levels[column] - 1] if column in index_levels else theme.data_format)
        | alignment
        for column, alignment in enumerate(alignments)
    ]
    special = {
        item["cell"]["cells"]: item["cell"]["format"] for item in gptable.additional_formatting
    }
    for row in range(1, len(rows) + 1):
        yield [
            base[column] | special[row, column] if (row, column) in special else base[column]
            for column in range(len(headings))
        ]


def _find_numeric_columns(
    headings: Sequence[str], rows: Sequence[Sequence[object]], *, has_index: bool
) -> Iterator[bool]:
    """Whether gptables takes each column to be of numbers.

    A column of symbols alone is none, nor is the first, which names the row. A symbol or a heading
    does not count. Where a heading has the mark of a note, every other one counts.
    """
    are_headings_values = any(map(_SYMBOL.search, headings))
    for number, (heading, *cells) in enumerate(zip(headings, *rows, strict=True)):
        if number == 0 and not has_index:
            yield False
            continue
        counted = [heading, *cells] if are_headings_values else cells
        values = [cell for cell in counted if not (isinstance(cell, str) and _SYMBOL.search(cell))]
        yield bool(values) and all(isinstance(value, int | float) for value in values)
