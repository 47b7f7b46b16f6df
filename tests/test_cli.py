"""The ``workbook`` command: what it answers, and how it refuses."""

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
from workbook.cli.output import describe_topic
from workbook.topics.digital_inclusion import topic
from workbook.topics.registry import TOPICS

HELD = ROOT / "data" / "inclusion_observed.csv"
CONTRACT = ["name", "label", "value", "unit", "low", "high", "reason"]


@pytest.fixture
def run_command(capsys, tmp_path, monkeypatch):
    """Run a command in a folder of its own: its status, what it printed, what it complained of.

    What is refused may write nothing, print no traceback and needs one sentence.
    """
    monkeypatch.chdir(tmp_path)

    def run(*words):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        output, errors = capsys.readouterr()
        if left.value.code == 2:
            assert sorted(tmp_path.rglob("*")) == before
            assert errors.endswith((".\n", "?\n"))
            assert "Traceback" not in errors
        return left.value.code, output, errors

    return run


def indicator_value(output, name):
    """An indicator's value in what ``run --json`` printed."""
    return {
        indicator["name"]: indicator["value"] for indicator in json.loads(output)["indicators"]
    }[name]


class TestRun:
    def test_the_defaults_give_the_published_arithmetic(self, run_command):
        status, output, errors = run_command("run", "digital_inclusion", "--json")
        assert (status, errors) == (0, "")
        # 11.0 m less six years of 800,000 unaided and 300,000 × 0.7 × 0.8 × 0.75 helped
        assert indicator_value(output, "people_excluded") == pytest.approx(5_444_000)
        assert indicator_value(output, "target_people") == pytest.approx(4_640_625)

    def test_without_a_programme_it_is_what_the_strategy_says(self, run_command):
        _, output, _ = run_command(
            "run", "digital_inclusion", "--set", "programme_starts=0", "--json"
        )
        assert indicator_value(output, "people_excluded") == 6_200_000

    def test_the_target_follows_the_baseline(self, run_command):
        words = ("run", "digital_inclusion", "--set", "baseline_people=10800000", "--json")
        assert indicator_value(run_command(*words)[1], "target_people") == pytest.approx(4_556_250)

    def test_the_record_is_the_contracts(self, run_command):
        result = json.loads(run_command("run", "digital_inclusion", "--json")[1])
        names = ["topic", "quarter", "parameters", "headline", "indicators", "tables", "data"]
        assert list(result) == names
        assert (result["topic"], result["quarter"]) == ("digital_inclusion", "2014-Q2")
        assert result["parameters"] == topic.Scenario().values()
        assert all(list(indicator) == CONTRACT for indicator in result["indicators"])
        digest = hashlib.sha256(HELD.read_bytes()).hexdigest()
        assert result["data"] == [{"name": "inclusion_observed", "sha256": digest}]

    def test_what_is_not_known_is_null_with_a_reason(self, run_command):
        output = run_command("run", "digital_inclusion", "--set", "dropout=1", "--json")[1]
        assert "NaN" not in output
        assert indicator_value(output, "cost_per_net_person") is None

    def test_a_scenario_file_is_taken_and_set_beats_it(self, run_command):
        file = ROOT / "data" / "scenarios" / "digital_inclusion" / "charter-delivers.toml"
        words = ("run", "digital_inclusion", "--scenario", file, "--json")
        file_name = json.loads(run_command(*words)[1])["parameters"]
        assert file_name["programme_starts"] == 800_000
        beaten = json.loads(run_command(*words, "--set", "programme_starts=5")[1])["parameters"]
        assert beaten == {**file_name, "programme_starts": 5}

    def test_a_file_and_a_setting_need_only_be_right_together(self, run_command, tmp_path):
        file = tmp_path / "late.toml"
        file.write_text("[parameters]\nbaseline_year = 2030\ntarget_year = 2040\n")
        words = ("run", "digital_inclusion", "--scenario", file, "--set", "target_year=2031")
        assert run_command(*words)[0] == 0

    def test_for_people_it_prints_the_headline_and_each_range(self, run_command):
        status, output, _ = run_command("run", "digital_inclusion")
        assert status == 0
        assert "5.4 million people" in output
        assert "5,444,000" in output
        assert "4.9 million to 6.4 million" in output


BAD = {
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


@pytest.mark.parametrize("setting", BAD)
@pytest.mark.parametrize(
    "verb",
    [("run", "digital_inclusion"), ("snapshot", "2014-Q2", "--topic", "digital_inclusion")],
    ids=str,
)
def test_a_bad_value_is_refused_by_name_value_and_bounds(run_command, verb, setting):
    status, output, errors = run_command(*verb, "--set", setting)
    assert (status, output) == (2, "")
    assert [part for part in BAD[setting] if part not in errors] == []


@pytest.mark.parametrize(
    "verb",
    [("run", "digital_inclusion"), ("snapshot", "2014-Q2", "--topic", "digital_inclusion")],
    ids=str,
)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[parameters]\ndropout = 21\n", "dropout is 21: it must be a fraction of 1"),
        ("[parameters]\ndropout = '0.2'\n", 'dropout is "0.2"'),
        (
            "[parameters]\nprograme_starts = 1\n",
            'Unknown parameter "programe_starts". Did you mean "programme_starts"?',
        ),
        ("[parameters]\ntarget_year = 2010\n", "after baseline_year (2014)"),
        ("dropout = 0.2\n", "a scenario file has"),
        ("[parameters\n", "cannot be read as a scenario"),
        ("\x00\x01", "cannot be read as a scenario"),
    ],
    ids=["bounds", "type", "unknown", "contradiction", "no section", "no TOML", "binary"],
)
def test_a_bad_scenario_file_is_refused(run_command, tmp_path, verb, content, said):
    (tmp_path / "bad.toml").write_text(content)
    status, _, errors = run_command(*verb, "--scenario", "bad.toml")
    assert status == 2
    assert said in errors


@pytest.mark.parametrize(
    ("words", "said"),
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
            ["check", str(HELD), "--table", "x"],
            'Unknown table "x". Choose from: inclusion_observed; take_up',
        ),
        (["snapshot", "2014"], "such as 2014-Q2"),
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
        (["snapshot", "2014-Q2", "--store", "s3://x"], "is not a folder"),
        (["serve", "--port", "70000"], "--port"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_a_request_that_cannot_be_met_is_refused_with_what_would_be_right(run_command, words, said):
    status, output, errors = run_command(*words)
    assert (status, output) == (2, "")
    assert said in errors


class TestSeveralTopics:
    @pytest.fixture(autouse=True)
    def _two_topics(self, monkeypatch):
        monkeypatch.setitem(TOPICS, "second", replace(topic, name="second"))

    def test_a_setting_must_say_for_which(self, run_command):
        _, _, errors = run_command("snapshot", "2014-Q2", "--set", "dropout=0.2")
        assert "write TOPIC.dropout=0.2" in errors

    def test_a_scenario_file_is_of_one(self, run_command, tmp_path):
        (tmp_path / "a.toml").write_text("")
        _, _, errors = run_command("snapshot", "2014-Q2", "--scenario", "a.toml")
        assert "name the topic with --topic" in errors

    def test_a_name_nobody_has_is_told_with_all(self, run_command):
        _, _, errors = run_command("run", "x")
        there = "; ".join(TOPICS)
        assert errors == f'Unknown topic "x". Choose from: {there}.\n'


def changed_table(**cells):
    """The held table with other cells in its first row, or without a column (None)."""
    rows = list(csv.DictReader(io.StringIO(HELD.read_text(encoding="utf-8"))))
    rows[0] |= {name: cell for name, cell in cells.items() if cell is not None}
    names = [name for name in rows[0] if cells.get(name, "") is not None]
    file = io.StringIO()
    writer = csv.DictWriter(file, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


BAD_TABLES = {
    "missing column": (changed_table(share=None), 1, "share", "missing"),
    "blank": (changed_table(measure=""), 2, "measure", "blank"),
    "negative": (changed_table(people="-3"), 2, "people", "negative"),
    "share": (changed_table(share="21"), 2, "share", "21% is 0.21"),
    "no number": (changed_table(people="many"), 2, "people", '"many" is not a whole number'),
    "empty": (b"", None, None, "empty"),
    "binary": (b"\x7fELF\0\xff", None, None, "not"),
}


class TestCheck:
    def test_the_held_table_is_right(self, run_command):
        status, output, _ = run_command("check", HELD, "--table", "inclusion_observed", "--json")
        expected = {"table": "inclusion_observed", "rows": 17, "errors": [], "oddities": []}
        assert (status, json.loads(output)) == (0, expected)

    @pytest.mark.parametrize("bad", BAD_TABLES)
    def test_an_error_is_refused_with_its_row_and_column(self, run_command, tmp_path, bad):
        content, row, column, message = BAD_TABLES[bad]
        (tmp_path / "bad.csv").write_bytes(content)
        words = ("check", "bad.csv", "--table", "inclusion_observed")
        status, output, errors = run_command(*words, "--json")
        [result] = json.loads(output)["errors"]
        assert (status, result["row"], result["column"]) == (2, row, column)
        assert list(result) == ["row", "column", "value", "message"]
        assert message in result["message"]
        whole = "" if row is None else " is not a valid inclusion_observed table"
        assert errors.startswith(f"bad.csv{whole}: ")

        status, output, errors = run_command(*words)
        assert status == 2
        place = "" if row in {None, 1} else f"row {row}, column {column}: "
        assert output.startswith(f"error: {place}")

    def test_every_error_is_printed(self, run_command, tmp_path):
        (tmp_path / "bad.csv").write_bytes(changed_table(people="-3", share="21", measure=""))
        _, output, errors = run_command("check", "bad.csv", "--table", "inclusion_observed")
        assert output.count("error: row 2, column ") == 3
        assert "3 errors. First: row 2, column measure: is blank" in errors

    def test_an_oddity_is_reported_and_lets_the_run_go_on(self, run_command, tmp_path):
        lines = HELD.read_text(encoding="utf-8").splitlines()
        odd = "".join(
            f"{line},{'extra' if index == 0 else 1}\n" for index, line in enumerate(lines)
        )
        (tmp_path / "odd.csv").write_text(odd, encoding="utf-8")
        status, output, errors = run_command("check", "odd.csv", "--table", "inclusion_observed")
        assert (status, errors) == (0, "")
        assert "warning: row 1, column extra" in output

    def test_a_held_table_that_was_changed_is_refused_by_run(
        self, run_command, tmp_path, monkeypatch
    ):
        data = tmp_path / "data"
        data.mkdir()
        (data / HELD.name).write_bytes(changed_table(people="12"))
        (data / "datapackage.json").write_bytes((ROOT / "data" / "datapackage.json").read_bytes())
        monkeypatch.setattr("workbook.tables.resource_folder", lambda *_: data)
        status, _, errors = run_command("run", "digital_inclusion")
        assert status == 2
        assert "the checksum of inclusion_observed.csv is" in errors


class TestList:
    def test_it_says_of_each_topic_what_the_contract_says(self, run_command):
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

    def test_no_model_is_run(self):
        def failing(*_):
            raise AssertionError

        description = describe_topic(replace(topic, model=failing))
        assert len(description["indicators"]) == len(topic.indicators)

    def test_for_people_it_is_a_table(self, run_command):
        output = run_command("list")[1]
        assert topic.question[:40] in output
        assert "programme_starts" in output
        assert "probability_of_target" in output


class TestSnapshot:
    def test_a_run_that_fails_is_one_sentence_and_status_1(
        self, run_command, tmp_path, monkeypatch
    ):
        home = tmp_path / "notebooks"
        home.mkdir()
        write_notebook(home, "1 / 0").rename(home / "digital_inclusion.ipynb")
        monkeypatch.setattr("workbook.topic.resource_folder", lambda *_: home)
        arguments = ("snapshot", "2014-Q2", "--topic", "digital_inclusion")
        status, output, errors = run_command(*arguments)
        assert (status, output) == (1, "")
        [kept] = (tmp_path / "snapshots" / ".failed").iterdir()
        assert errors == (
            "digital_inclusion failed in cell 3 (1 / 0): ZeroDivisionError: division by zero. "
            f"The unfinished files are in snapshots/.failed/{kept.name}.\n"
        )
        assert [path.name for path in (tmp_path / "snapshots").iterdir()] == [".failed"]


class TestWhatIsWrong:
    def test_a_fault_of_our_own_is_a_sentence_and_status_1(self, run_command, monkeypatch):
        monkeypatch.setitem(TOPICS, "digital_inclusion", _failing_topic())
        status, _, errors = run_command("run", "digital_inclusion")
        assert (status, errors) == (1, "KeyError: 'people'. Use --debug to see the traceback.\n")

    def test_a_models_own_refusal_is_a_failed_run(self, run_command, monkeypatch):
        monkeypatch.setitem(
            TOPICS, "digital_inclusion", _failing_topic(ValueError("no convergence"))
        )
        assert run_command("run", "digital_inclusion")[::2] == (1, "no convergence.\n")

    def test_debug_shows_where_wherever_it_stands(self, run_command, monkeypatch):
        monkeypatch.setitem(TOPICS, "digital_inclusion", _failing_topic())
        for words in (
            ["--debug", "run", "digital_inclusion"],
            ["run", "digital_inclusion", "--debug"],
        ):
            status, _, errors = run_command(*words)
            assert status == 1
            assert "Traceback" in errors
            assert "KeyError: 'people'" in errors


def _failing_topic(error=None):
    def model(*_):
        raise error or KeyError("people")

    return replace(topic, model=model)


class TestProcess:
    """The same, as other programs start it."""

    def run(self, *words, **options):
        command = [sys.executable, "-m", "workbook.cli", *words]
        return subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, **options
        )

    def test_help_and_version(self):
        assert "snapshot" in self.run().stdout
        assert self.run("--version").stdout.startswith("workbook ")

    def test_help_loads_no_library_that_takes_long(self):
        code = "import sys; sys.argv = ['workbook', '--help']; from workbook.cli import main\n"
        code += (
            "try: main()\nexcept SystemExit: print(sorted({'pandas', 'altair'} & {*sys.modules}))"
        )
        answer = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert answer.stdout.endswith("[]\n")

    def test_a_refusal_is_status_2_and_a_sentence(self):
        answer = self.run("run", "digital_inclusion", "--set", "dropout=21")
        assert (answer.returncode, answer.stdout) == (2, "")
        assert answer.stderr == (
            "dropout is 21.0: it must be a fraction of 1 (21% is 0.21) from 0 to 1.\n"
        )
