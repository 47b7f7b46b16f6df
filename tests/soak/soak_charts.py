"""Every chart of every topic at every width and at the extreme values of every parameter."""

import pytest
from playwright.sync_api import sync_playwright

from tests.chart_drawing import WIDTHS, drawing_page, drawn_traits, extreme_scenarios
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.golden import TOPICS


@pytest.fixture(scope="module")
def drawings():
    """A page that draws charts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        with drawing_page(browser) as page:
            yield page
        browser.close()


@pytest.mark.parametrize("topic", TOPICS)
def test_no_text_of_a_chart_overlaps_or_leaves_it(drawings, topic):
    faults = {}
    for name, scenario in extreme_scenarios(TOPICS[topic]):
        charts = drawn_traits(TOPICS[topic], scenario, deferred=topic != "savings")
        for screen, width in WIDTHS.items():
            faults[name, screen] = drawings.find_faults(width, charts)
    assert {case: found for case, found in faults.items() if found} == {}


def test_the_deferred_charts_of_savings(drawings):
    charts = drawn_traits(TOPICS["savings"], TOPICS["savings"].Scenario())
    faults = {screen: drawings.find_faults(width, charts) for screen, width in WIDTHS.items()}
    assert {screen: found for screen, found in faults.items() if found} == {}
