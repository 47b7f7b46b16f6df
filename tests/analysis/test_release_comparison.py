"""What is said of two releases: which figures moved, what only one rejects, what is declared."""

from tests.analysis.example_topic import topic as rides
from workbook.analysis.release_comparison import (
    ReleaseComparison,
    compare_results,
    describe_declarations,
)

BASE = rides.Scenario().values()
SCENARIOS = [BASE, {**BASE, "riders": 20}, {**BASE, "riders": 5}]


def results(*values):
    return [
        {"figures": {"sold": [value, None, None], "word": ["2014-Q2", None, None]}}
        for value in values
    ]


def test_moved_figures_are_counted_and_the_largest_change_is_shown():
    compared = compare_results(rides, SCENARIOS, results(5.0, 10.0, 2.0), results(5.0, 11.0, 1.0))
    [moved] = compared.indicators
    assert (moved.name, moved.moved, moved.before, moved.now) == ("sold", 2, 2.0, 1.0)
    assert moved.scenario == {"riders": 5}
    assert (compared.scenarios, compared.same) == (3, 1)


def test_rounding_is_no_movement():
    compared = compare_results(rides, SCENARIOS[:1], results(0.1 + 0.2), results(0.3))
    assert (compared.indicators, compared.same) == ((), 1)


def test_a_range_alone_may_move():
    before, now = ([{"figures": {"sold": [5.0, low, 9.0]}}] for low in (1.0, 2.0))
    compared = compare_results(rides, SCENARIOS[:1], before, now)
    [moved] = compared.indicators
    assert (moved.moved, moved.range_moved) == (0, 1)


def test_a_figure_that_becomes_known_or_another_quarter_has_moved():
    before = [{"figures": {"a": [None] * 3, "b": ["2014-Q2", None, None]}}]
    now = [{"figures": {"a": [0.0, None, None], "b": ["2014-Q3", None, None]}}]
    compared = compare_results(rides, SCENARIOS[:1], before, now)
    assert {moved.name for moved in compared.indicators} == {"a", "b"}


def test_what_only_one_release_rejects_is_counted():
    error = {"error": "ScenarioError: no"}
    compared = compare_results(
        rides,
        SCENARIOS,
        [error, error, *results(1.0)],
        [error, *results(1.0), error],
    )
    assert (compared.same, compared.rejected_before, compared.rejected_now) == (1, 1, 1)
    assert compared.first_error == "ScenarioError: no"


def test_declarations_are_compared():
    before = {
        "defaults": {"fare": 2, "bus": "12", "old": 1},
        "indicators": {"sold": {}, "gone": {}},
    }
    now = {"defaults": {"fare": 3, "line": "12", "new": 1}, "indicators": {"sold": {}, "free": {}}}
    assert list(describe_declarations(before, now, {"line": "bus", "fare": "fare"})) == [
        "The default of fare was 2 and is 3.",
        "bus is called line now.",
        "New parameter new.",
        "old is no longer a parameter.",
        "New indicator free.",
        "gone is no longer an indicator.",
    ]


def test_the_record_is_plain_data():
    compared = compare_results(rides, SCENARIOS, results(5.0, 10.0, 2.0), results(5.0, 11.0, 1.0))
    record = ReleaseComparison("v1", "this release", (compared,), ("A note.",)).as_dict()
    assert (record["from"], record["to"], record["scenarios"]) == ("v1", "this release", 3)
    [topic] = record["topics"]
    assert topic["indicators"][0] == {
        "name": "sold",
        "unit": "",
        "moved": 2,
        "range_moved": 0,
        "from": 2.0,
        "to": 1.0,
        "scenario": {"riders": 5},
    }
