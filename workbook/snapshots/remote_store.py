"""An archive on a store that fsspec reaches, such as ``s3://bucket/snapshots``.

A revision exists once its manifest does. The other files are written first, and the manifest only
if none is there. A claim keeps two runs from writing the same revision at once.
"""

import json
import os
import re
import secrets
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

import fsspec

from workbook.snapshots.manifest import MANIFEST_NAME, format_timestamp
from workbook.snapshots.sign_off import sign_off_folder
from workbook.snapshots.stored_snapshot import sort_snapshot_names
from workbook.text.passwords import mask_passwords
from workbook.text.quoting import quote_value

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PROBE: Final = ".write-check"
_EXTRAS: Final = {"s3": "s3", "s3a": "s3"}
"""The extra of the workbook that reaches a store, by the address's first part."""


class StoreWriteError(RuntimeError):
    """A store that was writable before the run does not take its files."""


class SnapshotExistsError(StoreWriteError):
    """A store already holds a snapshot of this name."""


def is_store_address(text: str) -> bool:
    """Whether a text is the address of a store, and not a folder."""
    return bool(_ADDRESS.match(text))


class RemoteStore:
    """An archive on a store that fsspec reaches.

    Args:
        address: Its address, such as ``s3://bucket/snapshots``.

    Attributes:
        label: The address without a password, to be shown.

    Raises:
        ValueError: No library that is installed reaches such a store, the store does not answer, or
            the address has a key that must be given otherwise.
    """

    def __init__(self, address: str) -> None:
        self.label = mask_passwords(address.rstrip("/"))
        _check_keys(address, self.label)
        try:
            self._system, root = fsspec.url_to_fs(address.rstrip("/"), use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise ValueError(_describe_missing_library(self.label, error)) from None
        except Exception as error:  # each library of a store has errors of its own
            raise ValueError(self._describe_error("reached", error)) from error
        self._root = str(root).rstrip("/")

    def list_files(self) -> list[str]:
        """Paths of the files in the archive.

        Returns:
            Paths such as ``2014-Q2/r1/manifest.json``.

        Raises:
            ValueError: The store cannot be read.
        """
        return self._find("")

    def list_snapshots(self) -> list[str]:
        """Names of the snapshots, by quarter and then by revision.

        Returns:
            Names such as ``2014-Q2/r1``.

        Raises:
            ValueError: The store cannot be read.
        """
        names = (path.rpartition("/") for path in self.list_files())
        return sort_snapshot_names(folder for folder, _, file in names if file == MANIFEST_NAME)

    def check_writable(self) -> None:
        """Write a file and delete it, so that a run does not fail at its end.

        Raises:
            ValueError: The store cannot be written.
        """
        path = self._path(f"{_PROBE}-{socket.gethostname()}-{os.getpid()}")
        with self._explain_errors("written"):
            self._system.pipe_file(path, b"")
            self._system.rm_file(path)

    def download_snapshot(self, name: str, store: Path) -> Path:
        """Copy a snapshot and its sign-offs to a folder.

        Args:
            name: Name such as ``2014-Q2/r1``.
            store: Folder of an archive that does not hold it.

        Returns:
            The snapshot's folder in that archive.

        Raises:
            ValueError: The store cannot be read.
        """
        sign_offs = sign_off_folder(Path(name)).as_posix()
        self.download_files([*self._find(name), *self._find(sign_offs)], store)
        return store / name

    def download_files(self, paths: Iterable[str], store: Path) -> None:
        """Copy files of the archive to a folder.

        Args:
            paths: Their paths in the archive.
            store: Folder of an archive.

        Raises:
            ValueError: The store cannot be read, or a path leads out of the archive.
        """
        with self._explain_errors("read"):
            for path in paths:
                target = store / _safe_path(path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self._system.cat_file(self._path(path)))

    def upload_file(self, path: str, store: Path, *, is_new: bool = False) -> bool:
        """Copy a file of an archive, in one step.

        Args:
            path: Its path in the archive.
            store: Folder of the archive that holds it.
            is_new: Whether it is copied only if the store has none.

        Returns:
            Whether it was copied.

        Raises:
            StoreWriteError: The store cannot be written.
        """
        content, mode = (store / path).read_bytes(), "create" if is_new else "overwrite"
        with self._explain_errors("written", StoreWriteError):
            try:
                self._system.pipe_file(self._path(path), content, mode=mode)
            except FileExistsError:
                return False
        return True

    def upload_snapshot(self, name: str, store: Path) -> None:
        """Copy a sealed snapshot into the store, its manifest last.

        Args:
            name: Name such as ``2014-Q2/r1``.
            store: Folder of the archive that holds it.

        Raises:
            SnapshotExistsError: The store holds this snapshot already.
            StoreWriteError: The store cannot be written, or another run is writing the snapshot.
        """
        with self._explain_errors("written", StoreWriteError), self._claim(name):
            if self._system.exists(self._path(f"{name}/{MANIFEST_NAME}")):
                msg = f"{self.label} already holds {name}, which is never overwritten"
                raise SnapshotExistsError(msg)
            self._remove_remains(name)
            self._copy_files(name, store)
            manifest = (store / name / MANIFEST_NAME).read_bytes()
            self._system.pipe_file(self._path(f"{name}/{MANIFEST_NAME}"), manifest, mode="create")

    def upload_folder(self, name: str, store: Path) -> None:
        """Copy a folder of an archive that is no snapshot, such as what a failed run left.

        Args:
            name: Its path in the archive.
            store: Folder of the archive that holds it.

        Raises:
            StoreWriteError: The store cannot be written.
        """
        with self._explain_errors("written", StoreWriteError):
            self._copy_files(name, store)

    def _copy_files(self, name: str, store: Path) -> None:
        """Copy the files of a folder, except a manifest."""
        for path in sorted((store / name).rglob("*")):
            if path.is_file() and path != store / name / MANIFEST_NAME:
                self._system.pipe_file(
                    self._path(path.relative_to(store).as_posix()), path.read_bytes()
                )

    def _remove_remains(self, name: str) -> None:
        """Remove the files of a run that ended before its manifest was written."""
        with suppress(FileNotFoundError):
            for path in self._system.find(self._path(name)):
                self._system.rm_file(path)

    @contextmanager
    def _claim(self, name: str) -> Iterator[None]:
        """Keep other runs from writing a snapshot.

        No run removes the claim of another: of two that did, one could remove the other's.
        """
        path = self._path(f"{name}.claim")
        owner = {
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": format_timestamp(datetime.now(UTC)),
            "token": secrets.token_hex(),
        }
        try:
            self._system.pipe_file(path, json.dumps(owner).encode(), mode="create")
        except FileExistsError:
            raise StoreWriteError(self._describe_claim(name, path)) from None
        try:
            yield
        finally:
            if self._read_claim(path) == owner:
                self._system.rm_file(path)

    def _read_claim(self, path: str) -> dict[str, Any]:
        try:
            owner = json.loads(self._system.cat_file(path))
        except (FileNotFoundError, ValueError):
            return {}
        return owner if isinstance(owner, dict) else {}

    def _describe_claim(self, name: str, path: str) -> str:
        owner = self._read_claim(path)
        process, host = owner.get("process", "unknown"), owner.get("host", "another machine")
        return (
            f"{name} is being written by process {process} on {host}"
            f" since {owner.get('since', 'an unknown time')}. If that run has ended, delete"
            f" {self.label}/{name}.claim and try again"
        )

    def _find(self, folder: str) -> list[str]:
        """Paths of the files in a folder of the archive; none if there is no such folder."""
        with self._explain_errors("read"):
            try:
                paths = self._system.find(self._path(folder).rstrip("/"))
            except FileNotFoundError:  # nothing has been written yet; a missing bucket is found
                paths = []  # when it is written
        return [path.removeprefix(f"{self._root}/") for path in paths]

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _explain_errors(self, verb: str, kind: type[Exception] = ValueError) -> Iterator[None]:
        """Say in one sentence that the store cannot be read or written, and why."""
        try:
            yield
        except (ValueError, StoreWriteError):
            raise
        except Exception as error:  # each library of a store has errors of its own
            raise kind(self._describe_error(verb, error)) from error

    def _describe_error(self, verb: str, error: Exception) -> str:
        reason = " ".join(str(error).split()) or type(error).__name__
        return f"{self.label} cannot be {verb}: {mask_passwords(reason.rstrip('.'))}"


def _safe_path(text: str) -> PurePosixPath:
    """Path of a file within a snapshot. Raises ValueError for one that leads out of it."""
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or any(mark in text for mark in ("//", "\\", ":")):
        raise ValueError(f"The store has a file that is no snapshot's: {quote_value(text)}")
    return path


def _check_keys(address: str, label: str) -> None:
    """Raise ValueError for an address of an object store with a key, which its library rejects."""
    if address.partition("://")[0].lower() in _EXTRAS and label != address.rstrip("/"):
        msg = (
            f"{label} has a key in its address. Give it by the variables AWS_ACCESS_KEY_ID and"
            " AWS_SECRET_ACCESS_KEY"
        )
        raise ValueError(msg)


def _describe_missing_library(address: str, error: Exception) -> str:
    scheme = address.partition("://")[0].lower()
    if isinstance(error, ImportError):
        extra = _EXTRAS.get(scheme)
        remedy = (
            f'Install it: pip install "policy-workbook[{extra}]"'
            if extra
            else f"Install what fsspec needs for {scheme}://"
        )
        return f"The library that reaches {quote_value(address)} is not installed. {remedy}"
    return (
        f"{quote_value(address)} is not a store that can be reached. Give a folder, or an address"
        " such as s3://bucket/snapshots"
    )
