"""Verify snapshots by their names: those of all of government and department editions."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.cli.archive_store import read_store
from workbook.snapshots.department_editions import (
    SnapshotAddress,
    find_address,
    list_edition_archives,
)
from workbook.snapshots.remote_store import RemoteStore, is_store_address
from workbook.snapshots.seal import SealReport, verify_snapshot, verify_store
from workbook.snapshots.stored_snapshot import list_snapshots, locate_snapshot


def verify_named(snapshot: str, store: str) -> Iterator[SealReport]:
    """Verify one snapshot.

    Args:
        snapshot: Its name or folder.
        store: The archive: a folder, or an address.

    Yields:
        Its report.

    Raises:
        ValueError: There is no such snapshot.
    """
    address = find_address(snapshot, store)
    with read_store(address.store, [address.name]) as archive:
        report = verify_snapshot(*locate_snapshot(address.name, archive.folder))
        yield _name_edition(report, address)


def verify_archives(store: str) -> Iterator[SealReport]:
    """Verify every snapshot of an archive, and every edition in it.

    Args:
        store: The archive: a folder, or an address.

    Yields:
        A report for each.

    Raises:
        ValueError: The archive has no snapshot.
    """
    count = 0
    files = RemoteStore(store).list_files() if is_store_address(store) else None
    for address in (SnapshotAddress(store, ""), *list_edition_archives(store, files)):
        with read_store(address.store) as archive:
            if list_snapshots(archive.folder):
                for report in verify_store(archive.folder):
                    count += 1
                    yield _name_edition(report, address)
    if not count:
        raise ValueError(f"There is no snapshot in {store}. Name the archive with --store")


def _name_edition(report: SealReport, address: SnapshotAddress) -> SealReport:
    return replace(report, snapshot=address.full_name(report.snapshot))
