"""The archive that a command names: a folder, or a copy of what it needs of a remote store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.cli.output import print_errors
from workbook.cli.upload_folder import keep_for_upload
from workbook.periods import shift_quarter
from workbook.snapshots.archive import SnapshotFailedError
from workbook.snapshots.errors import describe_error
from workbook.snapshots.manifest import MANIFEST_NAME
from workbook.snapshots.quarter_before import find_current_revision
from workbook.snapshots.remote_store import (
    RemoteStore,
    SnapshotExistsError,
    StoreWriteError,
    is_store_address,
)
from workbook.snapshots.sign_off import Role, sign_off_file
from workbook.snapshots.signals import ignore_signals, interrupt_on_signals
from workbook.snapshots.site.archive_site import write_archive_site
from workbook.topics.registry import TOPICS


@dataclass(frozen=True)
class OpenStore:
    """An archive that a command works on.

    Attributes:
        folder: Folder of the archive; for a remote store a temporary copy of a part of it.
        remote: The remote store; None for a folder.
    """

    folder: Path
    remote: RemoteStore | None = None

    @property
    def temporary_folder(self) -> Path | None:
        """The folder, if it stands for a remote store."""
        return self.folder if self.remote else None

    def publish_snapshot(self, snapshot: Path) -> str:
        """Copy a new snapshot to the remote store, if there is one.

        Args:
            snapshot: The snapshot's folder in the archive.

        Returns:
            Where the snapshot is.

        Raises:
            SnapshotExistsError: Another run has written this revision meanwhile.
            StoreWriteError: The store cannot be written, or the upload was interrupted. The
                snapshot is kept on this machine, and the message says where.
        """
        if self.remote is None:
            return str(snapshot)
        name = snapshot.relative_to(self.folder).as_posix()
        try:
            self._upload(self.remote, name)
        except SnapshotExistsError as error:
            advice = "To add a revision, use --revise REASON"
            raise SnapshotExistsError(f"{error}. {advice}") from error
        return f"{self.remote.label}/{name}"

    def publish_revision(self, name: str) -> None:
        """Copy a new published revision to the remote store, if there is one.

        Args:
            name: Name of the revision.

        Raises:
            SnapshotExistsError: Another process has written this revision meanwhile.
            StoreWriteError: As for ``publish_snapshot``.
        """
        if self.remote is None:
            return
        try:
            self._upload(self.remote, name)
        except SnapshotExistsError as error:
            advice = "Nothing was signed. Run the command again"
            raise SnapshotExistsError(f"{error}. {advice}") from error

    def _upload(self, remote: RemoteStore, name: str) -> None:
        """Upload a snapshot, or keep it on this machine if the store does not take it."""
        try:
            with interrupt_on_signals():
                remote.upload_snapshot(name, self.folder)
        except SnapshotExistsError:  # an upload can never succeed
            raise
        except (StoreWriteError, KeyboardInterrupt) as error:
            with ignore_signals():
                kept = keep_for_upload(name, self.folder, remote.label)
            reason = str(error).rstrip(".") if isinstance(error, StoreWriteError) else "Interrupted"
            raise StoreWriteError(f"{reason}. {kept}") from error

    def publish_sign_off(self, snapshot: str, role: Role) -> None:
        """Copy a sign-off to the remote store, if there is one.

        Args:
            snapshot: Name of the snapshot that was signed.
            role: Role of the person who signed.

        Raises:
            ValueError: Another process has recorded one for this role meanwhile.
            StoreWriteError: The store cannot be written.
        """
        if self.remote is None:
            return
        path = sign_off_file(Path(snapshot), role).as_posix()
        if not self.remote.upload_file(path, self.folder, is_new=True):
            raise ValueError(f"The {role} has signed meanwhile. A role signs once")

    def keep_folder(self, folder: Path) -> str:
        """Copy a folder that is no snapshot to the remote store, if it lies in the archive.

        Args:
            folder: The folder.

        Returns:
            Where it is.

        Raises:
            StoreWriteError: The store cannot be written.
        """
        if self.remote is None or not folder.is_relative_to(self.folder):
            return str(folder)
        name = folder.relative_to(self.folder).as_posix()
        self.remote.upload_folder(name, self.folder)
        return f"{self.remote.label}/{name}"


def update_site(archive: OpenStore) -> None:
    """Write the pages of an archive in a folder again, after something was added to it.

    The record is complete without them, so a failure is only said.

    Args:
        archive: The archive.
    """
    if archive.remote is None:
        try:
            write_archive_site(archive.folder, TOPICS)
        except Exception as error:  # noqa: BLE001  whatever it is, the snapshot is sealed
            reason = str(error) if isinstance(error, ValueError) else describe_error(error)
            print_errors([f"The pages of the archive were not updated. {reason}"])


@contextmanager
def read_store(store: str, names: Iterable[str] = ()) -> Iterator[OpenStore]:
    """Open an archive to read its snapshots.

    Args:
        store: A folder, or the address of a remote store.
        names: Quarters, or quarters with revisions, that are read; all if there are none. Folders
            among them are left out.

    Yields:
        The archive; of a remote store, a copy of these snapshots.

    Raises:
        ValueError: The store cannot be read.
    """
    if not is_store_address(store):
        yield OpenStore(Path(store))
        return
    remote, requested = RemoteStore(store), tuple(names)
    with temporary_archive(remote) as archive:
        for snapshot in remote.list_snapshots():
            if not requested or {snapshot, snapshot.partition("/")[0]} & {*requested}:
                remote.download_snapshot(snapshot, archive.folder)
        yield archive


@contextmanager
def open_store_for_signing(store: str, quarter: str) -> Iterator[OpenStore]:
    """Open an archive to sign a snapshot of a quarter.

    Args:
        store: A folder, or the address of a remote store.
        quarter: The quarter.

    Yields:
        The archive; of a remote store, a copy of the quarter's revisions and sign-offs.

    Raises:
        ValueError: The store cannot be read or written.
    """
    if is_store_address(store):
        RemoteStore(store).check_writable()
    with read_store(store, [quarter]) as archive:
        yield archive


@contextmanager
def write_store(store: str, quarter: str, *, has_report: bool) -> Iterator[OpenStore]:
    """Open an archive for a run that makes a snapshot of a quarter.

    Args:
        store: A folder, or the address of a remote store.
        quarter: The quarter.
        has_report: Whether a topic is a report, which is compared with the quarter before.

    Yields:
        The archive. For a remote store it is a temporary folder, which knows the quarter's
        revisions by their manifests, and for a report the snapshot of the quarter before.

    Raises:
        ValueError: The store cannot be read or written.
        SnapshotFailedError: The run fails. What it left is copied to the remote store.
    """
    if not is_store_address(store):
        yield OpenStore(Path(store))
        return
    remote = RemoteStore(store)
    remote.check_writable()
    with temporary_archive(remote) as opened:
        quarter_before = shift_quarter(quarter, -1)
        quarters = {quarter, quarter_before} if has_report else {quarter}
        for snapshot in remote.list_snapshots():
            if snapshot.partition("/")[0] in quarters:
                remote.download_files([f"{snapshot}/{MANIFEST_NAME}"], opened.folder)
        if has_report and (current := find_current_revision(quarter_before, opened.folder)):
            remote.download_snapshot(current, opened.folder)
        try:
            yield opened
        except SnapshotFailedError as error:
            if error.kept:
                with suppress(StoreWriteError):  # why the run failed matters more
                    opened.keep_folder(error.kept)
            # What is finished is kept in a folder only.
            raise SnapshotFailedError(error.cause, error.kept) from error


@contextmanager
def temporary_archive(remote: RemoteStore) -> Iterator[OpenStore]:
    """Open an empty folder that stands for a remote store in this block.

    Args:
        remote: The store.

    Yields:
        The archive. An error names the store, and not the folder.
    """
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        try:
            yield OpenStore(folder, remote)
        except (ValueError, SnapshotFailedError) as error:
            error.args = (str(error).replace(str(folder), remote.label),)
            raise
