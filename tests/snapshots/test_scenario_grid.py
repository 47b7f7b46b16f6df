"""The sliders of a sealed report: every position is a result of the model."""

import json
import random
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.page_actions import accessibility_violations, expect_no_sideways_scrolling
from tests.browser.page_actions import run_command as run_model
from tests.snapshots.example_topic import People, evaluate_people, snapshot_job
from tests.snapshots.example_topic import topic as example_topic
from workbook.cli import main
from workbook.scenario import ScenarioError, value_error
from workbook.snapshots.scenario_grid import choose_levers, compute_grid
from workbook.snapshots.snapshot import make_snapshot
from workbook.topics.registry import TOPICS


def reject_four(tables, scenario):
    if scenario.people == 4:
        raise ScenarioError([value_error("people", 4, "it must not be 4.")])
    return evaluate_people(tables, scenario)


PICKY_TOPIC = replace(example_topic, model=reject_four)
NUMERIC_TOPICS = ["digital_inclusion", "take_up", "savings", "policymaking"]


@pytest.mark.parametrize("name", NUMERIC_TOPICS)
def test_levers_spread_on_both_sides_of_the_scenario_within_the_bounds(name):
    topic = TOPICS[name]
    scenario = topic.Scenario()
    levers = choose_levers(topic, scenario)
    assert 1 <= len(levers) <= 2
    for lever in levers:
        value = scenario.values()[lever.parameter.name]
        assert lever.values == tuple(sorted(set(lever.values)))
        assert lever.values[0] < value < lever.values[-1]
        assert {type(position) for position in lever.values} == {type(value)}
        for position in lever.values:
            scenario.replace(**{lever.parameter.name: position})


def test_a_topic_whose_levers_are_filters_has_no_grid():
    topic = TOPICS["delivery"]
    outcome = topic.run()
    assert choose_levers(topic, outcome.scenario) == ()
    assert compute_grid(topic, outcome, topic.load_tables(outcome.scenario)).points == ()


def test_values_end_at_the_bounds():
    levers = choose_levers(example_topic, People(people=100))
    assert [lever.values for lever in levers] == [(20, 40, 60, 80, 100)]
    assert choose_levers(example_topic, People(people=0)) == ()


def test_a_scenario_that_the_model_rejects_has_a_reason():
    topic = PICKY_TOPIC
    outcome = topic.run()
    points = {point.values["people"]: point for point in compute_grid(topic, outcome, {}).points}
    assert list(points) == [0, 1, 2, 3, 4, 5, 6, 7]  # four steps of 1 each way; −1 is too low
    assert points[3].outcome is outcome
    assert points[4].outcome is None
    assert "it must not be 4" in points[4].problem


def test_a_report_says_why_there_is_no_result(tmp_path, page):
    folder = make_snapshot(snapshot_job(tmp_path, topic_to_run=PICKY_TOPIC))
    page.goto((folder / "small" / "report.html").as_uri())
    headline = page.locator(".wb-grid [role=status]")
    expect(headline).to_have_text("3 people.")
    page.get_by_role("slider", name="People").press("ArrowRight")
    expect(headline).to_contain_text("There is no result for these values.")
    expect(headline).to_contain_text("it must not be 4")
    page.get_by_role("button", name="Back to the report").press("Enter")
    expect(headline).to_have_text("3 people.")


@pytest.fixture(scope="module")
def sealed_report(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    with pytest.raises(SystemExit) as end:
        main(
            [
                *("snapshot", "2014-Q2", "--topic=digital_inclusion", f"--store={store}"),
                "--overdue=The next survey is awaited",
            ]
        )
    assert not end.value.code
    return store / "2014-Q2" / "r1" / "digital_inclusion" / "report.html"


@pytest.mark.slow
@pytest.mark.timeout(900)  # a whole snapshot and twenty runs take long on a machine that is busy
def test_a_sealed_report_gives_the_model_s_figures_without_a_network(sealed_report, page):
    page.goto(sealed_report.as_uri())
    section = page.locator(".wb-grid")
    sliders = section.locator("input")
    assert accessibility_violations(page) == []
    scenarios = [
        json.loads(text)
        for text in section.locator("template").evaluate_all(
            "templates => templates.map((template) => template.dataset.values)"
        )
    ]
    assert len(scenarios) == 25
    for place in random.Random(2014).sample(range(25), 20):
        for slider, position in zip(sliders.all(), divmod(place, 5), strict=True):
            slider.press("Home")
            for _ in range(position):
                slider.press("ArrowRight")
        expected = run_model("digital_inclusion", **scenarios[place])
        assert section.get_by_role("status").inner_text() == expected["headline"]
        shown = section.locator("tr[data-indicator]").evaluate_all(
            "rows => rows.map(({ dataset }) => [dataset.indicator, dataset.value])"
        )
        assert dict(shown) == {
            indicator["name"]: "" if indicator["value"] is None else str(indicator["value"])
            for indicator in expected["indicators"]
        }
        expect(section.locator("svg")).to_have_count(1)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(page, width)
    assert accessibility_violations(page) == []
