"""Real snapshots of all topics, made by two releases of the code on two releases of the data."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from workbook.analysis.change_attribution import CAUSES
from workbook.topics.registry import TOPICS

# The first test makes two whole snapshots, which takes long on a machine that is busy.
pytestmark = pytest.mark.timeout(1200)

EARLIER, LATER = "2014-Q2", "2014-Q3"
CODE = Path("workbook/topics/digital_inclusion/indicator_values.py")
FORMULA = 'values["programme_starts"] * years * values["unit_cost"]'
TABLE = Path("data/take_up.csv")
SERVICE = "Domestic applications for UK passports,Requesting a licence or consent,Fees and charges"
ROW = f"{SERVICE},2014-03,"


def run_workbook(checkout, *arguments):
    """Run a command of the code in a checkout; returns its output."""
    command = [sys.executable, "-P", "-m", "workbook.cli", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    completed = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert completed.returncode == 0, completed.stderr
    return completed.stdout


@pytest.fixture(scope="module")
def former_checkout(tmp_path_factory):
    """An earlier release: another formula, and a service with fewer transactions."""
    folder = tmp_path_factory.mktemp("former")
    for name in ("workbook", "notebooks", "data"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    code = (folder / CODE).read_text(encoding="utf-8")
    (folder / CODE).write_text(code.replace(FORMULA, f"{FORMULA} * 1.02"), encoding="utf-8")
    table = (folder / TABLE).read_text(encoding="utf-8")
    assert table.count(ROW) == 1
    (folder / TABLE).write_text(table.replace(ROW, f"{ROW}1"), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-P", "-m", "workbook.topics"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        check=True,
    )
    return folder


@pytest.fixture(scope="module")
def comparison(former_checkout, tmp_path_factory):
    """What the command prints of a snapshot of each release."""
    store = tmp_path_factory.mktemp("archive")
    run_workbook(former_checkout, "snapshot", EARLIER, "--store", store)
    setting = "digital_inclusion.unit_cost=100"
    run_workbook(ROOT, "snapshot", LATER, "--store", store, "--set", setting)
    return json.loads(run_workbook(ROOT, "compare", EARLIER, LATER, "--store", store, "--json"))


def test_the_parts_add_up_for_every_indicator_of_every_topic(comparison):
    assert {entry["topic"] for entry in comparison["indicators"]} == set(TOPICS)
    for entry in comparison["indicators"]:
        parts = [entry[cause] for cause in CAUSES if entry[cause] is not None]
        if entry["difference"] is None:
            assert parts == []
        else:
            size = max(abs(entry["from"]), abs(entry["to"]))
            assert sum(parts) == pytest.approx(entry["difference"], rel=1e-9, abs=1e-9 * size)
    moved = {cause for entry in comparison["indicators"] for cause in CAUSES if entry[cause]}
    assert moved == set(CAUSES)


def test_each_cause_is_where_it_was_made(comparison):
    by_cause = {
        cause: {
            (entry["topic"], entry["name"]) for entry in comparison["indicators"] if entry[cause]
        }
        for cause in CAUSES
    }
    cost = ("digital_inclusion", "programme_cost")
    assert by_cause["code"] == {cost}
    assert cost in by_cause["assumptions"]
    assert {topic for topic, _ in by_cause["assumptions"]} == {"digital_inclusion"}
    assert ("savings", "npv_on_forecast") in by_cause["revised_data"]
