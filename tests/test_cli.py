"""Tests of the output, errors and exit codes of the ``workbook`` command."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from tests import ROOT
from tests.snapshots.example_topic import write_notebook
from workbook.cli import main
from workbook.interface.topic_descriptions import describe_topic
from workbook.topics.digital_inclusion import topic
from workbook.topics.registry import TOPICS

BUNDLED_TABLE = ROOT / "data" / "inclusion_observed.csv"
INDICATOR_KEYS = ["name", "label", "value", "unit", "low", "high", "reason"]


@pytest.fixture
def run_command(capsys, tmp_path, monkeypatch):
    """Run a command in an empty folder; returns its exit code, output and errors.

    A rejected command writes no file, prints no traceback and ends with one sentence.
    """
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in arguments])
        output, errors = capsys.readouterr()
        if stopped.value.code == 2:
            assert sorted(tmp_path.rglob("*")) == before
            assert errors.endswith((".\n", "?\n"))
            assert "Traceback" not in errors
        return stopped.value.code, output, errors

    return run


def indicator_value(output, name):
    """Return the value of an indicator in the output of ``run --json``."""
    return {
        indicator["name"]: indicator["value"] for indicator in json.loads(output)["indicators"]
    }[name]


class TestRun:
    def test_the_defaults_give_the_published_figures(self, run_command):
        status, output, errors = run_command("run", "digital_inclusion", "--json")
        assert (status, errors) == (0, "")
        # 11.0 m less six years of 800,000 unaided and 300,000 × 0.7 × 0.8 × 0.75 helped
        assert indicator_value(output, "people_excluded") == pytest.approx(5_444_000)
        assert indicator_value(output, "target_people") == pytest.approx(4_640_625)

    def test_without_a_programme_the_result_is_the_figure_of_the_strategy(self, run_command):
        _, output, _ = run_command(
            "run", "digital_inclusion", "--set", "programme_starts=0", "--json"
        )
        assert indicator_value(output, "people_excluded") == 6_200_000

    def test_the_target_follows_the_baseline(self, run_command):
        arguments = ("run", "digital_inclusion", "--set", "baseline_people=10800000", "--json")
        assert indicator_value(run_command(*arguments)[1], "target_people") == pytest.approx(
            4_556_250
        )

    def test_the_json_output_has_the_keys_of_the_contract(self, run_command):
        result = json.loads(run_command("run", "digital_inclusion", "--json")[1])
        names = ["topic", "quarter", "parameters", "headline", "indicators", "tables", "data"]
        assert list(result) == names
        assert (result["topic"], result["quarter"]) == ("digital_inclusion", "2014-Q2")
        assert result["parameters"] == topic.Scenario().values()
        assert all(list(indicator) == INDICATOR_KEYS for indicator in result["indicators"])
        assert result["data"] == [
            {"name": name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
            for name in ("inclusion_observed", "population_ageing")
            for file in [ROOT / "data" / f"{name}.csv"]
        ]

    def test_an_unknown_value_is_null(self, run_command):
        output = run_command("run", "digital_inclusion", "--set", "dropout=1", "--json")[1]
        assert "NaN" not in output
        assert indicator_value(output, "cost_per_net_person") is None

    def test_a_setting_overrides_the_scenario_file(self, run_command):
        file = ROOT / "data" / "scenarios" / "digital_inclusion" / "charter-delivers.toml"
        arguments = ("run", "digital_inclusion", "--scenario", file, "--json")
        file_parameters = json.loads(run_command(*arguments)[1])["parameters"]
        assert file_parameters["programme_starts"] == 800_000
        overridden = json.loads(run_command(*arguments, "--set", "programme_starts=5")[1])[
            "parameters"
        ]
        assert overridden == {**file_parameters, "programme_starts": 5}

    def test_a_file_and_a_setting_are_validated_together(self, run_command, tmp_path):
        file = tmp_path / "late.toml"
        file.write_text("[parameters]\nbaseline_year = 2030\ntarget_year = 2040\n")
        arguments = ("run", "digital_inclusion", "--scenario", file, "--set", "target_year=2031")
        assert run_command(*arguments)[0] == 0

    def test_the_text_output_has_the_headline_and_each_range(self, run_command):
        status, output, _ = run_command("run", "digital_inclusion")
        assert status == 0
        assert "5.4 million adults" in output
        assert "4.9 to 6.4 million" in output


INVALID_SETTINGS = {
    "dropout=21": ("dropout", "21", "from 0 to 1"),
    "dropout=-0.1": ("dropout", "-0.1", "from 0 to 1"),
    "dropout=nan": ("dropout", "nan", "from 0 to 1"),
    "dropout=": ("dropout", "blank", "from 0 to 1"),
    "programme_starts=many": ("programme_starts", "many", "from 0 to 10,000,000"),
    "programme_starts=1.5": ("programme_starts", "1.5", "whole number from 0 to 10,000,000"),
    "programme_starts=1_0": ("programme_starts", "1_0", "whole number from 0 to 10,000,000"),
    "baseline_people=60000000": ("baseline_people", "60,000,000", "adults (52,400,000)"),
    "target_year=2014": ("target_year", "2014", "from 2015 to 2064"),
    "quarter=2014-Q5": ("quarter", "2014-Q5", "2014-Q2"),
    "programe_starts=1": ("programe_starts", "programme_starts"),
}


@pytest.mark.parametrize("setting", INVALID_SETTINGS)
@pytest.mark.parametrize(
    "verb",
    [("run", "digital_inclusion"), ("snapshot", "2014-Q2", "--topic", "digital_inclusion")],
    ids=str,
)
def test_an_invalid_value_is_an_error_with_its_name_value_and_bounds(run_command, verb, setting):
    status, output, errors = run_command(*verb, "--set", setting)
    assert (status, output) == (2, "")
    assert [part for part in INVALID_SETTINGS[setting] if part not in errors] == []


@pytest.mark.parametrize(
    "verb",
    [("run", "digital_inclusion"), ("snapshot", "2014-Q2", "--topic", "digital_inclusion")],
    ids=str,
)
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[parameters]\ndropout = 21\n", "dropout is 21: it must be a fraction of 1"),
        ("[parameters]\ndropout = '0.2'\n", 'dropout is "0.2"'),
        (
            "[parameters]\nprograme_starts = 1\n",
            'Unknown parameter "programe_starts". Did you mean "programme_starts"?',
        ),
        ("[parameters]\ntarget_year = 2010\n", "after baseline_year (2014)"),
        ("dropout = 0.2\n", "A scenario file has"),
        ("[parameters\n", "cannot be read as a scenario"),
        ("\x00\x01", "cannot be read as a scenario"),
    ],
    ids=["bounds", "type", "unknown", "contradiction", "no section", "no TOML", "binary"],
)
def test_an_invalid_scenario_file_is_an_error(run_command, tmp_path, verb, content, message):
    (tmp_path / "bad.toml").write_text(content)
    status, _, errors = run_command(*verb, "--scenario", "bad.toml")
    assert status == 2
    assert message in errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["run", "digital_inclusio"],
            'Unknown topic "digital_inclusio". Did you mean "digital_inclusion"?',
        ),
        (
            ["run", "x"],
            'Unknown topic "x". Choose from: ',
        ),
        (
            ["run", "digital_inclusion", "--set", "dropout"],
            "--set dropout is incomplete: write name=",
        ),
        (["run", "digital_inclusion", "--set", "=1"], "--set =1 is incomplete"),
        (["run", "digital_inclusion", "--set", "a=1", "--set", "a=2"], "--set a is repeated"),
        (["run", "digital_inclusion", "--scenario", "no.toml"], "no.toml cannot be read as a scen"),
        (["run"], "Missing argument 'TOPIC'. Use --help"),
        (["fly"], "No such command 'fly'"),
        (["run", "digital_inclusion", "--fly"], "No such option: --fly"),
        (
            ["check", "no.csv", "--table", "inclusion_observed"],
            "no.csv cannot be read: no such file",
        ),
        (["check", ".", "--table", "inclusion_observed"], ". cannot be read: is a directory"),
        (
            ["check", str(BUNDLED_TABLE), "--table", "x"],
            'Unknown table "x". Choose from: inclusion_observed; population_ageing',
        ),
        (["snapshot", "2014"], "such as 2014-Q2"),
        (["snapshot", "2031-Q1", "--topic", "take_up"], "tables reach is 2017-Q3 for take_up"),
        (["snapshot", "2014-Q2", "--topic", "x"], 'Unknown topic "x"'),
        (
            ["snapshot", "2014-Q2", "--topic", "take_up", "--set", "quarter=2014-Q1"],
            "It must be the snapshot's quarter",
        ),
        (
            ["snapshot", "2014-Q2", "--set", "spending.npv=1"],
            'Unknown topic in this snapshot "spending"',
        ),
        (
            ["snapshot", "2014-Q2", "--set", "digital_inclusion.dropout=2"],
            "dropout is 2.0: it must",
        ),
        (["snapshot", "2014-Q2", "--store", "nowhere://x"], "is not a store that can be reached"),
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--host", "workbook"], "--host workbook is not an IP address"),
        (["serve", "--host", "0.0.0.0", "--no-token"], "everybody who can reach 0.0.0.0"),
        (["serve", "--trust-proxy", ""], "is not the name of a header"),
        (["serve", "--public-url", "workbook"], "is not the address of a home page"),
    ],
    ids=lambda argument: " ".join(argument) if isinstance(argument, list) else "",
)
def test_an_invalid_command_is_an_error_with_a_suggestion(run_command, arguments, message):
    status, output, errors = run_command(*arguments)
    assert (status, output) == (2, "")
    assert message in errors


class TestSeveralTopics:
    @pytest.fixture(autouse=True)
    def _two_topics(self, monkeypatch):
        monkeypatch.setitem(TOPICS, "second", replace(topic, name="second"))

    def test_a_setting_must_name_its_topic(self, run_command):
        _, _, errors = run_command("snapshot", "2014-Q2", "--set", "dropout=0.2")
        assert "write TOPIC.dropout=0.2" in errors

    def test_a_scenario_file_needs_the_topic_option(self, run_command, tmp_path):
        (tmp_path / "a.toml").write_text("")
        _, _, errors = run_command("snapshot", "2014-Q2", "--scenario", "a.toml")
        assert "name the topic with --topic" in errors

    def test_an_unknown_topic_is_an_error_with_all_topics(self, run_command):
        _, _, errors = run_command("run", "x")
        topic_names = "; ".join(TOPICS)
        assert errors == f'Unknown topic "x". Choose from: {topic_names}.\n'


def changed_table(**cells):
    """Return the bundled table with other cells in its first row; None removes a column."""
    rows = list(csv.DictReader(io.StringIO(BUNDLED_TABLE.read_text(encoding="utf-8"))))
    rows[0] |= {name: cell for name, cell in cells.items() if cell is not None}
    names = [name for name in rows[0] if cells.get(name, "") is not None]
    file = io.StringIO()
    writer = csv.DictWriter(file, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


INVALID_TABLES = {
    "missing column": (changed_table(share=None), 1, "share", "missing"),
    "blank": (changed_table(measure=""), 2, "measure", "blank"),
    "negative": (changed_table(people="-3"), 2, "people", "negative"),
    "share": (changed_table(share="21"), 2, "share", "21% is 0.21"),
    "no number": (changed_table(people="many"), 2, "people", '"many" is not a whole number'),
    "empty": (b"", None, None, "empty"),
    "binary": (b"\x7fELF\0\xff", None, None, "not"),
}


class TestCheck:
    def test_the_bundled_table_is_valid(self, run_command):
        status, output, _ = run_command(
            "check", BUNDLED_TABLE, "--table", "inclusion_observed", "--json"
        )
        expected = {"table": "inclusion_observed", "rows": 17, "errors": [], "oddities": []}
        assert (status, json.loads(output)) == (0, expected)

    @pytest.mark.parametrize("invalid", INVALID_TABLES)
    def test_an_invalid_table_is_rejected_with_row_and_column(self, run_command, tmp_path, invalid):
        content, row, column, message = INVALID_TABLES[invalid]
        (tmp_path / "bad.csv").write_bytes(content)
        arguments = ("check", "bad.csv", "--table", "inclusion_observed")
        status, output, errors = run_command(*arguments, "--json")
        [result] = json.loads(output)["errors"]
        assert (status, result["row"], result["column"]) == (2, row, column)
        assert list(result) == ["row", "column", "value", "message"]
        assert message in result["message"]
        rejected_part = "" if row is None else " is not a valid inclusion_observed table"
        assert errors.startswith(f"bad.csv{rejected_part}: ")

        status, output, errors = run_command(*arguments)
        assert status == 2
        location = "" if row in {None, 1} else f"row {row}, column {column}: "
        assert output.startswith(f"error: {location}")

    def test_every_error_is_printed(self, run_command, tmp_path):
        (tmp_path / "bad.csv").write_bytes(changed_table(people="-3", share="21", measure=""))
        _, output, errors = run_command("check", "bad.csv", "--table", "inclusion_observed")
        assert output.count("error: row 2, column ") == 3
        assert "3 errors. First: row 2, column measure: is blank" in errors

    def test_a_warning_is_reported_and_the_table_is_accepted(self, run_command, tmp_path):
        lines = BUNDLED_TABLE.read_text(encoding="utf-8").splitlines()
        lines_with_extra_column = "".join(
            f"{line},{'extra' if index == 0 else 1}\n" for index, line in enumerate(lines)
        )
        (tmp_path / "odd.csv").write_text(lines_with_extra_column, encoding="utf-8")
        status, output, errors = run_command("check", "odd.csv", "--table", "inclusion_observed")
        assert (status, errors) == (0, "")
        assert "warning: row 1, column extra" in output

    def test_run_rejects_a_bundled_table_that_was_changed(self, run_command, tmp_path, monkeypatch):
        data = tmp_path / "data"
        data.mkdir()
        (data / BUNDLED_TABLE.name).write_bytes(changed_table(people="12"))
        (data / "datapackage.json").write_bytes((ROOT / "data" / "datapackage.json").read_bytes())
        monkeypatch.setattr("workbook.tables.resource_folder", lambda *_: data)
        status, _, errors = run_command("run", "digital_inclusion")
        assert status == 2
        assert "the checksum of inclusion_observed.csv is" in errors


class TestList:
    def test_the_json_output_describes_each_topic(self, run_command):
        result, *_ = json.loads(run_command("list", "--json")[1])
        assert list(result) == ["topic", "title", "question", "parameters", "indicators"]
        parameters = {declared["name"]: declared for declared in result["parameters"]}
        assert parameters["dropout"] == {
            "name": "dropout",
            "default": 0.3,
            "unit": "share",
            "bounds": [0, 1],
            "range": [0.1, 0.5],
            "meaning": topic.Scenario.parameters()["dropout"].meaning,
            "source": topic.Scenario.parameters()["dropout"].source,
            "quality": "red",
        }
        assert parameters["programme_starts"]["range"] is None
        assert result["indicators"][0] == {
            "name": "people_excluded",
            "label": "People without basic digital skills in the target year",
            "unit": "people",
        }

    def test_a_topic_is_described_without_running_its_model(self):
        def failing(*_):
            raise AssertionError

        description = describe_topic(replace(topic, model=failing))
        assert len(description["indicators"]) == len(topic.indicators)

    def test_the_text_output_lists_questions_parameters_and_indicators(self, run_command):
        output = run_command("list")[1]
        assert topic.question[:40] in output
        assert "programme_starts" in output
        assert "probability_of_target" in output


class TestSnapshot:
    def test_a_failed_run_is_one_sentence_and_exit_code_1(self, run_command, tmp_path, monkeypatch):
        notebooks_folder = tmp_path / "notebooks"
        notebooks_folder.mkdir()
        write_notebook(notebooks_folder, "1 / 0").rename(
            notebooks_folder / "digital_inclusion.ipynb"
        )
        monkeypatch.setattr("workbook.topic.resource_folder", lambda *_: notebooks_folder)
        arguments = ("snapshot", "2014-Q2", "--topic", "digital_inclusion")
        status, output, errors = run_command(*arguments)
        assert (status, output) == (1, "")
        [failed_folder] = (tmp_path / "snapshots" / ".failed").iterdir()
        assert errors == (
            "digital_inclusion: started\n"
            "digital_inclusion: failed (1 of 1)\n"
            "digital_inclusion failed in cell 3 (1 / 0): ZeroDivisionError: division by zero. "
            f"The unfinished files are in snapshots/.failed/{failed_folder.name}.\n"
        )
        assert [path.name for path in (tmp_path / "snapshots").iterdir()] == [".failed"]


class TestFailures:
    def test_an_unexpected_exception_is_one_sentence_and_exit_code_1(
        self, run_command, monkeypatch
    ):
        monkeypatch.setitem(TOPICS, "digital_inclusion", _failing_topic())
        status, _, errors = run_command("run", "digital_inclusion")
        assert (status, errors) == (1, "KeyError: 'people'. Use --debug to see the traceback.\n")

    def test_a_value_error_in_a_model_is_a_failed_run(self, run_command, monkeypatch):
        monkeypatch.setitem(
            TOPICS, "digital_inclusion", _failing_topic(ValueError("no convergence"))
        )
        assert run_command("run", "digital_inclusion")[::2] == (1, "no convergence.\n")

    def test_the_debug_option_shows_the_traceback_in_any_position(self, run_command, monkeypatch):
        monkeypatch.setitem(TOPICS, "digital_inclusion", _failing_topic())
        for arguments in (
            ["--debug", "run", "digital_inclusion"],
            ["run", "digital_inclusion", "--debug"],
        ):
            status, _, errors = run_command(*arguments)
            assert status == 1
            assert "Traceback" in errors
            assert "KeyError: 'people'" in errors


def _failing_topic(error=None):
    def model(*_):
        raise error or KeyError("people")

    return replace(topic, model=model)


class TestProcess:
    """Tests of the command in a process of its own."""

    def run(self, *arguments, **options):
        command = [sys.executable, "-m", "workbook.cli", *arguments]
        return subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, **options
        )

    def test_help_and_version_are_printed(self):
        assert "snapshot" in self.run().stdout
        assert self.run("--version").stdout.startswith("workbook ")

    def test_help_does_not_import_slow_libraries(self):
        code = "import sys; sys.argv = ['workbook', '--help']; from workbook.cli import main\n"
        code += (
            "try: main()\nexcept SystemExit: print(sorted({'pandas', 'altair'} & {*sys.modules}))"
        )
        completed = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert completed.stdout.endswith("[]\n")

    def test_an_invalid_value_is_exit_code_2_and_one_sentence(self):
        completed = self.run("run", "digital_inclusion", "--set", "dropout=21")
        assert (completed.returncode, completed.stdout) == (2, "")
        assert completed.stderr == (
            "dropout is 21.0: it must be a fraction of 1 (21% is 0.21) from 0 to 1.\n"
        )
