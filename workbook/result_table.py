"""A table that leaves a model: its name, its title, its rows and what each column holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.tables.derived_values import DerivedSequence
from workbook.text.suggestions import unknown_name_message


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
        empty_text: What a page says of a table without rows, after its title.

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
    empty_text: str = "nothing to show for this scenario."

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

    def __repr__(self) -> str:
        return f"<ResultTable {self.name}: {self.title}, {len(self.frame)} rows>"


class ResultTables(DerivedSequence[ResultTable]):
    """The tables of an outcome in order, each found by its name too.

    Args:
        tables: Result tables with unique names.

    Raises:
        ValueError: Two tables have the same name. Those of an iterator are checked once built.

    Example:
        >>> frame = pd.DataFrame({"year": [2014]})
        >>> path = ResultTable("path", "By year", frame, {"year": Column("Year")})
        >>> ResultTables([path])["path"]
        <ResultTable path: By year, 1 rows>
    """

    def check_items(self, items: tuple[ResultTable, ...]) -> tuple[ResultTable, ...]:
        """The tables. Raises ValueError if two have the same name."""
        return _check_names(items)

    @property
    def names(self) -> list[str]:
        """Names of the tables, in order."""
        return [table.name for table in self]

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401  a name, or what a tuple accepts
        """The table of a name. Raises KeyError with a suggestion if the name is unknown."""
        if not isinstance(key, str):
            return super().__getitem__(key)
        if table := self.find(lambda table: table.name == key):
            return table
        raise KeyError(unknown_name_message("table", key, self.names))

    def _ipython_key_completions_(self) -> list[str]:
        return self.names


def _check_names(tables: tuple[ResultTable, ...]) -> tuple[ResultTable, ...]:
    """The tables. Raises ValueError if two have the same name."""
    names = [table.name for table in tables]
    if repeated := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise ValueError(f"two tables have the same name: {', '.join(repeated)}")
    return tables
