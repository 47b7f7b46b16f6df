"""Opening a table: the held one, one that the operator registered, or a file by its path."""

from collections import OrderedDict
from pathlib import Path

from workbook.importers.read_file import read_table_file
from workbook.importers.write_file import add_source
from workbook.resources import is_table_name
from workbook.tables import TableError, TableReport, TableSchema, sha256
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names

_TABLE_EXTENSIONS = (".csv", ".parquet")
_MOST_CACHED_REPORTS = 4
_LARGEST_CACHED_FILE = 20_000_000
"""Bytes of a file whose report is kept; a larger one is read each time."""

_report_cache: OrderedDict[tuple[TableSchema, bytes, bool], TableReport] = OrderedDict()


def table_names(table: TableSchema, data: Path | None = None) -> list[str]:
    """Names by which a link may open a table: its own, if it is held, and the registered ones."""
    bundled_names = [table.name] if table.bundled else []
    return [*bundled_names, *sorted(_registered_files(table, data))]


def open_table(table: TableSchema, name_or_path: str, data: Path | None = None) -> TableReport:
    """The report on a table: by its own name, by a registered one, or by a file's path.

    Raises TableError with every problem of a table that is refused, and ValueError for what is
    neither a name nor a file.
    """
    if table.bundled and name_or_path == table.name:
        content, issues = table.read_bundled_file(data)
        report = _cached_report(table, content, "", bundled=True)
    else:
        path = _registered_files(table, data).get(name_or_path) or _find_file(
            table, name_or_path, data
        )
        content, issues = read_bytes(path), ()
        report = _cached_report(table, content, path.name, bundled=False)
    if issues := (*issues, *report.errors):
        raise TableError(table.name, issues)
    frame = add_source(
        table, report.frame.copy(deep=False), Path(name_or_path).name, sha256(content)
    )
    return TableReport(report.table, frame, (), report.warnings)


def read_table_bytes(table: TableSchema, name_or_path: str, data: Path | None = None) -> bytes:
    """The bytes of the file that ``open_table`` reads for this name or path.

    Raises ValueError for what is neither, TableError where the held file is missing.
    """
    if table.bundled and name_or_path == table.name:
        return table.read_bundled_file(data)[0]
    return read_bytes(
        _registered_files(table, data).get(name_or_path) or _find_file(table, name_or_path, data)
    )


def _registered_files(table: TableSchema, data: Path | None) -> dict[str, Path]:
    """Files that the operator registered, by their names: found by listing, never by asking."""
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


def _find_file(table: TableSchema, name_or_path: str, data: Path | None) -> Path:
    """The file at a path; what could be a name is none, so that a link can never name a path."""
    path = Path(name_or_path)
    try:
        if name_or_path and not is_table_name(name_or_path) and path.is_file():
            return path
    except (OSError, ValueError):  # a name too long, or with a null in it, names no file
        pass
    msg = (
        f"{quote_value(name_or_path)} is neither a file nor a table of {table.name}."
        f" {suggest_names(name_or_path, table_names(table, data))}"
    )
    raise ValueError(msg)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises ValueError that names it where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {(error.strerror or str(error)).lower()}"
        raise ValueError(msg) from error


def _cached_report(table: TableSchema, content: bytes, name: str, *, bundled: bool) -> TableReport:
    """The report on these bytes, from the last few if they are among them."""
    key = (table, content, bundled)
    report = _report_cache.pop(key, None)
    if report is None:
        report = table.check_csv(content) if bundled else read_table_file(table, content, name)
    if len(content) <= _LARGEST_CACHED_FILE:
        _report_cache[key] = report
    while len(_report_cache) > _MOST_CACHED_REPORTS:
        _report_cache.popitem(last=False)
    return report
