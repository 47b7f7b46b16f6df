"""Department editions of snapshots: each department has an archive of its own in the archive.

``STORE/departments/ministry-of-justice`` is an archive like any other, with quarters, revisions,
sign-offs, comparisons and pages. So an edition never becomes the record of its quarter.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from workbook.departments import department_name, fold_department
from workbook.snapshots.manifest import MANIFEST_NAME
from workbook.snapshots.stored_snapshot import list_snapshots

EDITIONS_FOLDER: Final = "departments"
"""Folder of the departments' archives, in an archive."""

_EDITION: Final = re.compile(
    r"(?P<quarter>[0-9]{4}-Q[1-4])/(?!r[1-9][0-9]*$)(?P<slug>[^/]+)(?P<revision>/r[1-9][0-9]*)?"
)
_MANIFEST: Final = re.compile(
    rf"{EDITIONS_FOLDER}/(?P<slug>[^/]+)/[0-9]{{4}}-Q[1-4]/r[1-9][0-9]*/{re.escape(MANIFEST_NAME)}"
)


class SnapshotAddress(NamedTuple):
    """Where a snapshot lies: its archive, and its name in it.

    ``slug`` is the department's part of the name; empty for a snapshot of all of government.
    """

    store: str
    name: str
    slug: str = ""

    def full_name(self, name: str) -> str:
        """Write the name of a snapshot of this archive, such as ``2014-Q2/home-office/r1``."""
        quarter, slash, revision = name.partition("/")
        return f"{quarter}/{self.slug}{slash}{revision}" if self.slug else name


def edition_slug(department: str) -> str:
    """Write a department's name for folders and names: ``ministry-of-justice``.

    Args:
        department: Its name or abbreviation, in any spelling, also with hyphens.
    """
    spaced = department_name(department.replace("-", " "))
    return fold_department(spaced).replace(" ", "-")


def edition_store(store: str, department: str) -> str:
    """Address of a department's archive.

    Args:
        store: The archive, or the department's own: a folder, or an address.
        department: The department's name.

    Returns:
        The folder or the address.
    """
    archive, ending = store.rstrip("/"), f"/{EDITIONS_FOLDER}/{edition_slug(department)}"
    return archive if archive.endswith(ending) else f"{archive}{ending}"


def find_address(snapshot: str, store: str) -> SnapshotAddress:
    """Find the archive of a snapshot from its name.

    Args:
        snapshot: A quarter, a revision or a folder; a department's name stands after the quarter,
            such as ``2014-Q2/ministry-of-justice`` or ``2014-Q2/moj/r1``.
        store: The archive: a folder, or an address.

    Returns:
        The archive and the name in it. A folder's name stays as it is.
    """
    match = _EDITION.fullmatch(snapshot)
    if match is None:
        return SnapshotAddress(store, snapshot)
    slug = edition_slug(match["slug"])
    name = f"{match['quarter']}{match['revision'] or ''}"
    return SnapshotAddress(edition_store(store, slug), name, slug)


def find_common_address(snapshots: list[str], store: str) -> tuple[str, list[str]]:
    """Find the archive of snapshots that are compared.

    Args:
        snapshots: Their names, as for ``find_address``.
        store: The archive: a folder, or an address.

    Returns:
        The archive that holds them, and their names in it.

    Raises:
        ValueError: They are of different departments.
    """
    addresses = [find_address(snapshot, store) for snapshot in snapshots]
    if len({address.store for address in addresses}) > 1:
        names = " and ".join(snapshots)
        raise ValueError(f"{names} are not of one department: compare two quarters of one")
    return addresses[0].store, [address.name for address in addresses]


def list_edition_archives(store: str, files: Iterable[str] | None = None) -> list[SnapshotAddress]:
    """List the archives of departments in an archive that have a snapshot.

    Args:
        store: The archive: a folder, or an address.
        files: Paths of the files of a remote store; None for a folder.

    Returns:
        The archives by name, each without the name of a snapshot.
    """
    if files is None:
        folder = Path(store) / EDITIONS_FOLDER
        folders = folder.iterdir() if folder.is_dir() else ()
        slugs = {path.name for path in folders if list_snapshots(path)}
    else:
        slugs = {match["slug"] for match in map(_MANIFEST.fullmatch, files) if match}
    return [
        SnapshotAddress(f"{store.rstrip('/')}/{EDITIONS_FOLDER}/{slug}", "", slug)
        for slug in sorted(slugs)
    ]
