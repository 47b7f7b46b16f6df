"""The command that computes the forecast record, on bad input."""

import runpy
from shutil import copy2

import pandas as pd
import pytest

from tests import ROOT
from tests.topics.take_up.example_tables import small_table

COMMAND = "workbook.topics.take_up.forecast_record"


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize(
    ("file_name", "reason"),
    [
        ("absent.csv", "No such file"),
        ("README.md", "README.md is not a valid table"),
        ("short.csv", "short.csv has 7 periods of 12 months. That is too few to test a forecast"),
    ],
)
def test_an_unusable_file_is_refused_in_a_sentence_and_nothing_is_written(
    file_name, reason, tmp_path, monkeypatch, capsys
):
    folder = tmp_path / "record"
    quarters = pd.period_range("2013Q1", periods=7, freq="Q")
    table = small_table(
        *(
            (service, f"{quarter.end_time:%Y-%m}", 900.0, 500.0 + position)
            for service in "ABCDEFGHIJKL"
            for position, quarter in enumerate(quarters)
        )
    )
    table.to_csv(tmp_path / "short.csv", index=False)
    copy2(ROOT / "README.md", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["forecast_record", file_name, str(folder)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(COMMAND, run_name="__main__")
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert reason in message
    assert "Traceback" not in message
    assert not folder.exists()
