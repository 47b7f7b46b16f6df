"""``workbook assurance``: a check is recorded and listed."""

import json

import pytest

from workbook.cli import main

RECORD = ["record", "digital_inclusion", "--analyst=A. Analyst", "--checked=NPV by hand"]


@pytest.fixture
def run_assurance(tmp_path, capsys):
    """Run the command on an empty folder; returns its exit status, output and errors."""

    def run(command, *arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["assurance", command, *arguments, f"--folder={tmp_path}"])
        return (stopped.value.code, *capsys.readouterr())

    return run


def test_a_check_is_recorded_and_listed(run_assurance):
    status, output, _ = run_assurance(*RECORD, "--assurer=B. Assurer", "--date=2026-11-02")
    assert (status, output.startswith("Recorded: ")) == (0, True)
    (row,) = json.loads(run_assurance("list", "--json")[1])
    assert row["topic"] == "digital_inclusion"
    assert (row["date"], row["assurer"]) == ("2026-11-02", "B. Assurer")
    listing = run_assurance("list", "digital_inclusion")[1]
    assert "NPV by hand" in listing
    assert "Assurer" in listing


def test_a_topic_without_checks_says_so(run_assurance):
    assert "no check is recorded" in run_assurance("list", "savings")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([*RECORD, "--assurer=A. Analyst"], "somebody other than the analyst"),
        ([*RECORD, "--assurer=B", "--date=2999-01-01"], "in the future"),
        (["record", "savngs", *RECORD[2:], "--assurer=B"], 'Did you mean "savings"'),
    ],
)
def test_an_invalid_check_is_rejected_in_a_sentence(run_assurance, arguments, message):
    status, output, errors = run_assurance(*arguments)
    assert (status, output) == (2, "")
    assert message in errors
