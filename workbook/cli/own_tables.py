"""Steps of ``check`` and ``import`` for a department's own files and tables."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from workbook.exports.datapackage import revise_datapackage
from workbook.importers.corrections import Corrections
from workbook.importers.headings import parse_headings
from workbook.importers.merge_release import ReleaseDifference
from workbook.importers.successors import (
    find_successors,
    parse_names,
    subject_column,
    unknown_subject_message,
)
from workbook.importers.write_file import add_source, as_csv, escape_formulas
from workbook.scenario.text_files import replace_files
from workbook.tables import DATA_PACKAGE_FILE, TableReport, TableSchema, sha256
from workbook.tables.recorded_headings import recorded_headings, recorded_renames
from workbook.text.grammar import format_count


def collect_corrections(  # noqa: PLR0913  each is one of the command's options
    table: TableSchema,
    settings: Sequence[str],
    folder: Path | None,
    *,
    accept_readings: bool,
    same: Sequence[str] = (),
    new: Sequence[str] = (),
) -> Corrections:
    """Collect what the owner of a file says about it, now or when the last one was imported.

    Args:
        table: Schema of the table.
        settings: Texts of ``--map``.
        folder: Folder of the table; that of the bundled data by default.
        accept_readings: Whether to take suggested readings that are not certain.
        same: Texts of ``--same``.
        new: Names of ``--new``.

    Returns:
        The corrections.

    Raises:
        ValueError: A text of ``--map`` or ``--same`` is invalid, or the folder's table does not
            have the name before of a service.
    """
    data, names = folder or table.data_folder, parse_names(same)
    if folder and names and not begins_table(table, folder):
        _require_known_subjects(table, folder, names.values())
    return Corrections(
        headings={**recorded_headings(table.name, data), **parse_headings(table, [*settings])},
        accept_readings=accept_readings,
        same_names={**recorded_renames(table.name, data), **names},
        new_names=(*new,),
        expected_names=(*names, *new),
    )


def require_names(table: TableSchema, changes: ReleaseDifference, corrections: Corrections) -> None:
    """Check that no service leaves a table while one like it begins, unless the owner said so.

    Args:
        table: Schema of the table.
        changes: The merged table and what has changed.
        corrections: What the owner says about the file.

    Raises:
        ValueError: A service may go on under another name. The message says how to answer.
    """
    for successor in find_successors(table, changes.frame):
        name = successor.new[-1]
        if successor.period in changes.new_periods and name not in corrections.new_names:
            msg = (
                f"{successor}. If they are one service, add --same"
                f' "{name}={successor.old[-1]}". If not, add --new "{name}".'
                " Nothing was written."
            )
            raise ValueError(msg)


def _require_known_subjects(table: TableSchema, folder: Path, names: Iterable[str]) -> None:
    """Raise ValueError if a folder's table does not have one of these services."""
    column = subject_column(table)
    content, _ = table.read_bundled_file(folder)
    known = table.check_csv(content).frame[column].dropna().unique()
    for name in names:
        if name not in known:
            raise ValueError(unknown_subject_message("table", column, name, known))


def begins_table(table: TableSchema, folder: Path) -> bool:
    """Whether an import into a folder begins the table there."""
    return not (folder / f"{table.name}.csv").exists()


def begin_table(  # noqa: PLR0913, PLR0917  the file's report, name and content belong together
    table: TableSchema,
    report: TableReport,
    file: Path,
    content: bytes,
    folder: Path,
    corrections: Corrections,
) -> str:
    """Begin a table of one's own in a folder, with its record.

    Args:
        table: Schema of the table.
        report: Report on the imported file, without errors.
        file: The imported file.
        content: Its bytes.
        folder: The folder, which is made if there is none.
        corrections: What the owner says about the file, to be remembered.

    Returns:
        A sentence that says what was written.

    Raises:
        ValueError: The folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file: name a folder")
    imported = escape_formulas(add_source(table, report.frame, file.name, sha256(content)))
    csv_content = as_csv(table, imported)
    record = revise_datapackage(table, csv_content, folder, None, corrections).encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table.name}.csv"
    replace_files({path: csv_content, folder / DATA_PACKAGE_FILE: record})
    return f"Begun: {path} ({format_count(len(imported), 'row')})"
