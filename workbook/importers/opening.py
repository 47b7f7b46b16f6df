"""Opening a table: the held one, one that the operator registered, or a file by its path."""

from collections import OrderedDict
from pathlib import Path

from workbook.importers.reading import read
from workbook.importers.writing import sourced
from workbook.resources import folder, is_name
from workbook.tables import Report, Table, TableError, sha256

ENDINGS = (".csv", ".parquet")
KEPT = 4
SMALL = 20_000_000
"""Bytes of a file whose report is kept; a larger one is read each time."""

_reports: OrderedDict[tuple[Table, bytes, bool], Report] = OrderedDict()


def names(table: Table, data: Path | None = None) -> list[str]:
    """Names by which a link may open a table: its own, if it is held, and the registered ones."""
    own = [table.name] if table.held else []
    return [*own, *sorted(_registered(table, data))]


def open_table(table: Table, where: str, data: Path | None = None) -> Report:
    """The report on a table: by its own name, by a registered one, or by a file's path.

    Raises TableError with every problem of a table that is refused, and ValueError for what is
    neither a name nor a file.
    """
    if table.held and where == table.name:
        content, problems = table.held_content(data)
        report = _kept(table, content, "", held=True)
    else:
        path = _registered(table, data).get(where) or _file(table, where, data)
        content, problems = bytes_of(path), ()
        report = _kept(table, content, path.name, held=False)
    if problems := (*problems, *report.errors):
        raise TableError(table.name, problems)
    frame = sourced(table, report.frame.copy(deep=False), Path(where).name, sha256(content))
    return Report(report.table, frame, (), report.oddities)


def content_of(table: Table, where: str, data: Path | None = None) -> bytes:
    """The bytes of the file that ``open_table`` reads for this name or path.

    Raises ValueError for what is neither, TableError where the held file is missing.
    """
    if table.held and where == table.name:
        return table.held_content(data)[0]
    return bytes_of(_registered(table, data).get(where) or _file(table, where, data))


def _registered(table: Table, data: Path | None) -> dict[str, Path]:
    """Files that the operator registered, by their names: found by listing, never by asking."""
    shelf = (data or folder("data")) / "registered" / table.name
    if not shelf.is_dir():
        return {}
    found = [path for path in sorted(shelf.iterdir()) if path.suffix in ENDINGS and path.is_file()]
    return {path.stem: path for path in found if is_name(path.stem) and path.stem != table.name}


def _file(table: Table, where: str, data: Path | None) -> Path:
    """The file at a path; what could be a name is none, so that a link can never name a path."""
    path = Path(where)
    try:
        if where and not is_name(where) and path.is_file():
            return path
    except (OSError, ValueError):  # a name too long, or with a null in it, names no file
        pass
    there = ", ".join(names(table, data)) or "none"
    msg = f"{where!r} is neither a file nor a table of {table.name}: the tables are {there}"
    raise ValueError(msg)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises ValueError that names it where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {(error.strerror or str(error)).lower()}"
        raise ValueError(msg) from error


def _kept(table: Table, content: bytes, name: str, *, held: bool) -> Report:
    """The report on these bytes, from the last few if they are among them."""
    key = (table, content, held)
    report = _reports.pop(key, None)
    if report is None:
        report = table.check(content) if held else read(table, content, name)
    if len(content) <= SMALL:
        _reports[key] = report
    while len(_reports) > KEPT:
        _reports.popitem(last=False)
    return report
