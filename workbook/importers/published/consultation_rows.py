"""Rows of published lists of consultations, on their way to the table ``consultations``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from workbook.importers.published.consultation_dates import parse_day
from workbook.tables.issues import TableIssue
from workbook.tables.mapped_table import MappedTable
from workbook.tables.raw_table import RawTable


@dataclass(frozen=True)
class SourceRow:
    """Row of a published list.

    Args:
        number: Its row number in the file.
        cells: Texts of its cells by header, without blank ones.
    """

    number: int
    cells: Mapping[str, str]

    def day(self, header: str) -> str | None:
        """Day in a cell, as printed if it cannot be read; None if blank."""
        text = self.cells.get(header)
        return text and (parse_day(text) or text)

    def issue(self, header: str, message: str) -> TableIssue:
        """Issue of a cell."""
        return TableIssue(self.number, header, self.cells.get(header), message)


@dataclass
class ConsultationRows:
    """Consultations collected from a published list.

    Args:
        headers: Header in the list of each column of the table that the list has.
        numbers: Row number in the file of each consultation.
        rows: Cells of each consultation, by column.
        errors: Errors found.
        warnings: Warnings found.
    """

    headers: Mapping[str, str]
    numbers: list[int] = field(default_factory=list)
    rows: list[Mapping[str, str | None]] = field(default_factory=list)
    errors: list[TableIssue] = field(default_factory=list)
    warnings: list[TableIssue] = field(default_factory=list)

    def add(self, source_row: SourceRow, cells: Mapping[str, str | None]) -> None:
        """Add a consultation."""
        self.numbers.append(source_row.number)
        self.rows.append(cells)

    def as_mapped_table(self, raw_table: RawTable) -> MappedTable:
        """The table's cells, with the errors and warnings of the file."""
        cells = {
            name: pa.array([row.get(name) for row in self.rows], pa.string())
            for name in self.headers
        }
        return MappedTable(
            cells,
            self.numbers,
            lambda position, column: (self.numbers[position], self.headers[column]),
            (*raw_table.errors, *self.errors),
            (*raw_table.warnings, *self.warnings),
            self.headers,
        )


def read_source_rows(raw_table: RawTable) -> Iterator[SourceRow]:
    """Rows of a published list, with trimmed texts."""
    columns: Sequence[Iterable[object]] = [column.to_pylist() for column in raw_table.columns]
    rows = zip(*columns, strict=True)
    for number, row in zip(raw_table.row_numbers, rows, strict=True):
        texts = ("" if cell is None else " ".join(str(cell).split()) for cell in row)
        cells = {head: text for head, text in zip(raw_table.header, texts, strict=True) if text}
        yield SourceRow(int(number), cells)
