"""Rows of a table without periods are merged by their key, and nothing known is lost."""

import pandas as pd
import pytest

from workbook.importers.merge_rows import merge_rows
from workbook.topics.policymaking.data import consultations_schema

HEADER = "id,title,opened,closed,responses,source"
OURS = ["a,Wood fires,2014-04-01,2014-06-24,120,July list", "b,Nets,,,,July list"]


def read_rows(*lines, header=HEADER):
    report = consultations_schema.check_csv("\n".join([header, *lines]).encode())
    assert not report.errors
    return report.frame


def merge(*lines, header=HEADER):
    return merge_rows(consultations_schema, read_rows(*OURS), read_rows(*lines, header=header))


def merged_lines(difference):
    cells = difference.frame.astype(object).where(difference.frame.notna(), "")
    return [",".join(map(str, row)) for row in cells.itertuples(index=False, name=None)]


def test_a_new_consultation_is_added_at_the_end_without_revising_any():
    difference = merge("c,Oats,2014-05-01,2014-07-24,,March list")
    assert merged_lines(difference) == [*OURS, "c,Oats,2014-05-01,2014-07-24,,March list"]
    assert (difference.has_changes, difference.revises_published) == (True, False)
    assert list(difference.describe_lines()) == ["New rows: 1 (c)"]


def test_a_changed_row_keeps_what_the_file_does_not_know_and_has_both_sources():
    difference = merge("b,Nets,2014-05-01,2014-07-24,,March list", "a,Wood fires,,,130,March list")
    assert merged_lines(difference) == [
        "a,Wood fires,2014-04-01,2014-06-24,130,July list; March list",
        "b,Nets,2014-05-01,2014-07-24,,July list; March list",
    ]
    assert difference.revises_published
    assert list(difference.describe_lines()) == [
        "Revised in existing rows: 3 cells",
        "  a: responses 120 → 130",
        "  b: opened blank → 2014-05-01",
        "  b: closed blank → 2014-07-24",
    ]


@pytest.mark.parametrize("lines", [OURS, OURS[:1], ["b,Nets,,,,March list"]])
def test_rows_that_say_nothing_new_change_nothing(lines):
    difference = merge(*lines)
    assert merged_lines(difference) == OURS
    assert not difference.has_changes
    message = "No changes: the table already has all figures of the file."
    assert list(difference.describe_lines()) == [message]


def test_a_file_without_some_columns_and_with_others_is_merged():
    difference = merge("c,Oats,2014-05-01,,yes", header="id,title,opened,closed,answered")
    names = ["id", "title", "opened", "closed", "responses", "answered", "source"]
    assert list(difference.frame) == names
    assert difference.missing_columns == ("responses", "source")
    assert difference.frame["answered"].fillna("").tolist() == ["", "", "yes"]
    assert isinstance(difference.frame["responses"].dtype, pd.Int64Dtype)
