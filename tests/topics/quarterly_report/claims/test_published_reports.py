"""A second published report in the quarterly report."""

import pytest

from tests.claims.ferry_report import FERRY_REPORT, ferry_frames
from tests.topics.quarterly_report.claims.claim_tables import claim_tables
from workbook.topics.quarterly_report import published_figures
from workbook.topics.quarterly_report.claims import PUBLISHED_REPORTS


@pytest.fixture
def tables_of_two_reports(monkeypatch):
    monkeypatch.setattr(published_figures, "PUBLISHED_REPORTS", (*PUBLISHED_REPORTS, FERRY_REPORT))
    return claim_tables() | ferry_frames()


def test_the_claims_of_both_are_checked_with_their_own_facts(tables_of_two_reports):
    verdicts = published_figures.check_quarter_claims(tables_of_two_reports, "2020-Q1")
    assert verdicts[0].id == "C01"
    assert [(verdict.claim, verdict.verdict) for verdict in verdicts[-3:]] == [
        ("Three hundred trips", "reproduced"),
        ("Five passengers a trip", "not reproduced"),
        ("No cancellations", "not checkable"),
    ]
    first_report_only = len(claim_tables()["claims"])
    assert len(verdicts) == first_report_only + 3


def test_both_are_named_as_sources_and_every_section_is_counted(tables_of_two_reports):
    sources = published_figures.claim_sources(tables_of_two_reports)
    assert sources == "; ".join(report.title for report in (*PUBLISHED_REPORTS, FERRY_REPORT))
    verdicts = published_figures.check_quarter_claims(tables_of_two_reports, "2020-Q1")
    sections = published_figures.findings_by_section(verdicts)
    assert sections["section"].tolist()[-1] == "Summary"
    assert sections.drop(columns="section").to_numpy().sum() == len(verdicts)
