"""Published lists of consultations, and how the tests read them."""

import json
from collections.abc import Iterable

import pandas as pd
import pytest

from tests import ROOT
from workbook.importers import read_table_file
from workbook.tables import TableReport
from workbook.tables.issues import TableIssue
from workbook.topics.policymaking.data import consultations_schema

PUBLISHED_FOLDER = ROOT.parent / "shared" / "real" / "consultations"
requires_published_files = pytest.mark.skipif(
    not PUBLISHED_FOLDER.is_dir(), reason="the published originals are not here"
)


def read_report(content: object, name: str = "given.json") -> TableReport:
    """Read bytes, or a value as JSON, as the table of consultations."""
    encoded = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_table_file(consultations_schema, encoded, name)


def issue_lines(issues: Iterable[TableIssue]) -> list[tuple[int | None, str | None, str]]:
    return [(issue.row, issue.column, issue.message) for issue in issues]


def valid_frame(report: TableReport) -> pd.DataFrame:
    """Rows of a report without errors."""
    assert not report.errors
    return report.frame


def days_between(frame: pd.DataFrame, start: str, end: str) -> "pd.Series[int]":
    """Days from one date to another, as the topic counts them: the end less the start."""
    return (pd.to_datetime(frame[end]) - pd.to_datetime(frame[start])).dt.days
