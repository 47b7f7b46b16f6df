"""Write the site of an archive into its own folder."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from workbook.snapshots.run_lock import hold_lock
from workbook.snapshots.site.contents import Archive, read_archive
from workbook.snapshots.site.feeds import (
    ATOM_AUTHOR,
    FEED_FIELDS,
    to_atom_feed,
    to_csv_feed,
    to_json_feed,
)
from workbook.snapshots.site.pages import (
    SITE_GENERATOR,
    list_topics,
    render_archive_page,
    render_quarter_page,
    render_topic_page,
)
from workbook.text.grammar import join_items
from workbook.topic import Topic

_FIRST_PAGE: Final = "index.html"
_LOCK: Final = ".site.lock"
_WRITING: Final = ".writing-"
"""How the name of a file begins that is not in its place yet."""

_MARKS: Final = {
    ".html": f'<meta name="generator" content="{SITE_GENERATOR}">',
    ".csv": ",".join(FEED_FIELDS),
    ".json": f'"{FEED_FIELDS[0]}": ',
    ".atom": f"<name>{ATOM_AUTHOR}</name>",
}
"""What the site's files hold, by their extension. It tells them from those of somebody else."""

_EMPTY_LIST: Final = b"[]\n"
"""The JSON feed of an archive without indicators, which has no mark and nothing to lose."""


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
        ValueError: The folder has no snapshot that can be read, or has files of somebody else where
            the site's would be, or another process writes its pages. Nothing is written.
        OSError: The folder cannot be written.
    """
    if not store.is_dir():
        raise ValueError(f"There is no snapshot in {store}. Name the archive with --store")
    with hold_lock(store / _LOCK, "The archive's site"):
        _remove_remains(store)
        _write_site(store, topics)
    return store / _FIRST_PAGE


def _remove_remains(store: Path) -> None:
    """Remove what a run that was killed was writing."""
    for path in (*store.glob(f"{_WRITING}*"), *store.glob(f"*/{_WRITING}*")):
        path.unlink()


def _write_site(store: Path, topics: Mapping[str, Topic]) -> None:
    archive = read_archive(store, topics)
    if not archive.quarters and not archive.editions:
        problems = " ".join(archive.problems)
        msg = f"There is no snapshot in {store}. {problems or 'Name the archive with --store'}"
        raise ValueError(msg)
    files = {store / path: text.encode() for path, text in _render_files(archive)}
    _reject_other_files(files)
    for path, content in files.items():
        _write_file(path, content)


def _reject_other_files(files: Mapping[Path, bytes]) -> None:
    """Raise ValueError where a file is not the site's."""
    others = [
        str(path)
        for path, content in files.items()
        if path.exists() and not _is_ours(path, content)
    ]
    if others:
        verb, them = ("was", "it") if len(others) == 1 else ("were", "them")
        writer = f"{verb} not written by workbook archive"
        raise ValueError(f"{join_items(others)} {writer}. Move {them}, and try again")


def _render_files(archive: Archive) -> Iterator[tuple[str, str]]:
    """Path in the archive and content of each file, the first page last."""
    for topic in list_topics(archive):
        yield f"topics/{topic.name}.html", render_topic_page(archive, topic)
    for current in archive.current_revisions:
        yield f"{current.quarter}/{_FIRST_PAGE}", render_quarter_page(current)
    if archive.quarters:
        yield "indicators.csv", to_csv_feed(archive)
        yield "indicators.json", to_json_feed(archive)
        yield "feed.atom", to_atom_feed(archive)
    yield _FIRST_PAGE, render_archive_page(archive)


def _is_ours(path: Path, content: bytes) -> bool:
    """Whether a file has the site's mark, or the content that it is to have."""
    if not path.is_file():
        return False
    present = path.read_bytes()
    return present in {content, _EMPTY_LIST} or _MARKS[path.suffix].encode() in present


def _write_file(path: Path, content: bytes) -> None:
    """Put a file in its place as a whole; one that is the same already stays."""
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
