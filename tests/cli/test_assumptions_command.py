"""``workbook assumptions``: printed, as JSON, and as CSV, XLSX and ODS."""

import json

import pandas as pd
import pytest

from workbook.cli import main

TOPIC = "digital_inclusion"


@pytest.fixture
def run_assumptions(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder; returns its exit status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["assumptions", *arguments])
        return (stopped.value.code, *capsys.readouterr())

    return run


def test_the_log_is_printed_with_the_risks(run_assumptions):
    status, output, errors = run_assumptions(TOPIC)
    assert (status, errors) == (0, "")
    assert "Digital inclusion" in output
    assert "Swing: people without basic digital skills in 2020. Risk: quality × swing." in output
    assert "10% to 50%" in output
    assert "nan" not in output.split()


def test_json_has_every_column_and_no_nan(run_assumptions):
    rows = json.loads(run_assumptions(TOPIC, "--json")[1])
    row = next(row for row in rows if row["parameter"] == "programme_starts")
    assert row["topic"] == TOPIC
    assert row["risk"] is None
    assert row["source"]


def test_all_topics_are_written_as_csv(run_assumptions):
    assert run_assumptions("-o", "log.csv")[0] == 0
    assert {TOPIC, "savings"} <= set(pd.read_csv("log.csv")["topic"])


@pytest.mark.parametrize("name", ["log.xlsx", "log.ods"])
def test_one_topic_is_written_as_a_spreadsheet(run_assumptions, name):
    assert run_assumptions(TOPIC, "-o", name)[0] == 0
    sheet = pd.read_excel(name, sheet_name="assumptions", header=None, engine="calamine")
    assert "Share who drop out" in sheet.astype(str).to_numpy()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "log.ods"], "is of one topic"),
        ([TOPIC, "-o", "log.txt"], "must end in .csv, .xlsx or .ods"),
        ([TOPIC, "-o", "missing/log.csv"], "there is no folder"),
        (["digital_inclusoin"], "Did you mean"),
    ],
)
def test_a_bad_request_writes_nothing(run_assumptions, tmp_path, arguments, message):
    status, _, errors = run_assumptions(*arguments)
    assert status == 2
    assert message in errors
    assert not list(tmp_path.iterdir())
