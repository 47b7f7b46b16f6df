"""Ask what reaches a target, by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    expect_no_sideways_scrolling,
    find_field,
    wait_until_ready,
)

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"


@pytest.fixture
def goal_seek(topic_page: Page) -> Iterator[Locator]:
    """The section, opened, with the gap to the target chosen."""
    view = topic_page.locator(".wb-goal_seek-view")
    if not view.is_visible():
        topic_page.locator("#reach-a-target > summary").focus()
        topic_page.keyboard.press("Enter")
    choose(view.get_by_label("Figure", exact=True), "Gap to target")
    choose_way(view, "Change one assumption")
    yield view
    assert accessibility_violations(topic_page) == []


def choose(field: Locator, label: str) -> None:
    """Choose an option by typing the beginning of its label."""
    field.focus()
    field.page.keyboard.type(label)
    expect(field.locator("option:checked")).to_contain_text(label)


def choose_way(view: Locator, label: str) -> None:
    """Move to a radio button with the arrow keys."""
    view.locator("input[type=radio]:checked").focus()
    radio = view.get_by_role("radio", name=label)
    while not radio.is_checked():
        view.page.keyboard.press("ArrowDown")


def type_text(field: Locator, text: str) -> None:
    """Replace the text of a field."""
    field.focus()
    field.page.keyboard.press("Control+A")
    field.page.keyboard.type(text)


def calculate(view: Locator) -> None:
    view.get_by_role("button", name="Calculate").focus()
    view.page.keyboard.press("Enter")


def expect_fitting(page: Page) -> None:
    """Expect an accessible page that fits into a wide and a narrow window."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(page, width)
        assert accessibility_violations(page) == []


def test_use_the_value_and_take_it_back(topic_page: Page, goal_seek: Locator) -> None:
    choose(goal_seek.get_by_label("Assumption to change"), "Programme starts")
    type_text(goal_seek.get_by_label("Value to reach"), "0")
    topic_page.keyboard.press("Enter")
    answer = goal_seek.get_by_role("status").filter(has_text="must be 618,800 (now 300,000)")
    expect(answer).to_be_visible()
    expect_fitting(topic_page)
    before = displayed_values(topic_page)
    goal_seek.get_by_role("button", name="Use this value").focus()
    topic_page.keyboard.press("Enter")
    expect(find_field(topic_page, "programme_starts")).to_have_value("618800")
    wait_until_ready(topic_page)
    assert float(displayed_values(topic_page)["gap_to_target"]) <= 0
    used = goal_seek.get_by_role("status").filter(has_text="The form has this result now")
    expect(used).to_be_visible()
    expect(goal_seek.get_by_role("button", name="Calculate")).to_be_focused()
    topic_page.get_by_role("button", name="Undo", exact=True).focus()
    topic_page.keyboard.press("Enter")
    expect(find_field(topic_page, "programme_starts")).to_have_value("300000")
    wait_until_ready(topic_page)
    assert displayed_values(topic_page) == before
    expect(goal_seek.get_by_role("button", name="Use this value")).to_be_visible()


def test_a_target_that_is_no_number_is_rejected_beside_its_field(
    topic_page: Page, goal_seek: Locator
) -> None:
    target = goal_seek.get_by_label("Value to reach")
    type_text(target, "many")
    calculate(goal_seek)
    expect(target).to_be_focused()
    expect(target).to_have_attribute("aria-invalid", "true")
    message = "The value to reach must be a number, such as 1,000."
    expect(target).to_have_accessible_description(
        f"A number of people. The target is met at this value or below. Error: {message}"
    )
    expect(goal_seek.get_by_label("Probability (optional)")).to_have_accessible_description(
        re.compile("^A percentage from 50 to 99")
    )
    expect_fitting(topic_page)
    type_text(target, "0")
    calculate(goal_seek)
    expect(target).not_to_have_attribute("aria-invalid", "true")


def test_a_change_of_the_form_cancels_it(topic_page: Page, goal_seek: Locator) -> None:
    choose_way(goal_seek, "Trade two off against each other")
    choose(goal_seek.get_by_label("Assumption to change"), "Share who drop out")
    choose(goal_seek.get_by_label("Assumption to trade it off against"), "Programme starts")
    type_text(goal_seek.get_by_label("Value to reach"), "0")
    calculate(goal_seek)
    expect(goal_seek.get_by_role("progressbar")).to_be_visible()
    expect(goal_seek.get_by_text("of about 240 runs")).to_be_visible()
    find_field(topic_page, "persistence").fill("70")
    expect(goal_seek.get_by_text("Cancelled, because the scenario has changed.")).to_be_visible()
    wait_until_ready(topic_page)
    expect_fitting(topic_page)


def test_two_assumptions_have_a_chart_and_a_table(topic_page: Page, goal_seek: Locator) -> None:
    choose_way(goal_seek, "Trade two off against each other")
    choose(goal_seek.get_by_label("Assumption to change"), "Share who drop out")
    choose(goal_seek.get_by_label("Assumption to trade it off against"), "Programme starts")
    type_text(goal_seek.get_by_label("Value to reach"), "0")
    calculate(goal_seek)
    figure = goal_seek.locator("figure")
    expect(figure.get_by_role("heading")).to_contain_text("goes from")
    figure.scroll_into_view_if_needed()
    expect(figure.locator("svg").first).to_be_visible()
    figure.locator("summary").first.focus()
    topic_page.keyboard.press("Enter")
    expect(figure.get_by_role("columnheader", name="Programme starts a year")).to_be_visible()
    expect_fitting(topic_page)


def test_the_cheapest_combination_asks_for_costs(topic_page: Page, goal_seek: Locator) -> None:
    choose_way(goal_seek, "Find the cheapest combination")
    type_text(goal_seek.get_by_label("Value to reach"), "0")
    calculate(goal_seek)
    expect(goal_seek.get_by_text("Choose at least one assumption.")).to_be_visible()
    expect_fitting(topic_page)
    for label, cost, up, down in (
        ("Programme starts a year", "477", "further person", "person fewer"),
        (
            "Share who drop out",
            "-3 million",
            "percentage point more",
            "percentage point less",
        ),
    ):
        goal_seek.get_by_label(label, exact=True).focus()
        topic_page.keyboard.press("Space")
        field = goal_seek.get_by_label(f"Cost of “{label}”")
        expect(field).to_have_accessible_description(
            f"In pounds for each {up}. With a minus sign: for each {down}."
        )
        type_text(field, cost)
    calculate(goal_seek)
    answer = "is at most 0 at the least cost, £144.8 million"
    expect(goal_seek.get_by_role("status").filter(has_text=answer)).to_be_visible()
    expect(goal_seek.get_by_role("button", name="Use these values")).to_be_visible()
    goal_seek.get_by_role("button", name="Cancel").focus()
    topic_page.keyboard.press("Enter")
    expect(goal_seek.get_by_text("Cancelled.", exact=True)).to_be_visible()
    expect(goal_seek.get_by_role("table", name="The assumptions now")).to_be_visible()
    expect_fitting(topic_page)


def test_print_shows_the_answer_without_the_form(topic_page: Page, goal_seek: Locator) -> None:
    type_text(goal_seek.get_by_label("Value to reach"), "0")
    choose(goal_seek.get_by_label("Assumption to change"), "Programme starts")
    calculate(goal_seek)
    answer = goal_seek.get_by_role("status").filter(has_text="must be 618,800")
    expect(answer).to_be_visible()
    topic_page.emulate_media(media="print")
    expect(goal_seek.get_by_role("button", name="Calculate")).to_be_hidden()
    expect(answer).to_be_visible()
