"""Write a comparison of two snapshots as a folder, which is complete or absent."""

import os
import shutil
from pathlib import Path
from typing import Final

from workbook.snapshots.comparison_page import build_changes_record, render_comparison
from workbook.snapshots.snapshot_comparison import SnapshotComparison
from workbook.snapshots.stored_snapshot import StoredSnapshot

COMPARISONS_FOLDER: Final = "comparisons"
"""Folder of the comparisons, in the archive."""

_RECORD: Final = "changes.json"


def comparison_folder(store: Path, earlier: StoredSnapshot, later: StoredSnapshot) -> Path:
    """Folder of a comparison in an archive, such as ``comparisons/2014-Q2_r1--2014-Q3_r1``.

    Args:
        store: Folder of the archive.
        earlier: The earlier snapshot.
        later: The later snapshot.

    Returns:
        The folder, which may not exist.
    """
    names = (snapshot.name.replace("/", "_") for snapshot in (earlier, later))
    return store / COMPARISONS_FOLDER / "--".join(names)


def check_comparison_folder(folder: Path) -> None:
    """Check that a folder is new, or holds an earlier comparison.

    Args:
        folder: The folder.

    Raises:
        ValueError: It holds something else.
    """
    if folder.exists() and not (folder / _RECORD).is_file():
        msg = f"{folder} already exists and is no comparison: choose another folder"
        raise ValueError(msg)


def write_comparison(
    folder: Path, comparison: SnapshotComparison, temporary_archive: Path | None = None
) -> None:
    """Write ``index.html`` and ``changes.json`` into a folder, in one step.

    Args:
        folder: The folder, which ``check_comparison_folder`` has checked. An earlier comparison in
            it is replaced.
        comparison: The comparison.
        temporary_archive: Folder that stands for a remote archive. A page elsewhere does not link
            to a snapshot in it, nor a page in it to a snapshot elsewhere.

    Raises:
        OSError: The folder cannot be written. An earlier comparison stays.
    """
    links = {
        snapshot.name: f"{_relative_address(snapshot.folder, folder)}/index.html"
        for snapshot in (comparison.earlier, comparison.later)
        if _is_within(snapshot.folder, temporary_archive) == _is_within(folder, temporary_archive)
    }
    texts = {
        "index.html": render_comparison(comparison, links),
        _RECORD: build_changes_record(comparison),
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.parent / f".writing-{folder.name}-{os.getpid()}"
    try:
        staging.mkdir()
        for name, text in texts.items():
            (staging / name).write_text(text, encoding="utf-8", newline="")
        put_in_place(staging, folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def put_in_place(staging: Path, folder: Path) -> None:
    """Move a finished folder to its place; an earlier one is moved aside first.

    Args:
        staging: The finished folder.
        folder: Its place, beside it.

    Raises:
        OSError: It cannot be moved. An earlier folder is put back.
    """
    earlier = staging.with_name(f"{staging.name}-earlier")
    has_earlier = folder.exists()
    if has_earlier:
        folder.rename(earlier)
    try:
        staging.rename(folder)
    except BaseException:
        if has_earlier:
            earlier.rename(folder)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _is_within(folder: Path, archive: Path | None) -> bool:
    return archive is not None and folder.resolve().is_relative_to(archive.resolve())


def _relative_address(snapshot: Path, folder: Path) -> str:
    return Path(os.path.relpath(snapshot.resolve(), folder.resolve())).as_posix()
