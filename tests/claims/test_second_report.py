"""The check works for any report: a second, invented report is checked."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.claims.ferry_report import (
    FERRY_REPORT,
    TRIPS,
    ferry_frames,
    ferry_schemas,
    to_csv,
    write_bundled,
)
from workbook.claims.bundled_check import check_bundled_report
from workbook.claims.check import verify_report
from workbook.cli.main import app
from workbook.resources import resource_folder
from workbook.tables import TableError
from workbook.topics.quarterly_report.claims import PUBLISHED_REPORTS
from workbook.topics.registry import TABLE_SCHEMAS, TOPICS


@pytest.fixture
def ferry_folder(tmp_path):
    return write_bundled(tmp_path)


def check_ferry_report(folder):
    return check_bundled_report(FERRY_REPORT, ferry_schemas(), folder)


def test_claims_are_checked_against_the_facts_and_sources_of_their_report():
    trips, passengers, cancellations = verify_report(FERRY_REPORT, ferry_frames())
    assert (trips.verdict, trips.kind) == ("reproduced", "confirmed by other data")
    assert trips.evidence == "Trips of all: 300. Data: Harbour log, 1 January 2020"
    assert (passengers.verdict, passengers.kind) == ("not reproduced", "contradicted")
    assert passengers.working == "1,200 ÷ 300 = 4"
    assert (cancellations.verdict, cancellations.missing) == ("not checkable", "the cancellations")


def test_a_report_is_checked_against_the_bundled_tables(ferry_folder):
    checked = check_ferry_report(ferry_folder)
    assert [verdict.verdict for verdict in checked.verdicts] == [
        "reproduced",
        "not reproduced",
        "not checkable",
    ]
    assert checked.table_issues == ()


def test_an_error_in_a_source_table_makes_only_its_claims_not_checkable(tmp_path):
    trips = to_csv({}, [*TRIPS, {"ferry": "Gull", "trips": "many"}])
    checked = check_ferry_report(write_bundled(tmp_path, {"ferry_trips": trips}))
    assert {verdict.verdict for verdict in checked.verdicts} == {"not checkable"}
    assert "the table ferry_trips has an error, row 4, column trips" in checked.verdicts[0].missing
    [(table, issue)] = checked.table_issues
    assert (table, issue.row, issue.column) == ("ferry_trips", 4, "trips")


def test_a_table_that_does_not_match_its_hash_is_rejected(ferry_folder):
    (ferry_folder / "ferry_facts.csv").write_bytes(b"id\n")
    with pytest.raises(TableError, match=r"the checksum of ferry_facts\.csv"):
        check_ferry_report(ferry_folder)


@pytest.fixture
def ferry_topic_registered(tmp_path, monkeypatch):
    """A registered topic with the ferry report and its data."""
    ferries = replace(TOPICS["quarterly_report"], name="ferries", published_reports=(FERRY_REPORT,))
    monkeypatch.setattr("workbook.cli.claims.TOPICS", {**TOPICS, "ferries": ferries})
    monkeypatch.setattr("workbook.cli.claims.TABLE_SCHEMAS", {**TABLE_SCHEMAS, **ferry_schemas()})
    folder = Path(shutil.copytree(resource_folder("data"), tmp_path / "data"))
    write_bundled(folder, other_schemas=TABLE_SCHEMAS)
    monkeypatch.setattr("workbook.tables.resource_folder", lambda *_: folder)


@pytest.mark.usefixtures("ferry_topic_registered")
def test_the_command_checks_the_reports_of_every_topic(capsys):
    app(["claims", "--json"], standalone_mode=False)
    claims = [entry["claim"] for entry in json.loads(capsys.readouterr().out)]
    app(["claims"], standalone_mode=False)
    printed = capsys.readouterr().out
    assert claims[-3:] == ["Three hundred trips", "Five passengers a trip", "No cancellations"]
    assert len(claims) > 80
    titles = [report.title for report in (*PUBLISHED_REPORTS, FERRY_REPORT)]
    text = " ".join(printed.split())
    assert all(f"{title}, with all data held to date:" in text for title in titles)
    assert printed.rstrip().endswith("3 figures: 1 reproduced; 1 not reproduced; 1 neither.")
