"""The command `workbook seek`: its JSON, its sentence and its refusals."""

import json

import pytest

from workbook.cli import main

ASKED = {
    "--indicator": "gap_to_target",
    "--reach": "0",
    "--by": "programme_starts",
    "--set": "draws=200",
}


@pytest.fixture
def seek(capsys):
    """Run the command; returns its exit code, output and errors."""

    def run(*flags, topic="digital_inclusion", **changes):
        options = ASKED | {f"--{name}": value for name, value in changes.items()}
        words = [word for pair in options.items() for word in pair]
        with pytest.raises(SystemExit) as stopped:
            main(["seek", topic, *words, *flags])
        return stopped.value.code, *capsys.readouterr()

    return run


def test_json_has_the_keys_of_the_contract(seek):
    status, output, errors = seek("--json")
    result = json.loads(output)
    assert (status, errors) == (0, "")
    assert list(result) == ["status", "parameter", "value", "indicator", "reached", "probability"]
    assert (result["status"], result["value"]) == ("reached", 618_800)
    assert result["reached"] <= 0
    assert 0 < result["probability"] < 1


def test_the_first_line_is_a_sentence(seek):
    assert seek()[1].splitlines()[0] == (
        "“Programme starts a year” must be 618,800 (now 300,000): then “Gap to target (negative if"
        " met)” is −1 (now 803,000)."
    )


def test_a_probability(seek):
    result = json.loads(seek("--json", probability="0.8")[1])
    assert result["status"] == "reached"
    assert result["probability"] == pytest.approx(0.8, abs=0.005)
    assert result["probability"] >= 0.8


def test_what_cannot_be_reached_is_an_answer(seek):
    status, output, _ = seek("--json", by="unit_cost")
    assert (status, json.loads(output)["status"]) == (0, "cannot be reached")


def test_a_negative_target(seek):
    assert json.loads(seek("--json", reach="-100000")[1])["reached"] <= -100_000


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"topic": "savngs"}, 'Unknown topic "savngs". Did you mean "savings"?'),
        ({"indicator": "gap"}, 'Unknown indicator "gap".'),
        ({"by": "starts"}, 'Unknown numeric parameter "starts".'),
        ({"reach": "none"}, '--reach is "none": it must be a number (30% is 0.3).'),
        ({"reach": "nan"}, '--reach is "nan": it must be a number (30% is 0.3).'),
        ({"probability": "80%"}, '--probability is "80%": it must be a number (30% is 0.3).'),
        ({"probability": "2"}, "the probability is 2: it must be above 0 and at most 1."),
        (
            {"set": "department=MOJ"},
            'department is "Ministry of Justice": there are no figures for it. Leave it blank',
        ),
        ({"set": "draw=1"}, 'Unknown parameter "draw". Did you mean "draws"?'),
    ],
)
def test_an_invalid_request_is_refused_in_a_sentence(seek, changes, message):
    status, output, errors = seek(**changes)
    assert (status, output) == (2, "")
    assert errors.startswith(message)
    assert errors.count("\n") == 1
