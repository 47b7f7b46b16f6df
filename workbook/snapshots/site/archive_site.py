"""Write the site of an archive into its own folder."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from workbook.snapshots.run_lock import hold_lock
from workbook.snapshots.site.contents import Archive, read_archive
from workbook.snapshots.site.feeds import to_atom_feed, to_csv_feed, to_json_feed
from workbook.snapshots.site.pages import (
    SITE_GENERATOR,
    list_topics,
    render_archive_page,
    render_quarter_page,
    render_topic_page,
)
from workbook.topic import Topic

_FIRST_PAGE: Final = "index.html"
_LOCK: Final = ".site.lock"
_WRITING: Final = ".writing-"
"""How the name of a file begins that is not in its place yet."""


def write_archive_site(store: Path, topics: Mapping[str, Topic]) -> Path:
    """Write the pages and feeds of an archive from the snapshots in it.

    No sealed file is touched. Each file is written beside its place and then renamed, the first
    page last. The same archive gives the same bytes.

    Args:
        store: Folder of the archive.
        topics: Today's topics, which say how their indicators are written.

    Returns:
        The first page.

    Raises:
        ValueError: The folder has no snapshot that can be read, or a first page of its own, or
            another process writes its pages.
        OSError: The folder cannot be written.
    """
    first_page = store / _FIRST_PAGE
    if not store.is_dir():
        raise ValueError(f"There is no snapshot in {store}. Name the archive with --store")
    with hold_lock(store / _LOCK, "The archive's site"):
        _remove_remains(store)
        _write_site(store, first_page, topics)
    return first_page


def _remove_remains(store: Path) -> None:
    """Remove what a run that was killed was writing."""
    for path in (*store.glob(f"{_WRITING}*"), *store.glob(f"*/{_WRITING}*")):
        path.unlink()


def _write_site(store: Path, first_page: Path, topics: Mapping[str, Topic]) -> None:
    archive = read_archive(store, topics)
    if not archive.quarters:
        problems = " ".join(archive.problems)
        msg = f"There is no snapshot in {store}. {problems or 'Name the archive with --store'}"
        raise ValueError(msg)
    if first_page.exists() and not _is_ours(first_page):
        msg = f"{first_page} is not a page of the archive, whose first page it would be: move it"
        raise ValueError(msg)
    for path, text in _render_files(archive):
        _write_file(store / path, text)


def _render_files(archive: Archive) -> Iterator[tuple[str, str]]:
    """Path in the archive and content of each file, the first page last."""
    for topic in list_topics(archive):
        yield f"topics/{topic.name}.html", render_topic_page(archive, topic)
    for current in archive.current_revisions:
        yield f"{current.quarter}/{_FIRST_PAGE}", render_quarter_page(current)
    yield "indicators.csv", to_csv_feed(archive)
    yield "indicators.json", to_json_feed(archive)
    yield "feed.atom", to_atom_feed(archive)
    yield _FIRST_PAGE, render_archive_page(archive)


def _is_ours(page: Path) -> bool:
    mark = f'<meta name="generator" content="{SITE_GENERATOR}">'
    return page.is_file() and mark.encode() in page.read_bytes()


def _write_file(path: Path, text: str) -> None:
    """Put a file in its place as a whole; one that is the same already stays."""
    content = text.encode()
    with suppress(OSError):
        if path.read_bytes() == content:
            return
    path.parent.mkdir(exist_ok=True)
    temporary_path = path.with_name(f"{_WRITING}{path.name}")
    try:
        temporary_path.write_bytes(content)
        temporary_path.replace(path)
    except BaseException:
        temporary_path.unlink(missing_ok=True)
        raise
