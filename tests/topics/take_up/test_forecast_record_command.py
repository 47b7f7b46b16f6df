"""The command that computes the forecast record, on bad input."""

import runpy

import pytest

from tests import ROOT

COMMAND = "workbook.topics.take_up.forecast_record"


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize(
    ("file_name", "reason"),
    [("absent.csv", "No such file"), ("README.md", "README.md is not a valid table")],
)
def test_an_unusable_file_is_refused_in_a_sentence_and_nothing_is_written(
    file_name, reason, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["forecast_record", file_name, str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(COMMAND, run_name="__main__")
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert reason in message
    assert "Traceback" not in message
    assert list(tmp_path.iterdir()) == []
