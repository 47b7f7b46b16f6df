"""The pages and feeds of an archive on a remote store."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from workbook.cli.archive_store import temporary_archive
from workbook.snapshots.department_editions import EDITIONS_FOLDER
from workbook.snapshots.remote_store import RemoteStore
from workbook.snapshots.site.archive_site import write_archive_site
from workbook.topic import Topic

_QUARTER: Final = r"[0-9]{4}-Q[1-4]"
_READ_FILES: Final = re.compile(
    rf"(?P<revision>{_QUARTER}/r[0-9]+)/(manifest\.json|index\.html|[^/]+/indicators\.csv)"
    rf"|{_QUARTER}/r[0-9]+\.sign-offs/[^/]+|comparisons/[^/]+/changes\.json"
    rf"|{EDITIONS_FOLDER}/[^/]+/({_QUARTER}/r[0-9]+/manifest\.json|index\.html)"
)
"""What the pages are made of."""

_WRITTEN_FILES: Final = re.compile(
    rf"(topics|{_QUARTER})/[^/]+\.html|indicators\.(csv|json)|feed\.atom|index\.html"
)
"""The pages and feeds themselves. Those of somebody else must not be replaced."""


def write_remote_site(address: str, topics: Mapping[str, Topic]) -> str:
    """Write the pages and feeds of an archive on a remote store.

    Each file is replaced in one step if it differs, and the first page last.

    Args:
        address: Address of the store.
        topics: Today's topics, which say how their indicators are written.

    Returns:
        Address of the first page.

    Raises:
        ValueError: The store cannot be read or written, or ``write_archive_site`` refuses it.
        StoreWriteError: The store does not take a file.
    """
    remote = RemoteStore(address)
    remote.check_writable()
    with temporary_archive(remote) as archive:
        snapshots = {*remote.list_snapshots()}
        files = (path for path in remote.list_files() if _is_needed(path, snapshots))
        remote.download_files(files, archive.folder)
        before = _read_files(archive.folder)
        first_page = write_archive_site(archive.folder, topics).relative_to(archive.folder)
        changed = [
            path
            for path, content in _read_files(archive.folder).items()
            if before.get(path) != content and path != first_page.as_posix()
        ]
        for path in (*sorted(changed), first_page.as_posix()):
            remote.upload_file(path, archive.folder)
    return f"{remote.label}/{first_page.as_posix()}"


def _is_needed(path: str, snapshots: Collection[str]) -> bool:
    """Whether a file is read or replaced. A revision without a manifest does not exist."""
    match = _READ_FILES.fullmatch(path)
    if match and match["revision"]:
        return match["revision"] in snapshots
    return bool(match or _WRITTEN_FILES.fullmatch(path))


def _read_files(folder: Path) -> dict[str, bytes]:
    """Content of the pages and feeds in an archive, by their paths."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {path: (folder / path).read_bytes() for path in paths if _WRITTEN_FILES.fullmatch(path)}
