"""Each golden scenario gives the outcome in its folder."""

import json

import pandas as pd
import pytest

from tests.golden import (
    GOLDEN_FOLDER,
    RELATIVE_TOLERANCE,
    SCENARIO_FOLDERS,
    TOPICS,
    evaluate_golden,
    read_table,
)


@pytest.fixture(
    scope="module", params=SCENARIO_FOLDERS, ids=lambda path: str(path.relative_to(GOLDEN_FOLDER))
)
def golden_case(request):
    """A folder and what its scenario gives."""
    return request.param, evaluate_golden(request.param)


def test_the_headline_and_the_indicators(golden_case):
    folder, outcome = golden_case
    expected = json.loads((folder / "indicators.json").read_text("utf-8"))
    assert outcome.headline == expected["headline"]
    actual = [indicator.as_dict() for indicator in outcome.indicators]
    assert [indicator["name"] for indicator in actual] == [
        indicator["name"] for indicator in expected["indicators"]
    ]
    for one, other in zip(actual, expected["indicators"], strict=True):
        # the default tolerance of approx is RELATIVE_TOLERANCE
        assert one == {name: pytest.approx(value) for name, value in other.items()}


def test_the_tables(golden_case):
    folder, outcome = golden_case
    assert {f"{name}.csv" for name in outcome.table_names} == {p.name for p in folder.glob("*.csv")}
    for table in outcome.tables:
        expected = read_table(folder / f"{table.name}.csv", table.frame)
        pd.testing.assert_frame_equal(table.frame, expected, rtol=RELATIVE_TOLERANCE)


def test_every_topic_has_its_default_and_every_published_scenario_among_them():
    for topic in TOPICS.values():
        folders = [folder for folder in SCENARIO_FOLDERS if folder.parent.name == topic.name]
        kept = [topic.Scenario.from_file(folder / "scenario.toml") for folder in folders]
        assert topic.Scenario() in kept
        assert all(scenario in kept for scenario in topic.scenarios.published.values())
