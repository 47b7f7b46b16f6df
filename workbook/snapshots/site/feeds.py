"""The archive's feeds: every figure as CSV and JSON, and an Atom feed of what was added."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from workbook.indicators import INDICATOR_FIELDS
from workbook.snapshots.site.contents import Archive, Comparison, Revision
from workbook.text.numbers import escape_formula

ATOM_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
ATOM_AUTHOR: Final = "Policy Workbook"
_ID_NAMESPACE: Final = UUID("5a1f7a56-24a8-5d39-9f0e-6f2d5a7a9c11")
"""Namespace of the identifiers, which are made of hashes: they stay where the folder is moved."""

_NAME, *_OTHER_FIELDS = INDICATOR_FIELDS
FEED_FIELDS: Final = ("quarter", "revision", "status", "topic", "indicator", *_OTHER_FIELDS)
"""Columns of the figures."""


@dataclass(frozen=True)
class _FeedEntry:
    title: str
    address: str
    identifier: str
    updated: str
    summary: str


def build_indicator_records(archive: Archive) -> list[dict[str, Any]]:
    """List every figure of every revision.

    Args:
        archive: The archive.

    Returns:
        A record for each indicator, with ``FEED_FIELDS`` as keys. A value is a number, a quarter,
        or None with a reason.
    """
    records = []
    for revision in archive.revisions:
        place = {
            "quarter": revision.quarter,
            "revision": revision.name.partition("/")[2],
            "status": revision.status,
        }
        for topic in revision.topics.values():
            for indicator in topic.indicators.values():
                fields = indicator.as_dict()
                name = fields.pop(_NAME)
                records.append({**place, "topic": topic.name, "indicator": name, **fields})
    return records


def to_json_feed(archive: Archive) -> str:
    """Write the figures as a JSON list."""
    records = build_indicator_records(archive)
    return json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def to_csv_feed(archive: Archive) -> str:
    """Write the figures as CSV. A text that a spreadsheet may run as a formula is escaped."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(FEED_FIELDS)
    for record in build_indicator_records(archive):
        cells = (record[name] for name in FEED_FIELDS)
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return stream.getvalue()


def to_atom_feed(archive: Archive) -> str:
    """Write an Atom feed (RFC 4287): an entry for each revision and comparison, newest first.

    Args:
        archive: The archive, with at least one revision.

    Returns:
        The XML. Its addresses are relative, and its identifiers do not depend on the folder.
    """
    entries = sorted(_list_entries(archive), key=lambda entry: (entry.updated, entry.title))
    earliest = min(archive.revisions, key=lambda revision: (revision.finished, revision.digest))
    feed = ET.Element("feed", {"xmlns": ATOM_NAMESPACE, "xml:lang": "en-GB"})
    _add_element(feed, "title", "Archive of quarterly snapshots")
    _add_element(feed, "id", _make_identifier("archive", earliest.digest))
    _add_element(feed, "updated", entries[-1].updated)
    _add_element(_add_element(feed, "author"), "name", ATOM_AUTHOR)
    _add_element(feed, "link", rel="self", type="application/atom+xml", href="feed.atom")
    _add_element(feed, "link", rel="alternate", type="text/html", href="index.html")
    for entry in reversed(entries):
        element = _add_element(feed, "entry")
        _add_element(element, "title", entry.title)
        _add_element(element, "id", entry.identifier)
        _add_element(element, "updated", entry.updated)
        _add_element(element, "link", rel="alternate", type="text/html", href=entry.address)
        _add_element(element, "summary", entry.summary)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _list_entries(archive: Archive) -> Iterator[_FeedEntry]:
    revisions = {revision.name: revision for revision in archive.revisions}
    yield from map(_describe_revision, archive.revisions)
    for comparison in archive.comparisons:
        later = revisions.get(comparison.later)
        earlier = revisions.get(comparison.earlier)
        if earlier and later:  # of snapshots elsewhere nothing tells when they were made
            yield _describe_comparison(
                archive.comparison_title(comparison), comparison, earlier, later
            )


def _describe_revision(revision: Revision) -> _FeedEntry:
    reason = f"Reason of the revision: {revision.reason}" if revision.reason else ""
    headlines = (
        f"{topic.text.title}: {topic.text.headline}"
        for topic in revision.topics.values()
        if topic.text.headline
    )
    return _FeedEntry(
        f"Snapshot {revision.title}",
        f"{revision.name}/index.html",
        _make_identifier("snapshot", revision.digest),
        revision.updated,
        "\n".join(filter(None, (reason, *headlines))) or "No headlines.",
    )


def _describe_comparison(
    title: str, comparison: Comparison, earlier: Revision, later: Revision
) -> _FeedEntry:
    return _FeedEntry(
        title,
        comparison.address,
        _make_identifier("comparison", f"{earlier.digest} {later.digest} {comparison.address}"),
        max(earlier.updated, later.updated),
        f"Changes from {earlier.name} to {later.name}, indicator by indicator, by cause.",
    )


def _make_identifier(kind: str, text: str) -> str:
    return uuid5(_ID_NAMESPACE, f"{kind} {text}").urn


def _add_element(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element
