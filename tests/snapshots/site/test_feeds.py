"""The archive's feeds: every figure, and what was added."""

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest

from tests.snapshots.site.conftest import REASON
from tests.snapshots.site.sealed_archive import (
    DEFINITIONS,
    FIGURES,
    SIGNED,
    add_revision,
    record_files,
    sign,
)
from workbook.snapshots.site.contents import read_archive
from workbook.snapshots.site.feeds import (
    ATOM_NAMESPACE,
    FEED_FIELDS,
    to_atom_feed,
    to_csv_feed,
    to_json_feed,
)
from workbook.snapshots.site.pages import render_archive_page

REVISIONS = 5
ATOM = f"{{{ATOM_NAMESPACE}}}"


@pytest.fixture
def archive(store, topics):
    return read_archive(store, topics)


@pytest.fixture
def feed(archive):
    return ET.fromstring(to_atom_feed(archive))


def find_texts(feed, tag):
    return [element.text for element in feed.iter(f"{ATOM}{tag}")]


def test_the_json_has_every_figure_of_every_revision_exactly(archive):
    records = json.loads(to_json_feed(archive))
    assert len(records) == REVISIONS * len(DEFINITIONS)
    assert all(tuple(record) == FEED_FIELDS for record in records)
    assert records[0] == {
        "quarter": "2013-Q4",
        "revision": "r1",
        "status": "draft",
        "topic": "queues",
        "indicator": "waiting",
        "label": "People waiting",
        "value": 6e6,
        "unit": "people",
        "low": 4.9e6,
        "high": 6.4e6,
        "reason": "",
    }
    assert {record["value"] for record in records if record["indicator"] == "reached"} == {
        "2015-Q4"
    }


def test_the_csv_has_the_same_figures(archive):
    rows = list(csv.DictReader(io.StringIO(to_csv_feed(archive), newline="")))
    for row, record in zip(rows, json.loads(to_json_feed(archive)), strict=True):
        assert tuple(row) == FEED_FIELDS
        if isinstance(record["value"], float):
            assert float(row["value"]) == record["value"]
        else:
            assert row["value"] == (record["value"] or "")


def test_a_text_in_the_csv_is_no_formula(store, topics):
    path = store / "2014-Q2" / "r1" / "queues" / "indicators.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("not counted", "=1+1"), encoding="utf-8"
    )
    record_files(store / "2014-Q2" / "r1")
    text = to_csv_feed(read_archive(store, topics))
    assert [row[-1] for row in csv.reader(io.StringIO(text)) if "=1+1" in row[-1]] == ["'=1+1"]


def test_the_feed_is_valid_atom(feed):
    """RFC 4287, sections 4.1.1 and 4.1.2: what a feed and its entries must have."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{tag}")) == 1
        alternates = [
            link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"
        ]
        assert len(alternates) == 1
    identifiers = find_texts(feed, "id")
    assert len({*identifiers}) == len(identifiers)
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", identifier) for identifier in identifiers)
    moments = [datetime.fromisoformat(text) for text in find_texts(feed, "updated")]
    assert all(moment.tzinfo for moment in moments)
    assert moments[0] == max(moments)
    assert moments[1:] == sorted(moments[1:], reverse=True)


def test_the_feed_has_each_revision_and_each_comparison_of_them(feed, store):
    titles = find_texts(feed, "title")[1:]
    assert sorted(titles) == [
        "Changes from 2014-Q3/r2 (draft) to 2014-Q4/r1 (draft)",
        "Snapshot 2013-Q4/r1 (draft)",
        "Snapshot 2014-Q2/r1 (draft)",
        "Snapshot 2014-Q3/r1 (draft)",
        "Snapshot 2014-Q3/r2 (draft)",
        "Snapshot 2014-Q4/r1 (draft)",
    ]
    for link in feed.iterfind(f"{ATOM}entry/{ATOM}link"):
        assert (store / link.get("href")).is_file()
    summaries = dict(zip(titles, find_texts(feed, "summary"), strict=True))
    assert summaries["Snapshot 2014-Q3/r2 (draft)"].startswith(
        f"Reason of the revision: {REASON}\nQueues: <5"
    )


def test_a_comparison_has_the_status_of_its_snapshots_and_the_day_of_the_last_sign_off(
    store, topics
):
    sign(store, "analyst", "assurer")
    archive = read_archive(store, topics)
    records = json.loads(to_json_feed(archive))
    assert {record["status"] for record in records if record["quarter"] == "2014-Q4"} == {"assured"}
    feed = ET.fromstring(to_atom_feed(archive))
    title = "Changes from 2014-Q3/r2 (draft) to 2014-Q4/r1 (assured)"
    [entry] = [found for found in feed.iter(f"{ATOM}entry") if found[0].text == title]
    assert entry.findtext(f"{ATOM}updated") == SIGNED
    assert title in render_archive_page(archive)


def test_the_feed_does_not_depend_on_the_folder(store, topics, archive, tmp_path):
    moved = shutil.copytree(store, tmp_path / "elsewhere" / "archive")
    assert to_atom_feed(read_archive(moved, topics)) == to_atom_feed(archive)


def test_identifiers_stay_when_an_earlier_quarter_is_added(store, topics, feed):
    add_revision(store, "2013-Q3", 9)
    later = ET.fromstring(to_atom_feed(read_archive(store, topics)))
    assert {*find_texts(feed, "id")} < {*find_texts(later, "id")}


def test_characters_that_xml_cannot_hold_are_replaced(tmp_path):
    add_revision(tmp_path, "2014-Q1", values=FIGURES, reason="a\x00b\ud800c")
    feed = ET.fromstring(to_atom_feed(read_archive(tmp_path, {})).encode())
    assert "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c" in find_texts(feed, "summary")[0]
