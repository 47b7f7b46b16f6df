"""Steps of ``check`` and ``import`` for a department's own files and tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbook.cli.data import replace_files
from workbook.exports.datapackage import revise_datapackage
from workbook.importers.corrections import Corrections
from workbook.importers.headings import parse_headings
from workbook.importers.write_file import add_source, as_csv, escape_formulas
from workbook.tables import DATA_PACKAGE_FILE, TableReport, TableSchema, sha256
from workbook.tables.recorded_headings import recorded_headings
from workbook.text.grammar import format_count


def collect_corrections(
    table: TableSchema, settings: Sequence[str], folder: Path | None, *, accept_readings: bool
) -> Corrections:
    """Collect what the owner of a file says about it, now or when the last one was imported.

    Args:
        table: Schema of the table.
        settings: Texts of ``--map``.
        folder: Folder of the table; that of the bundled data by default.
        accept_readings: Whether to take suggested readings that are not certain.

    Returns:
        The corrections.

    Raises:
        ValueError: A text of ``--map`` is invalid.
    """
    remembered = recorded_headings(table.name, folder or table.data_folder)
    headings = {**remembered, **parse_headings(table, [*settings])}
    return Corrections(headings=headings, accept_readings=accept_readings)


def begins_table(table: TableSchema, folder: Path) -> bool:
    """Whether an import into a folder begins the table there."""
    return table.bundled and not (folder / f"{table.name}.csv").exists()


def begin_table(  # noqa: PLR0913, PLR0917  the file's report, name and content belong together
    table: TableSchema,
    report: TableReport,
    file: Path,
    content: bytes,
    folder: Path,
    headings: Mapping[str, str],
) -> str:
    """Begin a table of one's own in a folder, with its record.

    Args:
        table: Schema of the table.
        report: Report on the imported file, without errors.
        file: The imported file.
        content: Its bytes.
        folder: The folder, which is made if there is none.
        headings: Column that each heading of the file stands for, to be remembered.

    Returns:
        A sentence that says what was written.

    Raises:
        ValueError: The folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file: name a folder")
    imported = escape_formulas(add_source(table, report.frame, file.name, sha256(content)))
    csv_content = as_csv(table, imported)
    record = revise_datapackage(table, csv_content, folder, None, headings).encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table.name}.csv"
    replace_files({path: csv_content, folder / DATA_PACKAGE_FILE: record})
    return f"Begun: {path} ({format_count(len(imported), 'row')})"
