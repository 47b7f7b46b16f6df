"""Open a table by name or path: the bundled one, a registered one or a file."""

import os
from collections import OrderedDict
from pathlib import Path

from workbook.importers.read_file import read_table_file
from workbook.importers.write_file import add_source
from workbook.resources import is_table_name
from workbook.tables import TableError, TableIssue, TableReport, TableSchema, sha256
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names

_TABLE_EXTENSIONS = (".csv", ".parquet")
_MOST_CACHED_BYTES = 80_000_000
"""Size of the files whose reports are cached together. All bundled tables are well below it."""
_LARGEST_CACHED_FILE = 20_000_000
"""Size in bytes up to which the report on a file is cached."""

_report_cache: OrderedDict[tuple[TableSchema, bytes, bool], TableReport] = OrderedDict()


def table_names(table: TableSchema, data: Path | None = None) -> list[str]:
    """Names by which a link may open a table.

    Args:
        table: Schema of the table.
        data: Folder of the data; the package's own by default.

    Returns:
        The table's own name if it is bundled, then the names of registered files.
    """
    bundled_names = [table.name] if table.bundled else []
    return [*bundled_names, *sorted(_registered_files(table, data))]


def open_table(table: TableSchema, name_or_path: str, data: Path | None = None) -> TableReport:
    """Open a table.

    Args:
        table: Schema of the table.
        name_or_path: The table's own name, the name of a registered file, or a path.
        data: Folder of the data; the package's own by default.

    Returns:
        The rows and every warning.

    Raises:
        TableError: The table has errors.
        ValueError: There is no table of this name, and no such file.
    """
    if table.bundled and name_or_path == table.name:
        content, issues = table.read_bundled_file(data)
        return _open_content(table, name_or_path, content, issues, bundled=True)
    file = _find_registered_file(table, name_or_path, data)
    try:
        return _open_content(table, Path(name_or_path).name, read_bytes(file), bundled=False)
    except TableError as error:
        path = "" if is_table_name(name_or_path) else name_or_path
        raise TableError(table.name, error.problems, path) from None


def open_table_content(table: TableSchema, name: str, content: bytes) -> TableReport:
    """Open bytes that ``read_table_bytes`` has read, now or earlier.

    Args:
        table: Schema of the table.
        name: The table's own name, or that of a registered file.
        content: The file's bytes.

    Returns:
        The rows and every warning.

    Raises:
        TableError: The table has errors.
    """
    return _open_content(table, name, content, bundled=table.bundled and name == table.name)


def read_table_bytes(table: TableSchema, name_or_path: str, data: Path | None = None) -> bytes:
    """Read the file that ``open_table`` opens.

    Args:
        table: Schema of the table.
        name_or_path: As for ``open_table``.
        data: Folder of the data; the package's own by default.

    Returns:
        The file's bytes.

    Raises:
        TableError: The bundled file is missing.
        ValueError: There is no table of this name, and no such file.
    """
    if table.bundled and name_or_path == table.name:
        return table.read_bundled_file(data)[0]
    return read_bytes(_find_registered_file(table, name_or_path, data))


def find_table_file(table: TableSchema, name_or_path: str, data: Path | None = None) -> Path:
    """Find the file that ``open_table`` opens.

    Args:
        table: Schema of the table.
        name_or_path: As for ``open_table``.
        data: Folder of the data; the package's own by default.

    Returns:
        The file. A bundled one may be missing.

    Raises:
        ValueError: There is no table of this name, and no such file.
    """
    if table.bundled and name_or_path == table.name:
        return (data or table.data_folder) / f"{table.name}.csv"
    return _find_registered_file(table, name_or_path, data)


def _open_content(
    table: TableSchema,
    name: str,
    content: bytes,
    issues: tuple[TableIssue, ...] = (),
    *,
    bundled: bool,
) -> TableReport:
    report = _cached_report(table, content, name, bundled=bundled)
    if issues := (*issues, *report.errors):
        raise TableError(table.name, issues)
    frame = add_source(table, report.frame.copy(deep=False), name, sha256(content))
    return TableReport(report.table, frame, (), report.warnings)


def _registered_files(table: TableSchema, data: Path | None) -> dict[str, Path]:
    """Registered files by name. The folder is listed, so that no name can be a path."""
    registered_folder = (data or table.data_folder) / "registered" / table.name
    if not registered_folder.is_dir():
        return {}
    paths = [
        path
        for path in sorted(registered_folder.iterdir())
        if path.suffix in _TABLE_EXTENSIONS and path.is_file()
    ]
    return {
        path.stem: path for path in paths if is_table_name(path.stem) and path.stem != table.name
    }


def _find_registered_file(table: TableSchema, name_or_path: str, data: Path | None) -> Path:
    registered = _registered_files(table, data).get(name_or_path)
    return registered or _find_file(table, name_or_path, data)


def _find_file(table: TableSchema, name_or_path: str, data: Path | None) -> Path:
    """Find a file by its path. A text that could be a table's name is never taken for a path."""
    path = Path(name_or_path)
    try:
        if name_or_path and not is_table_name(name_or_path) and path.is_file():
            return path
    except (OSError, ValueError):  # the name is too long or contains a null character
        pass
    msg = (
        f"{quote_value(name_or_path)} is neither a file nor a table of {table.name}."
        f" {suggest_names(name_or_path, table_names(table, data))}"
    )
    raise ValueError(msg)


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Args:
        path: The file.

    Returns:
        Its bytes.

    Raises:
        ValueError: The file cannot be read, or its name is no text. The message names it.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
        raise ValueError(f"{name} cannot be read: its name is not in UTF-8. Rename it") from None
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {(error.strerror or str(error)).lower()}"
        raise ValueError(msg) from error


def _cached_report(table: TableSchema, content: bytes, name: str, *, bundled: bool) -> TableReport:
    """Check a file's bytes, or return a recent report on the same bytes."""
    key = (table, content, bundled)
    report = _report_cache.pop(key, None)
    if report is None:
        report = table.check_csv(content) if bundled else read_table_file(table, content, name)
    if len(content) <= _LARGEST_CACHED_FILE:
        _report_cache[key] = report
    while sum(len(cached) for _, cached, _ in _report_cache) > _MOST_CACHED_BYTES:
        _report_cache.popitem(last=False)
    return report
