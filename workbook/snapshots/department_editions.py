"""Department editions of snapshots: each department has an archive of its own in the archive.

``STORE/departments/ministry-of-justice`` is an archive like any other, with quarters, revisions,
sign-offs, comparisons and pages. So an edition never becomes the record of its quarter.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from workbook.departments import (
    DEPARTMENT_NAMES,
    LATER_NAMES,
    department_name,
    fold_department,
)
from workbook.snapshots.manifest import MANIFEST_NAME
from workbook.snapshots.stored_snapshot import list_snapshots
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message

EDITIONS_FOLDER: Final = "departments"
"""Folder of the departments' archives, in an archive."""

_EDITION: Final = re.compile(
    r"(?P<quarter>[0-9]{4}-Q[1-4])/(?!r[1-9][0-9]*$)(?P<slug>[^/]+)(?P<revision>/r[1-9][0-9]*)?"
)
_REVISION_NUMBER: Final = re.compile(r"(?:r|rev|revision)?[-_ ]?0*([1-9][0-9]*)", re.IGNORECASE)
"""What looks like a revision, though revisions are written ``r1``."""

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

    Raises:
        ValueError: What stands after the quarter is neither a revision nor a department.
    """
    match = _EDITION.fullmatch(snapshot)
    if match is None:
        return SnapshotAddress(store, snapshot)
    slug = edition_slug(match["slug"])
    _check_department(match["slug"], store)
    name = f"{match['quarter']}{match['revision'] or ''}"
    return SnapshotAddress(edition_store(store, slug), name, slug)


def _check_department(text: str, store: str) -> None:
    """Raise ValueError if what stands after a quarter is not a department.

    In an object store, a department of an own table can have any name.
    """
    if number := _REVISION_NUMBER.fullmatch(text):
        msg = f"Unknown revision {quote_value(text)}. Did you mean {quote_value(f'r{number[1]}')}?"
        raise ValueError(msg)
    known = [edition_slug(name) for name in (*DEPARTMENT_NAMES, *LATER_NAMES)]
    known += [archive.slug for archive in list_edition_archives(store)]
    if edition_slug(text) not in known and "://" not in store:
        raise ValueError(unknown_name_message("department or revision", text, known))


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
