"""A table that leaves a model: its name, its title, its rows and what each column holds."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Column:
    """What a column of a result table holds.

    Args:
        label: Heading that a reader sees.
        unit: Unit of every value, such as ``share`` or ``GBP``; empty where there is none.
        unit_column: Name of the column that holds each row's unit, where rows differ.
        is_name: Whether the values are names in code, which pages and documents leave out.
    """

    label: str
    unit: str = ""
    unit_column: str = ""
    is_name: bool = False

    def unit_in_row(self, row: Mapping[str, object]) -> str:
        """Unit of this column's value in one row.

        Args:
            row: The row's values by column name.

        Returns:
            The unit, empty where there is none.
        """
        return str(row[self.unit_column]) if self.unit_column else self.unit


@dataclass(frozen=True, eq=False)
class ResultTable:
    """One table of a model's outcome, described for pages, spreadsheets and CSV files.

    Two tables are equal only if they are the same object: compare their frames.

    Args:
        name: Name in code and of files, unique within an outcome.
        title: Title that a reader sees wherever the table is shown.
        frame: The rows, tidy, with text as column names.
        columns: Description of every column by its name. Descriptions of other columns are
            dropped, so tables can share one mapping.

    Raises:
        ValueError: A column is not described, or the column that holds its units is missing.

    Example:
        >>> frame = pd.DataFrame({"year": [2014, 2015], "people": [3, 5]})
        >>> columns = {"year": Column("Year"), "people": Column("People", "people")}
        >>> ResultTable("path", "People by year", frame, columns).columns["people"].label
        'People'
    """

    name: str
    title: str
    frame: pd.DataFrame
    columns: Mapping[str, Column]

    def __post_init__(self) -> None:
        names = list(map(str, self.frame.columns))
        if missing := [name for name in names if name not in self.columns]:
            msg = f"table {self.name!r}: no description of the column {', '.join(missing)}"
            raise ValueError(msg)
        columns = {name: self.columns[name] for name in names}
        for name, column in columns.items():
            if column.unit_column and column.unit_column not in columns:
                msg = (
                    f"table {self.name!r}: the units of {name} are in {column.unit_column},"
                    " which is not a column of the table"
                )
                raise ValueError(msg)
        object.__setattr__(self, "columns", columns)
