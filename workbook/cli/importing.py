"""What ``check`` and ``import`` do: a file read as a table, written or brought into a folder."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from workbook.cli.invalid import InvalidRequestError
from workbook.exports.datapackage import revised
from workbook.importers.merging import Difference, difference
from workbook.importers.opening import bytes_of
from workbook.importers.writing import WRITERS, as_csv, inert, sourced
from workbook.tables import RECORD, Report, Table, TableError, recorded_hash, sha256

content_of = bytes_of
"""The bytes of a file that is given to a command."""


def accept(report: Report, file: Path) -> None:
    """Raises InvalidRequestError where a report on a file has errors."""
    if report.errors:
        count = f"{len(report.errors)} error" + "s" * (len(report.errors) > 1)
        msg = f"{file} is refused as {report.table} ({count}): {report.errors[0]}"
        raise InvalidRequestError(msg)


def write(table: Table, report: Report, file: Path, content: bytes, target: Path) -> str:
    """Write what a file held as a table of ours, and say so.

    Raises ValueError for a format that is not written, for a folder that is not there, and for a
    file that would be lost.
    """
    if target.suffix not in WRITERS:
        msg = f"{target} cannot be written: its name must end in {' or '.join(WRITERS)}"
        raise ValueError(msg)
    if not target.parent.is_dir():
        msg = f"{target} cannot be written: there is no folder {target.parent}"
        raise ValueError(msg)
    frame = sourced(table, report.frame, file.name, sha256(content))
    text = WRITERS[target.suffix](table, frame)
    if target.exists():
        if target.is_file() and target.read_bytes() == text:
            return f"{target} is as it was: nothing changes"
        msg = f"{target} is there already and differs: name another file, or remove it first"
        raise ValueError(msg)
    _replace({target: text})
    return f"{target} is written: {len(frame):,} rows"


def compare(table: Table, report: Report, file: Path, content: bytes, folder: Path) -> Difference:
    """What a folder's table would become by a file: its periods in place of those that are held.

    Raises ValueError where the folder does not hold the table, TableError for a refused one.
    """
    _holds(table, folder)
    held_content, problems = table.held_content(folder)
    held = table.check(held_content)
    if problems := (*problems, *held.errors):
        raise TableError(table.name, problems)
    brought = inert(sourced(table, report.frame, file.name, sha256(content)))
    found = difference(table, held.frame, brought)
    if errors := table.check(as_csv(table, found.frame)).errors:
        raise TableError(table.name, errors)
    return found


def bring(table: Table, found: Difference, file: Path, folder: Path, reason: str) -> None:
    """Write a folder's table and its record. Raises ValueError where a reason is wanted."""
    if found.is_part:
        msg = (
            f"{file} lacks {len(found.dropped):,} of the {found.within:,} rows that {table.name} "
            "holds for the same periods: give the whole release, or new periods alone"
        )
        raise ValueError(msg)
    if found.revises and not reason.strip():
        msg = (
            f"{file} changes periods of {table.name} that were published: "
            "say why with --revise REASON"
        )
        raise ValueError(msg)
    if not found.periods and not found.revises:
        return
    text = as_csv(table, found.frame)
    hashes = {"from": recorded_hash(table.name, folder) or "", "to": sha256(text)}
    revision = {"reason": reason.strip(), "file": file.name, **hashes} if found.revises else None
    record = revised(table, text, folder, revision).encode()
    _replace({folder / f"{table.name}.csv": text, folder / RECORD: record})


def _holds(table: Table, folder: Path) -> None:
    """Raises ValueError where a folder does not hold a table and its record."""
    if not table.held:
        msg = f"{table.name} is held nowhere: write it to a file of your own with -o"
        raise ValueError(msg)
    if not (folder / f"{table.name}.csv").is_file() or not (folder / RECORD).is_file():
        msg = f"{folder} does not hold {table.name}.csv and its record, {RECORD}"
        raise ValueError(msg)


def _replace(files: Mapping[Path, bytes]) -> None:
    """Write all of these files, or none: each is complete beside its place before any moves in."""
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    moved: list[Path] = []
    try:
        for path, draft in drafts.items():
            draft.write_bytes(files[path])
        for path, draft in drafts.items():
            draft.replace(path)
            moved.append(path)
    except OSError as error:
        for path in moved:
            if (content := before[path]) is None:
                path.unlink()
            else:
                path.write_bytes(content)
        asked = {str(draft): str(path) for path, draft in drafts.items()}
        error.filename = asked.get(str(error.filename), error.filename)
        raise
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()
