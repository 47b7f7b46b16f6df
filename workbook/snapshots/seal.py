"""Verify the seals of snapshots: every file is hashed again and compared with the manifest."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workbook.snapshots.manifest import MANIFEST_NAME
from workbook.snapshots.stored_snapshot import list_snapshots
from workbook.tables import sha256

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_MALFORMED: Final = (KeyError, TypeError, AttributeError)
"""What reading raises where a manifest is JSON of another form."""


@dataclass(frozen=True)
class SealMismatch:
    """A file that is not as it was sealed, and what is wrong with it.

    Args:
        file: Path within the snapshot.
        problem: What is wrong, as the rest of a sentence that begins with the file.
    """

    file: str
    problem: str

    def as_dict(self) -> dict[str, str]:
        """The mismatch as ``verify --json`` prints it."""
        return {"file": self.file, "problem": self.problem}


@dataclass(frozen=True)
class SealReport:
    """Result of a verification.

    Args:
        snapshot: Name of the snapshot, such as ``2014-Q2/r1``.
        files: Number of files that were compared, the manifest included.
        mismatches: Every file that is not as it was sealed.
    """

    snapshot: str
    files: int
    mismatches: tuple[SealMismatch, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as ``verify --json`` prints it."""
        return {
            "snapshot": self.snapshot,
            "files": self.files,
            "mismatches": [mismatch.as_dict() for mismatch in self.mismatches],
        }


def verify_store(store: Path) -> Iterator[SealReport]:
    """Verify every snapshot of an archive.

    Args:
        store: Folder of the archive.

    Yields:
        A report for each revision, in order. A revision before the latest that is not there has the
        report that its manifest is missing.
    """
    names = list_snapshots(store)
    latest = {quarter: int(number) for quarter, number in (name.split("/r") for name in names)}
    for quarter, count in latest.items():
        for number in range(1, count + 1):
            name = f"{quarter}/r{number}"
            yield verify_snapshot(name, store / name)


def verify_snapshot(name: str, folder: Path) -> SealReport:
    """Hash every file of a snapshot again, and compare it with the manifest.

    Args:
        name: Name of the snapshot, such as ``2014-Q2/r1``, which the manifest must give too. Empty
            for a folder that has been moved.
        folder: The snapshot's folder.

    Returns:
        The report: files that are missing, changed, not listed or cannot be read, tables that the
        snapshot does not hold, and a manifest that was edited.
    """
    files = {path.relative_to(folder).as_posix(): path for path in _list_files(folder)}
    manifest, mismatches = _read_manifest(name, files.pop(MANIFEST_NAME, None))
    if manifest is None:
        return SealReport(name or str(folder), len(files) + 1, tuple(mismatches))
    name = name or str(manifest["snapshot"])
    recorded = {str(file["file"]): file for file in manifest["files"]}
    for file in sorted({*recorded, *files}):
        if problem := _find_problem(files.get(file), recorded.get(file)):
            mismatches.append(SealMismatch(file, problem))
    mismatches += _missing_inputs(manifest)
    return SealReport(name, len({*recorded, *files}) + 1, tuple(mismatches))


def _list_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path


def _read_manifest(
    name: str, path: Path | None
) -> tuple[Mapping[str, Any] | None, list[SealMismatch]]:
    """Read the manifest and check its own seal. It is None where it tells of no files."""
    if path is None:
        return None, [SealMismatch(MANIFEST_NAME, "is missing")]
    try:
        content = path.read_bytes()
        manifest = json.loads(content)
    except OSError as error:
        return None, [SealMismatch(MANIFEST_NAME, _describe_system_error(error))]
    except ValueError:
        return None, [SealMismatch(MANIFEST_NAME, "was changed: it is not JSON")]
    try:
        problem = _find_manifest_problem(name, content, manifest)
        _check_form(manifest)
    except _MALFORMED:
        return None, [SealMismatch(MANIFEST_NAME, "was changed: it is not a snapshot's manifest")]
    return manifest, [SealMismatch(MANIFEST_NAME, problem)] if problem else []


def _check_form(manifest: Mapping[str, Any]) -> None:
    """Raise one of the errors in ``_MALFORMED`` where a verification would miss an entry."""
    for file in manifest["files"]:
        _ = file["file"] + file["sha256"]
    for tables in manifest["tables"].values():
        for table in tables:
            _ = table["name"] + table["sha256"]


def _find_manifest_problem(name: str, content: bytes, manifest: Mapping[str, Any]) -> str:
    seal = manifest.get("seal")
    if not isinstance(seal, str) or not _HASH.fullmatch(seal):
        return "has no seal, so that a change of it cannot be noticed"
    if sha256(content.replace(seal.encode(), b"")) != seal:
        return "was changed after it was sealed"
    if name and manifest["snapshot"] != name:
        return f"belongs to {manifest['snapshot']}"
    return ""


def _find_problem(path: Path | None, recorded: Mapping[str, Any] | None) -> str:
    """What is wrong with a file; empty where it is as it was sealed."""
    if path is None:
        return "is missing"
    if recorded is None:
        return "is not in the manifest"
    if path.is_symlink():
        return "is a link and not a file"
    try:
        content = path.read_bytes()
    except OSError as error:
        return _describe_system_error(error)
    return "" if sha256(content) == recorded["sha256"] else "was changed after it was sealed"


def _describe_system_error(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _missing_inputs(manifest: Mapping[str, Any]) -> Iterator[SealMismatch]:
    """A mismatch for each table that was read and is not among the files."""
    recorded = {file["sha256"] for file in manifest["files"]}
    tables = {
        table["sha256"]: table["name"]
        for tables in manifest["tables"].values()
        for table in tables
        if table["sha256"] not in recorded
    }
    for digest, name in tables.items():
        yield SealMismatch(f"inputs/{digest}", f"is missing: the table {name} was not kept")
