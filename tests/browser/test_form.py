"""The form in Chromium: chips, error summary, history, groups, keyboard and small screens."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    open_preset,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.sockets import DELAY_ANSWERS, RELEASE_ANSWERS
from workbook.topics.digital_inclusion import topic

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
LABELS = {name: declared.label for name, declared in topic.Scenario.parameters().items()}
TITLE = "Digital inclusion – Policy Workbook"


@pytest.fixture
def inclusion_page(topic_page: Page) -> Page:
    """The digital inclusion page with the published scenario."""
    return topic_page


@pytest.fixture(scope="module")
def delayed_visit(browser: Browser, site: str) -> Iterator[tuple[Page, Callable[[], None]]]:
    """One visit whose answers a test can hold back."""
    with watched_page(browser) as (page, check):
        page.add_init_script(DELAY_ANSWERS)
        yield open_page(page, f"{site}/{TOPIC}"), check


@pytest.fixture
def delayed_page(delayed_visit: tuple[Page, Callable[[], None]]) -> Iterator[Page]:
    """The page whose answers can be held back, with the published scenario."""
    page, check = delayed_visit
    page.get_by_role("button", name="Reset to published").click()
    wait_until_ready(page)
    expect(page).to_have_url(re.compile(f"/{TOPIC}$"))
    yield page
    check()


def change_field(page: Page, parameter: str, text: str) -> Locator:
    """Type a value, and leave the field."""
    field = find_field(page, parameter)
    field.fill(text)
    field.blur()
    wait_until_ready(page)
    return field


def chips(page: Page) -> Locator:
    """The chips of what has changed."""
    return page.locator(".wb-chips li")


def error_summary(page: Page) -> Locator:
    """The error summary."""
    return page.get_by_role("alert").filter(has_text="There is a problem")


def test_levers_are_open_and_other_fields_in_closed_groups(inclusion_page: Page) -> None:
    for name in topic.levers:
        expect(inclusion_page.locator(f"[name={name}]")).to_be_visible()
    closed_groups = inclusion_page.locator(".wb-form details.wb-field-group:not([open])")
    assert closed_groups.count() > 3
    expect(inclusion_page.locator("input[name=draws]")).to_be_hidden()
    expect(inclusion_page.locator(".wb-form .wb-field-group").last).to_contain_text(
        "Data and simulations"
    )


def test_at_least_two_levers_are_in_the_first_screen(inclusion_page: Page) -> None:
    inclusion_page.set_viewport_size({"width": 1280, "height": 800})
    inclusion_page.evaluate("scrollTo(0, 0)")
    bottoms = [
        inclusion_page.locator(f"[name={name}]").evaluate(
            "input => input.getBoundingClientRect().bottom"
        )
        for name in topic.levers
    ]
    assert sum(bottom <= 800 for bottom in bottoms) >= 2


def test_a_change_has_a_chip_a_note_at_its_field_and_a_count(inclusion_page: Page) -> None:
    change_field(inclusion_page, "programme_starts", "800000")
    change_field(inclusion_page, "unit_cost", "80")
    expect(chips(inclusion_page)).to_have_count(2)
    chip = chips(inclusion_page).filter(has_text=LABELS["programme_starts"])
    expect(chip).to_contain_text(re.compile("300,000.*800,000"))
    field = inclusion_page.locator(
        ".wb-field", has=inclusion_page.locator("[name=programme_starts]")
    )
    expect(field.locator(".wb-changed-note")).to_have_text("Changed from 300,000. Put back")
    group = inclusion_page.locator(
        "details.wb-field-group", has=inclusion_page.locator("[name=unit_cost]")
    )
    expect(group.locator("> summary")).to_contain_text("(1 changed)")
    expect(inclusion_page).to_have_title(f"2 changes – {TITLE}")


def test_a_chip_puts_its_value_back_and_the_focus_stays_near(inclusion_page: Page) -> None:
    change_field(inclusion_page, "programme_starts", "800000")
    change_field(inclusion_page, "dropout", "20")
    starts = chips(inclusion_page).get_by_role(
        "button", name=f"Put back {LABELS['programme_starts']}: 300,000"
    )
    dropout = chips(inclusion_page).get_by_role("button", name=f"Put back {LABELS['dropout']}: 30%")
    starts.focus()
    inclusion_page.keyboard.press("Enter")
    expect(chips(inclusion_page)).to_have_count(1)
    expect(dropout).to_be_focused()
    expect(inclusion_page.locator("[name=programme_starts]")).to_have_value("300000")
    inclusion_page.keyboard.press("Enter")
    expect(chips(inclusion_page)).to_have_count(0)
    expect(inclusion_page.locator(".wb-headline")).to_be_focused()
    wait_until_ready(inclusion_page)
    expect(inclusion_page).to_have_title(TITLE)
    assert "?" not in inclusion_page.url


def test_a_field_puts_its_value_back(inclusion_page: Page) -> None:
    field = change_field(inclusion_page, "dropout", "20")
    row = inclusion_page.locator(".wb-field", has=field)
    row.get_by_role("button", name=f"Put back {LABELS['dropout']}: 30%").click()
    expect(field).to_have_value("30")
    expect(field).to_be_focused()
    expect(row.locator(".wb-changed-note")).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "value", "reading"),
    [
        ("programme_starts", "400000", "400,000 people"),
        ("programme_starts", "1250000", "1.25 million people"),
        ("programme_starts", "9000", ""),
        ("dropout", "20", ""),
    ],
)
def test_a_large_number_is_said_under_its_field(
    inclusion_page: Page, name: str, value: str, reading: str
) -> None:
    field = change_field(inclusion_page, name, value)
    said = inclusion_page.locator(".wb-field", has=field).locator(".wb-reading:visible")
    expect(said).to_have_text([reading] if reading else [])


def test_putting_a_value_back_keeps_the_error_of_another_field(inclusion_page: Page) -> None:
    dropout = change_field(inclusion_page, "dropout", "20")
    cost = find_field(inclusion_page, "unit_cost")
    cost.press_sequentially("e")
    cost.blur()
    expect(error_summary(inclusion_page)).to_be_visible()
    chips(inclusion_page).get_by_role("button", name=f"Put back {LABELS['dropout']}").click()
    expect(chips(inclusion_page)).to_have_count(0)
    wait_until_ready(inclusion_page)
    expect(dropout).to_have_value("30")
    expect(error_summary(inclusion_page)).to_contain_text(LABELS["unit_cost"])
    expect(cost).to_have_attribute("aria-invalid", "true")


def test_a_disclosure_gives_source_and_quality(inclusion_page: Page) -> None:
    field = inclusion_page.locator(".wb-field", has=inclusion_page.locator("[name=dropout]"))
    field.get_by_text("Source and quality").click()
    facts = field.locator("dl")
    for heading in ("Published value", "Range used in simulations", "Source", "Quality", "Review"):
        expect(facts.locator("dt", has_text=re.compile(f"^{heading}$"))).to_be_visible()
    expect(facts).to_contain_text("Red: no published source")
    expect(facts).to_contain_text("10% to 50%")
    change_field(inclusion_page, "dropout", "60")
    expect(facts).to_contain_text("40% to 80%")
    expect(facts).to_contain_text("30%")
    field.get_by_text("Source and quality").click()


def test_the_error_summary_links_to_each_field_by_its_label(inclusion_page: Page) -> None:
    change_field(inclusion_page, "dropout", "130")
    change_field(inclusion_page, "target_year", "2010")
    summary = error_summary(inclusion_page)
    expect(summary.get_by_role("listitem")).to_have_count(2)
    expect(summary).to_contain_text("Showing the figures for the last valid values.")
    expect(inclusion_page).to_have_title(f"Error: {TITLE}")
    assert "target_year" not in summary.inner_text()
    find_field(inclusion_page, "target_year")
    group = inclusion_page.locator(
        "details.wb-field-group", has=inclusion_page.locator("[name=target_year]")
    )
    expect(group.locator("> summary")).to_contain_text("problem")
    group.locator("> summary").click()
    expect(inclusion_page.locator("[name=target_year]")).to_be_hidden()
    summary.get_by_role("link", name=f"{LABELS['target_year']} must be from 2015").click()
    expect(inclusion_page.locator("[name=target_year]")).to_be_focused()
    summary.get_by_role("link", name=f"{LABELS['dropout']} must be between 0% and 100%.").click()
    expect(inclusion_page.locator("[name=dropout]")).to_be_focused()
    change_field(inclusion_page, "dropout", "30")
    change_field(inclusion_page, "target_year", "2020")
    expect(summary).to_be_hidden()
    expect(inclusion_page).to_have_title(TITLE)


def test_an_error_of_two_fields_is_listed_once(inclusion_page: Page) -> None:
    baseline = change_field(inclusion_page, "baseline_year", "2030")
    expect(error_summary(inclusion_page).get_by_role("listitem")).to_have_count(1)
    for name in ("baseline_year", "target_year"):
        field = inclusion_page.locator(f"[name={name}]")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile("must be from 2031 to 2080"))
    expect(inclusion_page.locator(".wb-error:visible")).to_have_count(1)
    error_summary(inclusion_page).get_by_role("link").click()
    expect(baseline).to_be_focused()


def test_an_invalid_link_has_an_error_summary_with_links_to_the_fields(
    page: Page, site: str
) -> None:
    open_page(page, f"{site}/{TOPIC}?unit_cost=-1&no_such=1")
    summary = error_summary(page)
    expect(summary.get_by_role("heading")).to_have_text("There is a problem with this link")
    expect(summary).to_contain_text('Unknown parameter "no_such"')
    summary.get_by_role("link", name=LABELS["unit_cost"]).click()
    expect(page.locator("[name=unit_cost]")).to_be_focused()
    expect(page).to_have_title(f"Error: {TITLE}")


def test_back_and_forward_walk_through_the_scenarios(delayed_page: Page) -> None:
    page = delayed_page
    starts = change_field(page, "programme_starts", "800000")
    dropout = change_field(page, "dropout", "20")
    open_preset(page, "Charter delivers")
    expect(dropout).to_have_value("30")
    wait_until_ready(page)
    page.go_back()
    expect(dropout).to_have_value("20")
    expect(page).to_have_url(re.compile(r"\?programme_starts=800000&dropout=0\.2$"))
    expect(page).to_have_title(f"2 changes – {TITLE}")
    page.go_back()
    expect(dropout).to_have_value("30")
    page.go_back()
    expect(starts).to_have_value("300000")
    expect(page.locator("[data-indicator=people_excluded]").first).to_have_attribute(
        "data-value", "5444000.0"
    )
    expect(page).to_have_title(TITLE)
    page.go_forward()
    expect(starts).to_have_value("800000")
    wait_until_ready(page)
    change_field(page, "dropout", "10")
    page.go_back()
    expect(dropout).to_have_value("30")


def test_a_lever_that_moves_makes_one_entry_in_the_history(delayed_page: Page) -> None:
    page = delayed_page
    change_field(page, "unit_cost", "80")  # no entry lies ahead
    entries = page.evaluate("history.length")
    slider = page.get_by_role("slider", name=LABELS["dropout"])
    for value in (31, 35, 40, 44):
        slider.evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }",
            value,
        )
        wait_until_ready(page)
    slider.dispatch_event("change")
    expect(page).to_have_url(re.compile("dropout=0.44"))
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    expect(page.locator("[name=dropout]")).to_have_value("30")


def test_the_arrow_keys_step_from_the_published_value_and_back(inclusion_page: Page) -> None:
    for name in ("programme_starts", "unit_cost", "floor_share"):
        field = find_field(inclusion_page, name)
        published = field.input_value()
        slider = inclusion_page.get_by_role("slider", name=LABELS[name], include_hidden=True)
        expect(slider).to_have_js_property("valueAsNumber", float(published))
        expect(slider).to_have_attribute("tabindex", "-1")
        field.focus()
        inclusion_page.keyboard.press("ArrowUp")
        assert float(field.input_value()) > float(published)
        inclusion_page.keyboard.press("ArrowDown")
        assert field.input_value() == published
    wait_until_ready(inclusion_page)


def test_the_answer_is_announced_once_after_the_last_change(inclusion_page: Page) -> None:
    inclusion_page.evaluate(
        """() => {
            window.announced = [];
            new MutationObserver((changes) => {
                for (const { target } of changes) {
                    const status = target.closest?.("[role=status]");
                    if (status?.textContent) announced.push(status.textContent);
                }
            }).observe(document.body, { subtree: true, childList: true });
        }"""
    )
    find_field(inclusion_page, "programme_starts").evaluate(
        """input => {
            for (let step = 0; step < 5; step += 1) {
                input.stepUp();
                input.dispatchEvent(new Event("input", { bubbles: true }));
            }
        }"""
    )  # at once: on a busy machine, key presses may be further apart than announcements
    wait_until_ready(inclusion_page)
    wait_until_true(inclusion_page, "announced.some((text) => text !== 'Calculating…')")
    announced = inclusion_page.evaluate("announced.filter((text) => text !== 'Calculating…')")
    assert len(announced) == 1
    assert len(announced[0].split()) <= 30
    expect(inclusion_page.locator(".wb-headline")).not_to_have_attribute("role", "status")


def expect_scenario(page: Page, query: str, starts: str, dropout: str) -> None:
    """Expect this scenario in the address and in the fields of a page that is ready."""
    wait_until_ready(page)
    expect(page).to_have_url(re.compile(f"/{TOPIC}{re.escape(query)}$"))
    expect(page.locator("[name=programme_starts]")).to_have_value(starts)
    expect(page.locator("[name=dropout]")).to_have_value(dropout)


def test_quick_steps_through_the_history_leave_it_as_it_was(delayed_page: Page) -> None:
    page = delayed_page
    change_field(page, "programme_starts", "800000")
    change_field(page, "dropout", "20")
    entries = page.evaluate("history.length")
    for steps in ("back", "back"), ("forward", "forward"), ("back", "forward"):
        page.evaluate("void (window.held = [])")
        for step in steps:
            page.go_back() if step == "back" else page.go_forward()
        page.evaluate(RELEASE_ANSWERS)
        if steps == ("back", "back"):
            expect_scenario(page, "", "300000", "30")
        else:
            expect_scenario(page, "?programme_starts=800000&dropout=0.2", "800000", "20")
    page.go_back()
    expect_scenario(page, "?programme_starts=800000", "800000", "30")
    page.evaluate("void (window.held = [])")
    page.locator("[name=dropout]").fill("10")
    page.locator("[name=dropout]").fill("15")  # sent only after the answer to the first edit
    page.go_back()
    page.evaluate(RELEASE_ANSWERS)
    expect_scenario(page, "", "300000", "30")
    assert page.evaluate("history.length") == entries


def test_a_slow_answer_is_marked_as_being_calculated(delayed_page: Page) -> None:
    page = delayed_page
    mark = page.locator(".wb-calculating")
    expect(mark).to_be_hidden()
    page.evaluate("void (window.held = [])")
    page.locator("[name=dropout]").fill("20")
    expect(mark).to_be_visible()
    expect(page.locator(".wb-answer-status [role=status]")).to_have_text("Calculating…")
    page.evaluate(RELEASE_ANSWERS)
    expect(mark).to_be_hidden()
    wait_until_ready(page)


def expect_small_screens(page: Page) -> None:
    """Expect a page that fits on small screens and is accessible on the smallest."""
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        expect_no_sideways_scrolling(page, width)
    assert accessibility_violations(page) == []


def test_on_a_small_screen_the_form_is_one_closed_disclosure(browser: Browser, site: str) -> None:
    with watched_page(browser) as (page, check):
        page.set_viewport_size({"width": 320, "height": 844})
        open_page(page, f"{site}/{TOPIC}?programme_starts=800000&dropout=0.2")
        expect(page.get_by_text("Calculating…", exact=True)).to_have_count(1)  # the hidden mark
        disclosure = page.locator(".wb-form-panel > details")
        expect(disclosure.locator("> summary")).to_have_text("Change the assumptions (2 changed)")
        expect(page.locator("[name=dropout]")).to_be_hidden()
        expect_no_sideways_scrolling(page, 320)
        change_field(page, "dropout", "25")
        expect(page.locator("[name=dropout]")).to_be_visible()
        expect_small_screens(page)
        change_field(page, "dropout", "130")
        disclosure.locator("> summary").click()
        error_summary(page).get_by_role("link").click()
        expect(page.locator("[name=dropout]")).to_be_focused()
        page.set_viewport_size({"width": 1280, "height": 844})
        expect(page.locator("[name=dropout]")).to_be_visible()
        expect(page.locator("[name=dropout]")).to_have_value("130")
        check()


def test_the_form_is_accessible_with_every_disclosure_open(inclusion_page: Page) -> None:
    inclusion_page.locator(".wb-form details").evaluate_all(
        "all => { for (const details of all) details.open = true; }"
    )
    assert accessibility_violations(inclusion_page) == []
    expect_no_sideways_scrolling(inclusion_page, 1280)


def test_the_form_takes_the_place_of_its_static_form(browser: Browser, site: str) -> None:
    """What comes alive must not move what a visitor has begun to read."""
    with watched_page(browser) as (page, _):  # the script that is left out is an error
        page.route("**/page_client.js", lambda route: route.abort())
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{site}/{TOPIC}")
        (static_bar, static_form), (wide_static_bar, _) = measure_heights(page)
        page.unroute_all()
        page.set_viewport_size({"width": 390, "height": 844})
        open_page(page, f"{site}/{TOPIC}")
        (live_bar, live_form), (wide_live_bar, _) = measure_heights(page)
    assert static_bar == live_bar == wide_static_bar == wide_live_bar == 0
    assert live_form == pytest.approx(static_form, abs=1)


def measure_heights(page: Page) -> list[list[float]]:
    """Heights of the changes and of the form on a phone and on a desktop."""
    heights = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        views = page.locator(".wb-changes-view, .wb-form-view")
        heights.append(
            views.evaluate_all("views => views.map((view) => view.getBoundingClientRect().height)")
        )
    return heights
