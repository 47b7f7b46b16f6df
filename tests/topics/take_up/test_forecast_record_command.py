"""The command that computes the forecast record, on bad input."""

import subprocess
import sys

import pytest

from tests import ROOT


@pytest.mark.parametrize(
    ("file_name", "reason"),
    [("absent.csv", "No such file"), ("README.md", "README.md is not a valid table")],
)
def test_an_unusable_file_is_refused_in_a_sentence_and_nothing_is_written(
    file_name, reason, tmp_path
):
    command = [sys.executable, "-m", "workbook.topics.take_up.forecast_record", file_name]
    result = subprocess.run(
        [*command, str(tmp_path)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert result.returncode == 2
    assert reason in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []
