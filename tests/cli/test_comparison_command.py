"""The command that compares scenarios: its JSON, its text and what it rejects."""

import json

import pytest

from workbook.cli import main


@pytest.fixture
def run_compare(tmp_path, capsys, monkeypatch):
    """Run the command in a folder with one scenario file; returns its status, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "250")
    (tmp_path / "more.toml").write_text("[parameters]\nprogramme_starts = 800000\n", "utf-8")

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["scenario", "compare", *arguments])
        output, errors = capsys.readouterr()
        return stopped.value.code, output, errors

    return run


def test_the_json_is_that_of_the_contract(run_compare):
    status, output, errors = run_compare("digital_inclusion", "default", "more.toml", "--json")
    assert (status, errors) == (0, "")
    record = json.loads(output)
    assert record["scenarios"] == ["default", "more.toml"]
    assert record["parameters"] == [{"name": "programme_starts", "values": [None, 800_000]}]
    excluded = {entry["name"]: entry for entry in record["indicators"]}["people_excluded"]
    # 500,000 more starts a year for six years help 0.7 × 0.8 × 0.75 each
    assert excluded["difference"] == pytest.approx(-1_260_000)
    assert excluded["by_parameter"] == {"programme_starts": pytest.approx(-1_260_000)}
    assert {"name", "values", "difference", "by_parameter"} <= excluded.keys()


def test_the_text_has_the_finding_and_every_table(run_compare):
    status, output, _ = run_compare("digital_inclusion", "more.toml", "default", "default")
    assert status == 0
    for text in ("5.4 million in “default (2)”", "800,000", "+1.3 million", "difference default"):
        assert text in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("digital", "default", "more.toml"), "Unknown topic"),
        (("digital_inclusion", "default", "none.toml"), "none.toml"),
        (("digital_inclusion", *["default"] * 5), "There are 5 scenarios to compare: give 2 to 4"),
        (("delivery", "default", "more.toml"), "programme_starts"),
    ],
)
def test_an_invalid_request_is_one_sentence(run_compare, arguments, words):
    status, output, errors = run_compare(*arguments)
    assert (status, output) == (2, "")
    assert words in errors
    assert "Traceback" not in errors
