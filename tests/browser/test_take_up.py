"""The take-up page as visitors meet it: in Chromium, by keyboard, with a table of their own."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    run_command,
    wait_until_ready,
)
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser

TOPIC = "take_up"
PAYE = "PAYE transactions"
RESERVE_TAX = "Stamp Duty Reserve Tax transactions"
SERVICE = "Visa applications"
BOTH = ("take_up", "take_up_matched")


@pytest.fixture
def take_up_page(topic_page: Page) -> Page:
    """The take-up page with the published scenario."""
    return topic_page


def displayed_numbers(page: Page) -> dict[str, float | str | None]:
    """Each indicator's value, as a number where it is one."""
    return {name: number_or_text(text) for name, text in displayed_values(page).items()}


def number_or_text(text: str) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def fill_parameter(page: Page, parameter: str, text: str) -> None:
    find_field(page, parameter).fill(text)
    wait_until_ready(page)


def values_from_command(**parameters: object) -> dict[str, float | str | None]:
    return {
        indicator["name"]: indicator["value"]
        for indicator in run_command(TOPIC, **parameters)["indicators"]
    }


def test_the_page_shows_what_the_command_says(take_up_page: Page) -> None:
    assert displayed_numbers(take_up_page) == pytest.approx(values_from_command())
    expect(take_up_page.locator(".wb-headline")).to_contain_text(run_command(TOPIC)["headline"])


def test_without_the_largest_service_both_take_ups_move(take_up_page: Page) -> None:
    fill_parameter(take_up_page, "exclude", "")
    everything = displayed_numbers(take_up_page)
    fill_parameter(take_up_page, "exclude", PAYE)
    without = displayed_numbers(take_up_page)
    assert all(everything[name] != without[name] for name in BOTH)
    assert without == pytest.approx(values_from_command(exclude=PAYE))


def test_a_link_opens_the_same_selection(take_up_page: Page, page: Page) -> None:
    fill_parameter(take_up_page, "department", "Department for Transport")
    expect(take_up_page.locator(".wb-forward-text")).to_contain_text(take_up_page.url)
    assert parse_qs(urlsplit(take_up_page.url).query) == {
        "department": ["Department for Transport"]
    }
    open_page(page, take_up_page.url)
    assert displayed_values(page) == displayed_values(take_up_page)


def test_a_chart_s_service_is_looked_at(take_up_page: Page) -> None:
    take_up_page.get_by_role("button", name="Expand all").click()
    find_field(take_up_page, "service").select_option(SERVICE)
    wait_until_ready(take_up_page)
    for chart in ("service_forecast", "control"):
        expect(take_up_page.locator(f"figure[data-chart={chart}] .wb-title")).to_contain_text(
            SERVICE
        )
    expect(take_up_page.get_by_role("table", name="The service in detail")).to_contain_text(
        "Home Office"
    )


def test_a_service_is_chosen_in_the_chart(take_up_page: Page) -> None:
    dots = take_up_page.locator("figure[data-chart=services] svg .mark-symbol.role-mark path")
    dots.last.scroll_into_view_if_needed()
    dots.last.click()
    wait_until_ready(take_up_page)
    chosen = find_field(take_up_page, "service").input_value()
    assert chosen
    expect(take_up_page.locator("figure[data-chart=control] .wb-title")).to_contain_text(chosen)


def test_by_keyboard_only(take_up_page: Page) -> None:
    find_field(take_up_page, "exclude").focus()
    take_up_page.keyboard.press("Control+a")
    take_up_page.keyboard.type(RESERVE_TAX)
    wait_until_ready(take_up_page)
    assert displayed_numbers(take_up_page) == pytest.approx(
        values_from_command(exclude=RESERVE_TAX)
    )
    find_field(take_up_page, "curve").focus()
    take_up_page.keyboard.type("naive")
    wait_until_ready(take_up_page)
    assert find_field(take_up_page, "curve").input_value() == "naive"
    plot = take_up_page.locator("figure[data-chart=services] .wb-plot")
    plot.focus()
    expect(plot.locator("svg")).to_be_visible()
    take_up_page.keyboard.press("ArrowDown")
    take_up_page.keyboard.press("Enter")
    expect(find_field(take_up_page, "service")).not_to_have_value("")


