"""Parts of a sweep's file: kept one by one in a folder beside it, then written as one file."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workbook.analysis.sweep import ERROR_COLUMN
from workbook.importers.write_file import escape_formulas

_ROWS_WRITTEN_TOGETHER: Final = 100_000
"""Rows of each row group of the file but the last."""


class SweepParts:
    """Finished parts of a sweep, each a Parquet file, in ``FILE.partial/KEY``.

    A part is complete or absent, and so is the file. A sweep that was killed goes on with the parts
    that are missing.

    Args:
        target: The file that the parts become, CSV or Parquet by its extension.
        key: Name of the request, so that the parts of another one are not mixed in.
    """

    def __init__(self, target: Path, key: str) -> None:
        self._target = target
        self.folder = target.with_name(f"{target.name}.partial") / key

    def finished(self) -> set[int]:
        """Numbers of the parts that are complete. A damaged one is removed."""
        numbers = set()
        for path in self.folder.glob("*.parquet"):
            try:
                pq.read_metadata(path)
            except pa.ArrowException:
                path.unlink()
            else:
                numbers.add(int(path.stem))
        return numbers

    def keep(self, number: int, content: bytes) -> None:
        """Keep a part.

        Args:
            number: Number of the part, from 0.
            content: The part as a Parquet file.

        Raises:
            OSError: The folder is full or read-only.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._draft(self._part_path(number)) as draft, draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def write_file(self, count: int) -> int:
        """Write all parts as one file, and remove them.

        Args:
            count: Number of parts.

        Returns:
            Number of scenarios that are rejected.

        Raises:
            OSError: Another program has written the file meanwhile, or the folder is full.
        """
        paths = [self._part_path(number) for number in range(count)]
        schema = _common_schema(paths)
        write = _write_csv if self._target.suffix == ".csv" else _write_parquet
        rejected = 0
        with self._draft(self._target) as draft:
            write(_read_tables(paths, schema), schema, draft)
            rejected = _count_rejected(paths)
            if self._target.exists():
                raise FileExistsError(f"{self._target} was written meanwhile: choose another name")
        self.remove()
        return rejected

    def remove(self) -> None:
        """Remove the parts, and the folder beside the file if it is then empty."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):  # the parts of another request stay
            self.folder.parent.rmdir()

    def _part_path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.parquet"

    @contextmanager
    def _draft(self, path: Path) -> Iterator[Path]:
        """Give a path to write to, which becomes ``path`` in one step if all goes well."""
        draft = self.folder / f".{secrets.token_hex(4)}{path.suffix}.draft"
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _common_schema(paths: list[Path]) -> pa.Schema:
    """Columns of all parts: a part of which every row is rejected has no indicators."""
    schema = pa.unify_schemas(map(pq.read_schema, paths), promote_options="permissive")
    names = [name for name in schema.names if name != ERROR_COLUMN]
    fields = [schema.field(name) for name in (*names, ERROR_COLUMN)]
    return pa.schema(
        field.with_type(pa.float64()) if pa.types.is_null(field.type) else field for field in fields
    )


def _read_tables(paths: list[Path], schema: pa.Schema) -> Iterator[pa.Table]:
    """Read the parts in order, a number of rows at a time."""
    tables: list[pa.Table] = []
    for path in paths:
        tables.append(_with_columns(pq.read_table(path), schema))
        if sum(table.num_rows for table in tables) >= _ROWS_WRITTEN_TOGETHER:
            yield pa.concat_tables(tables).combine_chunks()
            tables = []
    if tables:
        yield pa.concat_tables(tables).combine_chunks()


def _with_columns(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table with the columns of a schema, empty where it lacks them."""
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _write_parquet(tables: Iterator[pa.Table], schema: pa.Schema, path: Path) -> None:
    with pq.ParquetWriter(path, schema) as writer:
        for table in tables:
            writer.write_table(table)


def _write_csv(tables: Iterator[pa.Table], schema: pa.Schema, path: Path) -> None:
    """Write rows as CSV, with texts escaped that a spreadsheet may run as formulas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        schema.empty_table().to_pandas().to_csv(file, index=False, lineterminator="\n")
        for table in tables:
            frame = escape_formulas(table.to_pandas())
            frame.to_csv(file, index=False, header=False, lineterminator="\n")


def _count_rejected(paths: list[Path]) -> int:
    """Number of rows with an error."""
    errors = (pq.read_table(path, columns=[ERROR_COLUMN])[ERROR_COLUMN] for path in paths)
    return sum(pc.sum(pc.not_equal(column, "")).as_py() or 0 for column in errors)
