"""Golden files are written without noise, and without files that nothing checks."""

import subprocess
import sys

import pytest

from tests import ROOT
from tests.golden.recording import keep_equal_lines, write_expected_files

TABLE = "year,kind,people\n2013,observed,9600.0\n2014,projected,10080.000000000001\n"


@pytest.mark.parametrize(
    ("new_line", "is_kept"),
    [
        ("2014,projected,10080.0", True),
        ("2014,projected,10081.0", False),
        ("2014,observed,10080.000000000001", False),
        ("2015,projected,10080.000000000001", False),
        ("2014,projected,", False),
    ],
)
def test_a_line_is_kept_only_where_numbers_differ_within_the_tolerance(new_line, is_kept):
    *first_lines, last_line = TABLE.splitlines()
    written = keep_equal_lines(TABLE, "\n".join([*first_lines, new_line]) + "\n")
    assert written.splitlines() == [*first_lines, last_line if is_kept else new_line]


def test_a_text_with_more_lines_is_replaced():
    new_text = "year,kind,people\n2013,observed,9600.000000000001\n"
    assert keep_equal_lines(TABLE, new_text) == new_text
    assert keep_equal_lines("", new_text) == new_text


def test_a_table_that_the_outcome_no_longer_has_is_removed(tmp_path):
    for name in ("projection.csv", "indicators.json", "scenario.toml"):
        (tmp_path / name).write_text("old\n")
    texts = {"indicators.json": "{}\n", "path.csv": TABLE}
    assert write_expected_files(tmp_path, texts) == [tmp_path / "projection.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "indicators.json",
        "path.csv",
        "scenario.toml",
    ]
    assert (tmp_path / "path.csv").read_text() == TABLE


@pytest.mark.parametrize(
    ("word", "status", "text"),
    [
        ("saving", 2, 'Unknown topic "saving". Did you mean "savings"?'),
        ("--help", 0, "TOPIC"),
    ],
)
def test_the_command_explains_itself_and_rejects_an_unknown_topic(word, status, text):
    answer = subprocess.run(
        [sys.executable, "-m", "tests.golden", word],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == status
    assert text in answer.stdout + answer.stderr
