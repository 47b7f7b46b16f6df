"""Answer what programs ask of an archive: its snapshots, and an indicator over its quarters."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from workbook.interface.errors import UnknownItemError
from workbook.snapshots.site.contents import Archive, Revision, read_archive
from workbook.snapshots.site.series import IndicatorSeries, build_series
from workbook.snapshots.stored_snapshot import StoredSnapshot, open_snapshot
from workbook.text.suggestions import list_some, unknown_name_message
from workbook.topic import Topic

_NO_ARCHIVE: Final = "There is no archive of snapshots here"


def list_snapshots(archive: Archive, link: str) -> dict[str, Any]:
    """List the snapshots of an archive.

    Args:
        archive: The archive.
        link: Address of the archive's first page, with the last slash.

    Returns:
        Each snapshot with the SHA-256 of its manifest, by quarter and revision; and a note for each
        part that cannot be read.
    """
    return {
        "snapshots": [
            {**_describe_revision(revision, link), "topics": list(revision.topics)}
            for revision in archive.revisions
        ],
        "notes": list(archive.problems),
    }


def describe_snapshot(archive: Archive, store: Path, name: str, link: str) -> dict[str, Any]:
    """Describe a snapshot with the figures of its topics.

    Args:
        archive: The archive.
        store: Its folder.
        name: A quarter, for its current revision, or a quarter and a revision.
        link: Address of the archive's first page, with the last slash.

    Returns:
        The snapshot, and each topic with its scenario, indicators and the SHA-256 of its tables.

    Raises:
        UnknownItemError: There is no such snapshot. The message says what there is.
    """
    revision = _find_revision(archive, name)
    snapshot = open_snapshot(revision.name, store)
    return {
        **_describe_revision(revision, link),
        "topics": [
            {
                "topic": topic.name,
                "title": topic.text.title,
                "headline": topic.text.headline,
                "parameters": snapshot.parameters(topic.name),
                "indicators": [indicator.as_dict() for indicator in topic.indicators.values()],
                "link": f"{link}{revision.name}/{topic.name}/report.html",
                "data": _list_hashes(snapshot, topic.name),
            }
            for topic in revision.topics.values()
        ],
        "notes": [
            problem for problem in archive.problems if problem.startswith(f"{revision.name} ")
        ],
    }


def trace_indicator(
    archive: Archive, store: Path, topic: str, indicator: str, link: str
) -> dict[str, Any]:
    """Trace an indicator over the quarters of an archive.

    Args:
        archive: The archive.
        store: Its folder.
        topic: Name of the topic.
        indicator: Name of the indicator.
        link: Address of the archive's first page, with the last slash.

    Returns:
        The indicator in the current revision of each quarter that has it, with the SHA-256 of the
        tables that it rests on, and notes on gaps and changes of what is measured.

    Raises:
        UnknownItemError: The archive has no such topic, or the topic no such indicator.
    """
    topics = list(dict.fromkeys(name for revision in archive.revisions for name in revision.topics))
    if topic not in topics:
        raise UnknownItemError("topic", unknown_name_message("topic", topic, topics))
    indicators = {series.latest.name: series for series in build_series(archive, topic)}
    if indicator not in indicators:
        message = unknown_name_message("indicator", indicator, indicators)
        raise UnknownItemError("indicator", message)
    series = indicators[indicator]
    return {
        "topic": topic,
        "indicator": indicator,
        "label": series.latest.label,
        "unit": series.latest.unit,
        "quarters": _list_points(series, archive, store, link),
        "notes": list(series.notes),
        "link": f"{link}topics/{topic}.html",
    }


def open_archive(store: Path | None, topics: Mapping[str, Topic]) -> tuple[Archive, Path]:
    """Read an archive.

    Args:
        store: Its folder; None for none.
        topics: Today's topics, which say how their indicators are written.

    Returns:
        The archive, and its folder.

    Raises:
        UnknownItemError: There is none.
    """
    if store is None or not store.is_dir():
        raise UnknownItemError("", f"{_NO_ARCHIVE}.")
    return read_archive(store, topics), store


def _list_points(
    series: IndicatorSeries, archive: Archive, store: Path, link: str
) -> list[dict[str, Any]]:
    points = []
    for point in series.points:
        revision = archive.current_revision(point.quarter)
        fields = point.indicator.as_dict()
        fields.pop("name")
        points.append(
            {
                "quarter": point.quarter,
                "snapshot": revision.name,
                "status": revision.status,
                **fields,
                "link": f"{link}{revision.name}/index.html",
                "data": _list_hashes(open_snapshot(revision.name, store), series.topic),
            }
        )
    return points


def _find_revision(archive: Archive, name: str) -> Revision:
    if name in archive.quarters:
        return archive.current_revision(name)
    names = [revision.name for revision in archive.revisions]
    for revision in archive.revisions:
        if revision.name == name:
            return revision
    known = f"It has {list_some(names)}" if names else "It has no snapshots"
    raise UnknownItemError("snapshot", f"{name} is not in the archive. {known}.")


def _describe_revision(revision: Revision, link: str) -> dict[str, Any]:
    return {
        "snapshot": revision.name,
        "quarter": revision.quarter,
        "status": revision.status,
        "finished": revision.finished,
        "reason": revision.reason,
        "manifest_sha256": revision.digest,
        "link": f"{link}{revision.name}/index.html",
    }


def _list_hashes(snapshot: StoredSnapshot, topic: str) -> list[dict[str, str]]:
    hashes = snapshot.table_hashes(topic)
    return [{"name": name, "sha256": digest} for name, digest in hashes.items()]