def test_a_selection_without_any_service_is_refused_beside_the_field(take_up_page: Page) -> None:
    before = displayed_values(take_up_page)
    fill_parameter(take_up_page, "department", "Ministry of Silly Walks")
    field = find_field(take_up_page, "department")
    expect(field).to_have_attribute("aria-invalid", "true")
    error = take_up_page.locator(".wb-field", has=field).locator(".wb-error")
    expect(error).to_contain_text('"Ministry of Silly Walks" is not in the data up to')
    assert displayed_values(take_up_page) == before


def test_a_table_of_ones_own_is_read_for_the_visit(take_up_page: Page) -> None:
    mine = (resource_folder("data") / "take_up.csv").read_text(encoding="utf-8").splitlines()
    lines = [mine[0], *(line for line in mine if "Home Office" in line)]
    upload = take_up_page.locator(".wb-field", has=find_field(take_up_page, "data"))
    upload.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    expect(find_field(take_up_page, "data")).to_have_value("upload:mine.csv")
    wait_until_ready(take_up_page)
    windows = take_up_page.get_by_role("table", name="All 12-month periods")
    expect(windows.locator("tbody tr").last).to_contain_text("4")
    assert parse_qs(urlsplit(take_up_page.url).query)["data"] == ["upload:mine.csv"]


def upload_shares(page: Page, rows: str) -> Locator:
    """Upload a table of users at each level; returns its field."""
    field = page.locator(".wb-field", has=find_field(page, "assisted_data"))
    content = f"service,level,share,supported_by_phone\n{rows}".encode()
    field.locator("input[type=file]").set_input_files(
        {"name": "shares.csv", "mimeType": "text/csv", "buffer": content}
    )
    return field


def test_users_at_each_level_show_who_needs_support(take_up_page: Page) -> None:
    chart = take_up_page.locator("figure[data-chart=inclusion_levels] .wb-title")
    expect(chart).to_contain_text("No shares of users at each level are published")
    assert displayed_values(take_up_page)["support_needed"] == ""
    upload_shares(take_up_page, f"{SERVICE},2,0.25,0.4\n{SERVICE},9,0.75,\n")
    expect(find_field(take_up_page, "assisted_data")).to_have_value("upload:shares.csv")
    wait_until_ready(take_up_page)
    expect(chart).to_contain_text("that need support have none (60%)")
    figures = displayed_numbers(take_up_page)
    assert figures["support_missing"] == pytest.approx(0.6 * float(figures["support_needed"] or 0))
    assert accessibility_violations(take_up_page) == []


def test_shares_that_do_not_add_up_are_refused_with_their_sum(take_up_page: Page) -> None:
    field = upload_shares(take_up_page, "all,1,0.5,\nall,9,0.43,\n")
    expect(field.locator(".wb-upload-issues")).to_contain_text("add up to 93%")
    assert displayed_values(take_up_page)["support_needed"] == ""


def test_a_link_that_names_a_path_is_refused(page: Page, site: str) -> None:
    page.goto(f"{site}/{TOPIC}?data=/etc/passwd")
    wait_until_ready(page)
    alert = page.get_by_role("alert").filter(has_text="There is a problem with this link")
    expect(alert).to_contain_text("must be the name of a bundled, registered or uploaded table")


def test_axe_finds_nothing(take_up_page: Page) -> None:
    take_up_page.locator("details").evaluate_all(
        "all => all.forEach((each) => { each.open = true; })"
    )
    fill_parameter(take_up_page, "department", "nowhere")
    assert accessibility_violations(take_up_page) == []


def test_no_width_needs_sideways_scrolling(take_up_page: Page) -> None:
    for width in (320, 1280):
        take_up_page.set_viewport_size({"width": width, "height": 800})
        expect_no_sideways_scrolling(take_up_page, width)
