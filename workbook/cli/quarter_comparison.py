"""What an archive gets after a new snapshot: its comparison with the quarter before, and pages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from workbook.cli.archive_store import OpenStore, update_site
from workbook.cli.output import print_errors
from workbook.periods import shift_quarter
from workbook.snapshots.comparison_folder import (
    check_comparison_folder,
    comparison_folder,
    write_comparison,
)
from workbook.snapshots.errors import describe_error
from workbook.snapshots.quarter_before import find_quarter_before
from workbook.snapshots.snapshot_comparison import compare_snapshots
from workbook.snapshots.stored_snapshot import StoredSnapshot, open_snapshot
from workbook.topic import Topic


def complete_archive(archive: OpenStore, snapshot: Path, topics: Mapping[str, Topic]) -> None:
    """Write the comparison of a new snapshot and the pages of its archive.

    Args:
        archive: The archive.
        snapshot: The snapshot's folder in it.
        topics: Today's topics by name.

    Raises:
        RuntimeError: It was interrupted. The message says what is missing.
    """
    try:
        write_quarter_comparison(archive, snapshot, topics)
        update_site(archive)
    except KeyboardInterrupt as error:
        msg = (
            "Interrupted. The snapshot is complete. The comparison with the quarter before and the"
            " archive's pages may be missing: use workbook compare and workbook archive"
        )
        raise RuntimeError(msg) from error


def write_quarter_comparison(
    archive: OpenStore, snapshot: Path, topics: Mapping[str, Topic]
) -> None:
    """Write the comparison that the report of a new snapshot links, or say why it links none.

    The snapshot is sealed, and ``workbook compare`` writes the same, so a failure is only said.

    Args:
        archive: The archive.
        snapshot: The snapshot's folder in it.
        topics: Today's topics by name.
    """
    later = open_snapshot(str(snapshot), archive.folder)
    compared_with = later.manifest.get("compared_with")
    if not compared_with:
        print_errors(_explain_no_comparison(archive.folder, later, topics))
        return
    earlier_name = str(compared_with["snapshot"])
    try:
        earlier = open_snapshot(earlier_name, archive.folder)
        folder = comparison_folder(archive.folder, earlier, later)
        check_comparison_folder(folder)
        comparison = compare_snapshots(earlier, later, topics)
        write_comparison(folder, comparison, archive.temporary_folder)
        archive.keep_folder(folder)
    except Exception as error:  # noqa: BLE001  whatever it is, the snapshot is sealed
        reason = str(error) if isinstance(error, ValueError) else describe_error(error)
        names = f"{earlier_name} and {later.name}"
        print_errors(
            [f"The comparison of {names} was not written. {reason}. Use workbook compare."]
        )


def _explain_no_comparison(
    store: Path, later: StoredSnapshot, topics: Mapping[str, Topic]
) -> Iterator[str]:
    """Why a report could not use the snapshot of the quarter before that the archive has."""
    for name in later.topics:
        if name in topics and topics[name].is_document:
            problem = find_quarter_before(later.quarter, store, name).problem
            if problem:
                quarter = shift_quarter(later.quarter, -1)
                yield f"{name} does not show changes since {quarter}. {problem}."
