"""``workbook claims``: every figure of the July 2014 report, recomputed where that can be done."""

import json

import pytest

from workbook.cli.main import app


@pytest.fixture
def command(capsys):
    """A command's exit status and what it prints."""

    def run(*words):
        try:
            app(list(words))
            status = 0
        except SystemExit as ended:
            status = ended.code or 0
        return (status, capsys.readouterr().out)

    return run


def test_it_gives_each_claim_with_its_working_and_fails_for_none(command):
    status, said = command("claims", "--json")
    assert status == 0
    found = {each["id"]: each for each in json.loads(said)}
    names = ["id", "claim", "printed", "computed", "verdict", "working", "missing"]
    assert all(list(each) == names for each in found.values())
    assert all(each["working"] or each["missing"] for each in found.values())
    third = found["C70"]
    assert third["verdict"] == "not reproduced"
    assert "17,232" in third["working"]
    assert "13,668" in third["working"]
    assert "26.1%" in third["working"]


def test_for_people_it_says_how_many_there_are_of_each(command):
    status, said = command("claims")
    assert status == 0
    assert "23 reproduced; 10 not reproduced" in " ".join(said.split())
