"""Answer what programs ask of an archive: its snapshots, and an indicator over its quarters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workbook.interface.errors import UnknownItemError
from workbook.scenario import DEPARTMENT_PARAMETER
from workbook.snapshots.department_editions import (
    EDITIONS_FOLDER,
    SnapshotAddress,
    edition_slug,
    list_edition_archives,
)
from workbook.snapshots.site.contents import Archive, Revision, read_archive
from workbook.snapshots.site.series import IndicatorSeries, build_series
from workbook.snapshots.stored_snapshot import StoredSnapshot, open_snapshot
from workbook.text.suggestions import list_some, unknown_name_message
from workbook.topic import Topic

_NO_ARCHIVE: Final = "There is no archive of snapshots here"


@dataclass(frozen=True)
class OpenArchive:
    """An archive that is read: that of all of government, or a department's own.

    Args:
        contents: What lies in it.
        address: Its folder, and the department's part of its snapshots' names.
        link: Address of its first page, with the last slash.
    """

    contents: Archive
    address: SnapshotAddress
    link: str

    @property
    def store(self) -> Path:
        """Its folder."""
        return Path(self.address.store)

    def describe(self, revision: Revision) -> dict[str, Any]:
        """Describe a revision, with its name in the whole archive."""
        return {
            "snapshot": self.address.full_name(revision.name),
            "quarter": revision.quarter,
            "department": revision.department,
            "status": revision.status,
            "finished": revision.finished,
            "reason": revision.reason,
            "manifest_sha256": revision.digest,
            "link": f"{self.link}{revision.name}/index.html",
        }


def open_archives(
    store: Path | None, topics: Mapping[str, Topic], link: str, department: str = ""
) -> Iterator[OpenArchive]:
    """Read an archive, and the archives of departments in it.

    Args:
        store: Its folder; None for none.
        topics: Today's topics, which say how their indicators are written.
        link: Address of its first page, with the last slash.
        department: The only department whose archive is read; empty for all of them.

    Yields:
        Each archive: first that of all of government, then those of departments by name.

    Raises:
        UnknownItemError: There is none, or none of the department.
    """
    if store is None or not store.is_dir():
        raise UnknownItemError("", f"{_NO_ARCHIVE}.")
    addresses = list_edition_archives(str(store))
    if department:
        slugs = [address.slug for address in addresses]
        addresses = [address for address in addresses if address.slug == edition_slug(department)]
        if not addresses:
            message = unknown_name_message("department with snapshots", department, slugs)
            raise UnknownItemError(DEPARTMENT_PARAMETER, message)
    else:
        yield OpenArchive(read_archive(store, topics), SnapshotAddress(str(store), ""), link)
    for address in addresses:
        own_link = f"{link}{EDITIONS_FOLDER}/{address.slug}/"
        yield OpenArchive(read_archive(Path(address.store), topics), address, own_link)


def list_snapshots(archives: Sequence[OpenArchive]) -> dict[str, Any]:
    """List the snapshots of archives.

    Args:
        archives: The archives.

    Returns:
        Each snapshot with the SHA-256 of its manifest, by archive, quarter and revision; and a note
        for each part that cannot be read.
    """
    return {
        "snapshots": [
            {**archive.describe(revision), "topics": list(revision.topics)}
            for archive in archives
            for revision in archive.contents.revisions
        ],
        "notes": [problem for archive in archives for problem in archive.contents.problems],
    }


def describe_snapshot(archive: OpenArchive, name: str) -> dict[str, Any]:
    """Describe a snapshot with the figures of its topics.

    Args:
        archive: The archive.
        name: A quarter, for its current revision, or a quarter and a revision.

    Returns:
        The snapshot, and each topic with its scenario, indicators and the SHA-256 of its tables.

    Raises:
        UnknownItemError: There is no such snapshot. The message says what there is.
    """
    revision = _find_revision(archive.contents, name)
    snapshot = open_snapshot(revision.name, archive.store)
    return {
        **archive.describe(revision),
        "topics": [
            {
                "topic": topic.name,
                "title": topic.text.title,
                "headline": topic.text.headline,
                "parameters": snapshot.parameters(topic.name),
                "indicators": [indicator.as_dict() for indicator in topic.indicators.values()],
                "link": f"{archive.link}{revision.name}/{topic.name}/report.html",
                "data": _list_hashes(snapshot, topic.name),
            }
            for topic in revision.topics.values()
        ],
        "notes": [
            problem
            for problem in archive.contents.problems
            if problem.startswith(f"{revision.name} ")
        ],
    }


def trace_indicator(archive: OpenArchive, topic: str, indicator: str) -> dict[str, Any]:
    """Trace an indicator over the quarters of an archive.

    Args:
        archive: The archive.
        topic: Name of the topic.
        indicator: Name of the indicator.

    Returns:
        The indicator in the current revision of each quarter that has it, with the SHA-256 of the
        tables that it rests on, and notes on gaps and changes of what is measured.

    Raises:
        UnknownItemError: The archive has no such topic, or the topic no such indicator.
    """
    contents = archive.contents
    topics = list(
        dict.fromkeys(name for revision in contents.revisions for name in revision.topics)
    )
    if topic not in topics:
        raise UnknownItemError("topic", unknown_name_message("topic", topic, topics))
    indicators = {series.latest.name: series for series in build_series(contents, topic)}
    if indicator not in indicators:
        message = unknown_name_message("indicator", indicator, indicators)
        raise UnknownItemError("indicator", message)
    series = indicators[indicator]
    return {
        "topic": topic,
        "indicator": indicator,
        "department": contents.department,
        "label": series.latest.label,
        "unit": series.latest.unit,
        "quarters": _list_points(series, archive),
        "notes": list(series.notes),
        "link": f"{archive.link}topics/{topic}.html",
    }


def _list_points(series: IndicatorSeries, archive: OpenArchive) -> list[dict[str, Any]]:
    points = []
    for point in series.points:
        revision = archive.contents.current_revision(point.quarter)
        fields = point.indicator.as_dict()
        fields.pop("name")
        described = archive.describe(revision)
        points.append(
            {
                "quarter": point.quarter,
                "snapshot": described["snapshot"],
                "status": revision.status,
                **fields,
                "link": described["link"],
                "data": _list_hashes(open_snapshot(revision.name, archive.store), series.topic),
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


def _list_hashes(snapshot: StoredSnapshot, topic: str) -> list[dict[str, str]]:
    hashes = snapshot.table_hashes(topic)
    return [{"name": name, "sha256": digest} for name, digest in hashes.items()]
