"""The command that runs many scenarios: its files, and what it rejects."""

import pandas as pd
import pytest

from tests.analysis.example_topic import topic as rides
from workbook.cli import main
from workbook.cli.sweep_values import parse_sweep
from workbook.topics.take_up import topic as TAKE_UP  # noqa: N812  a constant here

STARTS = ("--over", "programme_starts=0:800000:3", "--set", "draws=100")


@pytest.fixture
def run_sweep(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder; returns its exit status and what it has printed."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["sweep", *arguments])
        output, errors = capsys.readouterr()
        return stopped.value.code, output + errors

    return run


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_it_writes_a_row_for_each_scenario(run_sweep, tmp_path, name):
    status, text = run_sweep("digital_inclusion", *STARTS, "--over", "dropout=0:1:2", "-o", name)
    assert (status, text) == (0, f"Written: {name} (6 rows)\n")
    read = pd.read_csv if name.endswith("csv") else pd.read_parquet
    frame = read(tmp_path / name)
    assert frame["programme_starts"].tolist() == [0, 0, 400_000, 400_000, 800_000, 800_000]
    # nobody is helped if everybody drops out, or nobody starts
    assert frame["people_excluded"].tolist()[1::2] == [6_200_000] * 3


def test_rejected_scenarios_are_counted(run_sweep, tmp_path):
    arguments = ("--over", "baseline_people=11000000:200000000:2", "--set", "draws=100")
    status, text = run_sweep("digital_inclusion", *arguments, "-o", "out.csv")
    assert (status, text) == (0, "Written: out.csv (2 rows, 1 scenario rejected)\n")
    assert "it must be at most the number of adults" in pd.read_csv("out.csv")["error"][1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--over", "programme_starts=0:1", "-o", "a.csv"), "is incomplete: write NAME=LOW:HIGH"),
        (("--over", "programme_starts", "-o", "a.csv"), "is incomplete: write NAME=LOW:HIGH"),
        (("--over", "programme_starts=0:1:1", "-o", "a.csv"), "whole number from 2 to 10,000,000"),
        (("--over", "programme_starts=0:-1:5", "-o", "a.csv"), 'programme_starts is "-1": it must'),
        (("--over", "programme_starts=0:1.5:5", "-o", "a.csv"), "it must be a whole number"),
        (("--over", "dropout=0:nan:5", "-o", "a.csv"), 'dropout is "nan": it must be a fraction'),
        (("--over", "programme_start=0:1:5", "-o", "a.csv"), "Did you mean"),
        (("--over", "dropout=0.1", "-o", "a.csv"), "or values separated by semicolons"),
        (("--over", "dropout=0.1;1.2", "-o", "a.csv"), 'dropout is "1.2": it must be a fraction'),
        (("--over", "quarter=2014-Q2", "-o", "a.csv"), "write values separated by semicolons, or"),
        (("--over", "quarter=2014-Q2;Q3", "-o", "a.csv"), '"Q3" is not a quarter'),
        (("--over", "quarter=all", "-o", "a.csv"), "quarter has no list of values to choose from"),
        ((*STARTS, "--over", "draws=100:200:2", "-o", "a.csv"), "draws is given twice"),
        (
            ("--over", "programme_starts=0:9999:5000", "--over", "dropout=0:1:3000", "-o", "a.csv"),
            "has 15,000,000 scenarios",
        ),
        ((*STARTS, "-o", "a.xlsx"), "must end in .csv or .parquet"),
        ((*STARTS, "-o", "none/a.csv"), "there is no folder none"),
    ],
)
def test_an_invalid_request_writes_nothing(run_sweep, tmp_path, arguments, words):
    status, text = run_sweep("digital_inclusion", *arguments)
    assert status == 2
    assert words in text
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_kept(run_sweep, tmp_path):
    (tmp_path / "a.csv").write_text("mine", "utf-8")
    status, text = run_sweep("digital_inclusion", *STARTS, "-o", "a.csv")
    assert (status, text) == (2, "a.csv already exists: delete it, or choose another name.\n")
    assert (tmp_path / "a.csv").read_text("utf-8") == "mine"


def parse(topic, *texts):
    return parse_sweep(topic, texts, [], topic.Scenario())


def test_steps_of_a_whole_number_are_rounded_and_distinct():
    assert parse(rides, "riders=0:3:7") == {"riders": [0, 1, 2, 3]}
    assert parse(rides, "paying=0:1:3") == {"paying": [0, 0.5, 1]}


def test_values_can_be_listed():
    assert parse(rides, "riders=3;1;3", "line=12; 7A") == {"riders": [3, 1], "line": ["12", "7A"]}
    assert parse(TAKE_UP, "quarter=2014-Q2;2014-Q1") == {"quarter": ["2014-Q2", "2014-Q1"]}


def test_all_stands_for_every_choice_or_every_name_in_the_tables():
    assert parse(TAKE_UP, "definition=all")["definition"][0] == "published"
    services = parse(TAKE_UP, "service=all")["service"]
    assert len(services) > 40
    assert TAKE_UP.run(service=services[-1])


def test_a_sweep_of_every_service(run_sweep, tmp_path):
    status, text = run_sweep("take_up", "--over", "services=all", "-o", "out.parquet")
    frame = pd.read_parquet(tmp_path / "out.parquet")
    assert (status, text.startswith(f"Written: out.parquet ({len(frame)} rows")) == (0, True)
    assert frame["services"].is_unique


def test_a_topic_without_a_bulk_model_needs_simulations(run_sweep, tmp_path):
    arguments = ("savings", "--over", "take_up_target=0.6:0.9:3", "--without-simulations")
    status, text = run_sweep(*arguments, "-o", "a.csv")
    assert (status, text) == (2, "savings cannot be run without simulations: run it with them.\n")
    assert not list(tmp_path.iterdir())


def test_without_simulations_there_are_no_probabilities(run_sweep, tmp_path):
    arguments = ("--over", "programme_starts=0:800000:3", "--without-simulations")
    assert run_sweep("digital_inclusion", *arguments, "-o", "a.csv")[0] == 0
    frame = pd.read_csv(tmp_path / "a.csv")
    assert frame["people_excluded"].tolist()[::2] == [6_200_000, 4_184_000]
    assert "probability_of_target" not in frame
