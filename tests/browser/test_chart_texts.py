"""Every chart in Chromium: its texts lie inside, do not overlap, and the console is silent.

``tests/soak/soak_charts.py`` draws them at every extreme value of every parameter.
"""

import pytest

from tests.chart_drawing import WIDTHS, drawing_page, drawn_traits
from tests.golden import TOPICS

EXTREMES = {
    "digital_inclusion": {"floor_share": 1.0},
    "take_up": {"services": "Change of registered keeper: notifications"},
    "savings": {"take_up_target": 0.999},
    "delivery": {"quarter": "2013-Q1"},
    "policymaking": {"analysts": 1},
    "quarterly_report": {"quarter": "2013-Q1"},
}
"""A scenario of each topic in which labels would meet or a chart has nothing to draw."""


@pytest.fixture(scope="module")
def drawings(browser):
    with drawing_page(browser) as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_no_text_of_a_chart_overlaps_or_leaves_it(drawings, topic):
    charts = drawn_traits(TOPICS[topic], TOPICS[topic].Scenario(), deferred=topic != "savings")
    assert charts
    assert {width: drawings.find_faults(WIDTHS[width], charts) for width in WIDTHS} == {
        width: {} for width in WIDTHS
    }


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_nor_in_an_extreme_scenario(drawings, topic):
    scenario = TOPICS[topic].Scenario(**EXTREMES[topic])
    charts = drawn_traits(TOPICS[topic], scenario, deferred=False)
    assert charts
    assert drawings.find_faults(WIDTHS[320], charts) == {}


def test_a_chart_without_data_says_why(drawings):
    scenario = TOPICS["delivery"].Scenario(**EXTREMES["delivery"])
    charts = drawn_traits(TOPICS["delivery"], scenario, deferred=False)
    empty = {name for name, traits in charts.items() if traits["is_empty"]}
    assert empty
    drawings.find_faults(WIDTHS[320], charts)
    for name in empty:
        reason = drawings.page.locator(f"figure[data-chart={name}] .wb-plot .wb-description")
        assert reason.is_visible()
        assert "so no " in reason.inner_text()


@pytest.mark.parametrize(("shift", "fault"), [({"dy": -12}, "overlap"), ({"limit": 40}, "cut off")])
def test_an_overlap_and_a_text_cut_off_are_found(drawings, shift, fault):
    charts = drawn_traits(TOPICS["delivery"], TOPICS["delivery"].Scenario(), deferred=False)
    [layer] = [
        layer
        for layer in charts["progress"]["spec"]["layer"]
        if layer["encoding"].get("text", {}).get("field") == "text_lines"
    ][-1:]
    layer["mark"] |= shift
    faults = " ".join(
        drawings.find_faults(WIDTHS[320], {"progress": charts["progress"]})["progress"]
    )
    assert fault in faults
