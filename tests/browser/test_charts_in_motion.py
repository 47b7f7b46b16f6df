"""How charts follow a change: what is seen first, what is marked as stale, and what stays still."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chart_drawing import drawing_page, drawn_traits
from tests.golden import TOPICS

INCLUSION = TOPICS["digital_inclusion"]

SHOW_CHARTS = """async ({ charts, isClosed }) => {
  const section = document.createElement("details");
  section.open = !isClosed;
  document.body.append(section);
  window.models = {};
  for (const [name, state] of Object.entries(charts)) {
    const element = document.createElement("div");
    window.models[name] = createModel({ study_id: "", ...state });
    await window.chartWidget.render({ model: window.models[name], el: element });
    section.append(element);
  }
}"""
CHANGE = "([name, state]) => models[name].update({ ...state, render_count: 2 })"
HAND = """value => {
  // The hand rests as long as the test needs, however busy the machine is.
  const setTimer = globalThis.setTimeout;
  const resting = [];
  globalThis.setTimeout = (act, delay) =>
    delay >= 500 ? resting.push(act) : setTimer(act, delay);
  globalThis.endRest = () => { for (const act of resting.splice(0)) act(); };
  document.querySelector(".wb-form input").value = value;
  document.querySelector(".wb-form input").dispatchEvent(new Event("input", { bubbles: true }));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that draws charts, and one form with one input."""
    with drawing_page(browser) as drawings:
        drawings.page.evaluate(
            "document.body.innerHTML = '<form class=wb-form><input type=number></form>'"
        )
        yield drawings.page
        assert drawings.messages == []


@cache
def path_traits(**values: object) -> str:
    """The traits of the path of a scenario as JSON, worked out once."""
    return json.dumps(drawn_traits(INCLUSION, INCLUSION.Scenario(**values), deferred=False)["path"])


def show_path(
    page: Page,
    values: Mapping[str, object] = MappingProxyType({}),
    *,
    is_closed: bool = False,
    **traits: object,
) -> None:
    """Show the chart of the path."""
    chart = json.loads(path_traits(**values)) | traits
    page.evaluate(SHOW_CHARTS, {"charts": {"path": chart}, "isClosed": is_closed})


def change_path(page: Page, **values: object) -> None:
    """Show the path of another scenario."""
    page.evaluate(CHANGE, ["path", json.loads(path_traits(**values))])


def axis_labels(page: Page) -> list[str]:
    """The labels of the vertical axis."""
    return page.locator("svg .role-axis-label").last.locator("text").all_inner_texts()


def test_a_chart_in_a_closed_section_is_drawn_when_it_is_opened(page: Page) -> None:
    page.evaluate("globalThis.requestIdleCallback = () => {}")  # a page that is never idle
    show_path(page, is_closed=True)
    page.wait_for_function("workbookCharts.size === 1")
    assert page.locator("figure svg").count() == 0
    page.evaluate("document.querySelector('details').open = true")
    expect(page.locator("figure svg")).to_be_visible()


def test_a_chart_in_a_closed_section_is_drawn_in_idle_time(page: Page) -> None:
    show_path(page, is_closed=True)
    expect(page.locator("figure svg")).to_be_attached()


def test_a_chart_is_drawn_before_printing(page: Page) -> None:
    show_path(page, is_closed=True)
    expect(page.locator("figure svg")).to_be_attached()
    change_path(page, programme_starts=0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "Scenario6.2" in str(page.locator("figure svg").text_content())


def test_a_deferred_chart_is_stale_from_the_change_until_its_result(page: Page) -> None:
    show_path(page, is_deferred=True)
    figure, plot = page.locator("figure"), page.locator(".wb-plot")
    expect(page.locator("figure svg")).to_be_visible()
    height = plot.bounding_box()
    page.evaluate("document.dispatchEvent(new CustomEvent('workbook:state', { detail: 'busy' }))")
    expect(figure).to_contain_text("Calculating…")
    expect(plot).to_have_attribute("aria-busy", "true")
    assert plot.bounding_box() == height
    assert page.locator("figure svg").is_visible()
    change_path(page, programme_starts=0)
    page.evaluate("document.dispatchEvent(new CustomEvent('workbook:state', { detail: 'ready' }))")
    expect(plot).to_have_attribute("aria-busy", "false")
    expect(figure.locator(".wb-chart-status")).to_be_hidden()


def test_the_axes_stay_still_while_a_hand_moves_one_input(page: Page) -> None:
    show_path(page, {"baseline_people": 30_000_000})
    expect(page.locator("figure svg")).to_be_visible()
    before = axis_labels(page)
    page.evaluate(HAND, "1")
    change_path(page, baseline_people=11_000_000)
    expect(page.locator("figure svg")).to_contain_text("Target4.6")
    assert axis_labels(page) == before
    page.evaluate("endRest()")
    expect(page.locator("figure svg .role-axis-label").last).to_contain_text("12")
    assert axis_labels(page) != before


@pytest.mark.parametrize(("motion", "is_moving"), [("no-preference", True), ("reduce", False)])
def test_marks_glide_unless_reduced_motion_is_preferred(
    page: Page, motion: str, *, is_moving: bool
) -> None:
    page.emulate_media(reduced_motion=motion)
    show_path(page)
    expect(page.locator("figure svg")).to_be_visible()
    page.evaluate(
        "() => { const glide = Element.prototype.animate; window.glides = 0;"
        " Element.prototype.animate = function (...given)"
        " { window.glides += 1; return glide.apply(this, given); }; }"
    )
    change_path(page, programme_starts=900_000)
    expect(page.locator("figure .wb-plot")).to_have_attribute("data-render-count", "2")
    assert page.evaluate("glides > 0") is is_moving


def test_a_chart_is_read_once_and_has_its_own_address(page: Page) -> None:
    show_path(page)
    expect(page.locator("figure svg")).to_be_visible()
    expect(page.locator("figure > figcaption").get_by_role("heading", level=3)).not_to_be_empty()
    expect(page.locator("figure#chart-path")).to_have_attribute("data-chart", "path")
    plot = page.locator(".wb-plot")
    expect(plot).to_have_role("group")
    expect(plot).to_have_accessible_name("Chart")
    expect(plot).to_have_accessible_description(
        "With a keyboard, use the arrow keys to read the data."
    )
    expect(page.locator("figure .wb-chart-help")).to_have_attribute("aria-hidden", "true")
    title = page.locator("figure h3").inner_text()
    expect(page.locator("figure#chart-path")).to_have_accessible_name(title)
    expect(page.locator("figure svg")).to_have_accessible_name("Chart")
    description = page.locator("figure .wb-description")
    expect(description).to_be_hidden()
    assert page.locator("figure details .wb-description").count() == 1


@pytest.mark.parametrize(
    ("topic_name", "name"),
    [("quarterly_report", "findings"), ("delivery", "programmes"), ("savings", "published")],
)
def test_bars_that_are_stacked_have_their_length(page: Page, topic_name: str, name: str) -> None:
    topic = TOPICS[topic_name]
    chart = drawn_traits(topic, topic.Scenario(), deferred=False)[name]
    page.evaluate(SHOW_CHARTS, {"charts": {name: chart}, "isClosed": False})
    bars = page.locator(".mark-rect path")
    expect(bars.first).to_be_attached()
    widths = bars.evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)")
    assert max(widths) > 100
