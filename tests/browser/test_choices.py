"""Controls in Chromium: selects, checkboxes, uploads, and clicks in a chart."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.example_page import serve_cell
from tests.browser.page_actions import (
    NARROW,
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
)
from tests.widgets.example_topic import INVALID_CSV, SERVICE_NAMES, VALID_CSV

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"  # the server has pages of registered topics only

CELL = """
from tests.widgets.example_topic import topic
from workbook import Study
study = Study(topic)
study
"""
SOCKETS = """
    window.sockets = []; window.breakAt = -1;
    const Real = WebSocket;
    window.WebSocket = class extends Real {
        constructor(url) { super(url); sockets.push(this); }
        send(message) {
            if (!message.includes('"upload"') || --breakAt !== 0) super.send(message);
            else this.close();
        }
    };
"""
"""Script that breaks the socket instead of sending piece number ``breakAt``."""

TOTAL = sum(range(2, 735))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of the example topic, served under the name of a registered topic."""
    with serve_cell(tmp_path_factory.mktemp("apps"), CELL) as address:
        yield address


@pytest.fixture
def example_page(topic_page: Page) -> Page:
    """The page with the published scenario."""
    return topic_page


def expect_total(page: Page, visits: int) -> None:
    """Expect this total, and wait until the page is ready."""
    tile = page.locator("[data-indicator=total]")
    expect(tile).to_have_attribute("data-value", str(visits))
    wait_until_ready(page)


def page_query(page: Page) -> dict[str, list[str]]:
    """Parameters in the page's address."""
    return parse_qs(urlsplit(page.url).query)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not reach the element")


def upload_file(page: Page, name: str, content: bytes) -> Locator:
    """Upload a file, wait for the answer, and return the status message."""
    find_field(page, "data")  # its group is closed
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Upload your own table").set_input_files([file])
    report = page.locator(".wb-upload-status")
    expect(report).to_contain_text(re.compile(f"{re.escape(name)} was (read|rejected)"))
    wait_until_ready(page)
    return report


def open_choices(page: Page) -> Locator:
    """Open the checkboxes of the services left out."""
    search_box = page.get_by_label("Search the list: Services left out")
    checkboxes = page.locator("details.wb-multiselect").filter(has=search_box)
    if checkboxes.get_attribute("open") is None:
        checkboxes.locator("summary").click()
    checkboxes.get_by_label("Search the list: Services left out").fill("")
    return checkboxes


def test_notes_are_below_the_headline(example_page: Page) -> None:
    expect(example_page.locator(".wb-notes li")).to_have_text(
        ["734 services are in the table.", "Nobody <counts> twice."]
    )


def test_a_choice_has_a_select(example_page: Page) -> None:
    example_page.get_by_label("Measure", exact=True).select_option("visits squared")
    expect_total(example_page, sum(n * n for n in range(2, 735)))
    assert page_query(example_page) == {"measure": ["visits squared"]}


def test_a_text_with_options_has_a_select_with_a_blank_option_first(example_page: Page) -> None:
    select = example_page.locator("select[name=service]")
    expect(select.locator("option")).to_have_count(1 + len(SERVICE_NAMES))
    expect(select.locator("option").first).to_have_text("None selected")
    select.select_option("Service 100")
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute("data-value", "100")


def test_a_list_can_be_typed_or_selected(example_page: Page) -> None:
    box = example_page.locator("input[name=exclude]")
    box.fill("Service 001; Service 734; Nobody")
    expect_total(example_page, TOTAL - 734)
    checkboxes = open_choices(example_page)
    expect(checkboxes.locator("summary")).to_have_text("Select from a list (734 names, 3 selected)")
    expect(checkboxes.get_by_label("Service 734")).to_be_checked()
    checkboxes.get_by_label("Search the list: Services left out").fill("73 service")
    expect(checkboxes.locator("label.wb-checkbox:visible")).to_have_count(7 + 5)
    checkboxes.get_by_label("Service 733").check()
    expect_total(example_page, TOTAL - 734 - 733)
    checkboxes.get_by_label("Service 734").uncheck()
    expect_total(example_page, TOTAL - 733)
    expect(box).to_have_value("Service 001; Nobody; Service 733")
    assert page_query(example_page)["exclude"] == ["Service 001; Nobody; Service 733"]


def test_a_long_list_of_names_can_be_searched(example_page: Page) -> None:
    checkboxes = open_choices(example_page)
    rows = checkboxes.locator("label.wb-checkbox")
    expect(rows).to_have_count(len(SERVICE_NAMES))
    visible_rows = checkboxes.locator("label.wb-checkbox:visible")
    expect(visible_rows).to_have_count(12)
    expect(checkboxes.get_by_role("status")).to_have_text(
        "722 more names match. Type more of the name to see them."
    )
    checkboxes.get_by_role("button", name="Show more names").click()
    expect(visible_rows).to_have_count(200)
    expect(visible_rows.nth(12).locator("input")).to_be_focused()
    expect(checkboxes.get_by_role("status")).to_have_text(
        "534 more names match. Type more of the name to see them."
    )
    first = rows.first.element_handle()
    checkboxes.get_by_label("Search the list: Services left out").fill("service 12")
    expect(checkboxes.locator("label.wb-checkbox:visible")).to_have_count(8 + 10)
    assert first.evaluate("row => row.isConnected")
    checkboxes.get_by_label("Search the list: Services left out").fill("nobody")
    expect(checkboxes.get_by_role("status")).to_have_text("No names match.")


def test_lists_and_selects_work_by_keyboard(example_page: Page) -> None:
    summary = open_choices(example_page).locator("summary")
    summary.click()
    example_page.locator("h1").click()
    tab_to(example_page, summary)
    example_page.keyboard.press("Enter")
    example_page.keyboard.press("Tab")
    example_page.keyboard.type("734")
    example_page.keyboard.press("Tab")
    example_page.keyboard.press("Space")
    expect_total(example_page, TOTAL - 734)
    tab_to(example_page, example_page.locator("select[name=service]"))
    example_page.keyboard.type("Service 050")
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute("data-value", "50")
    wait_until_ready(example_page)
    assert page_query(example_page) == {
        "exclude": ["Service 001; Service 734"],
        "service": ["Service 050"],
    }


def test_an_error_of_the_model_is_shown_beside_the_field(example_page: Page) -> None:
    box = example_page.locator("input[name=least]")
    box.fill("9999")
    expect(box).to_have_attribute("aria-invalid", "true")
    error = example_page.locator(f"#{str(box.get_attribute('aria-describedby')).split()[-1]}")
    expect(error).to_have_text(
        "Error: No service is left. Leave out fewer services, or require fewer visits."
    )
    expect_total(example_page, TOTAL)
    expect(example_page.locator(".wb-incident")).to_be_hidden()


def test_a_valid_table_is_used(example_page: Page, site: str) -> None:
    report = upload_file(example_page, "good.csv", VALID_CSV.encode())
    expect(report).to_have_text("good.csv was read: 2 rows. It is kept for this visit only.")
    expect(report).to_have_role("status")
    expect_total(example_page, 40)
    assert page_query(example_page) == {"data": ["upload:good.csv"]}
    expect(example_page.locator("select[name=data]")).to_have_value("upload:good.csv")
    expect(example_page.get_by_text("works during this visit only").first).to_be_attached()
    expect(example_page.locator("figure[data-chart=ranked] svg")).to_contain_text("Uploaded two")
    example_page.get_by_role("button", name="Reset to published").click()
    expect_total(example_page, TOTAL)
    find_field(example_page, "data").select_option(label="good.csv (uploaded)")
    expect_total(example_page, 40)


def test_an_invalid_table_is_reported_and_the_scenario_does_not_change(example_page: Page) -> None:
    example_page.locator("input[name=least]").fill("100")
    expect_total(example_page, sum(range(100, 735)))
    report = upload_file(example_page, "bad.csv", INVALID_CSV.encode())
    expect(report).to_contain_text("bad.csv was rejected: 60 errors.")
    result = example_page.locator("details.wb-upload-issues")
    expect(result.locator("li")).to_have_text(
        "Error: rows 2 to 61, column visits: -1 must not be negative (row 2; the others alike)"
    )
    assert accessibility_violations(example_page) == []
    expect_total(example_page, sum(range(100, 735)))
    assert page_query(example_page) == {"least": ["100"]}


def test_headings_are_mapped_and_readings_accepted_with_the_keyboard(example_page: Page) -> None:
    upload_file(example_page, "own.csv", b"Name,All visits\nPermits,1k\nBadges,30\n")
    corrections = example_page.get_by_role("group", name="Correct the file: Table")
    expect(corrections).to_be_visible()
    for title, heading, presses in (("Service", "Name", 1), ("Visits", "All visits", 2)):
        choice = corrections.get_by_label(f"Heading for “{title}”")
        tab_to(example_page, choice)
        for _ in range(presses):
            example_page.keyboard.press("ArrowDown")
        expect(choice).to_have_value(heading)
    assert accessibility_violations(example_page) == []
    tab_to(example_page, corrections.get_by_role("button", name="Read the file again"))
    example_page.keyboard.press("Enter")
    accept = corrections.get_by_label("Use the suggested readings of 1 cell")
    expect(accept).to_be_visible()
    tab_to(example_page, accept)
    example_page.keyboard.press("Space")
    tab_to(example_page, corrections.get_by_role("button", name="Read the file again"))
    example_page.keyboard.press("Enter")
    report = example_page.locator(".wb-upload-status")
    expect(report).to_contain_text("own.csv was read: 2 rows, 3 warnings.")
    expect_total(example_page, 1030)
    expect(corrections).to_be_hidden()


def test_a_large_file_is_sent_in_pieces(example_page: Page) -> None:
    rows = [f"Service {number:08},1" for number in range(60_000)]
    report = upload_file(example_page, "long.csv", "\n".join(["service,visits", *rows]).encode())
    expect(report).to_contain_text("60,000 rows")
    expect_total(example_page, 60_000)


def test_an_upload_continues_after_a_broken_connection(browser: Browser, site: str) -> None:
    with watched_page(browser) as (page, _):  # a broken connection is an error in the console
        page.add_init_script(SOCKETS)
        open_page(page, f"{site}/{TOPIC}")
        page.evaluate("breakAt = 2")
        rows = [f"Service {number:08},1" for number in range(60_000)]
        report = upload_file(page, "long.csv", "\n".join(["service,visits", *rows]).encode())
        expect(report).to_contain_text("60,000 rows")
        assert page.evaluate("sockets.length") == 2
        expect_total(page, 60_000)


def test_a_file_above_the_limit_is_rejected_before_it_is_sent(example_page: Page) -> None:
    report = upload_file(example_page, "huge.csv", b"x" * (10 * 2**20 + 1))
    expect(report).to_contain_text("huge.csv was rejected: it is larger than 10 MB.")
    expect_total(example_page, TOTAL)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no table", b"\xff\x00\x12" * 99])
def test_a_file_without_a_table_is_rejected_in_a_sentence(
    example_page: Page, content: bytes
) -> None:
    report = upload_file(example_page, "odd.csv", content)
    expect(report).to_contain_text("The scenario has not changed.")
    expect(example_page.locator(".wb-incident")).to_be_hidden()


def test_a_template_can_be_downloaded(example_page: Page) -> None:
    with example_page.expect_download() as download:
        find_field(example_page, "data")
        example_page.get_by_role("button", name="Download a template").click()
    assert download.value.suggested_filename == "visits_template.csv"
    assert download.value.path().read_text().startswith("service,visits")


def test_a_reload_after_an_upload_asks_for_the_file_again(browser: Browser, site: str) -> None:
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/{TOPIC}")
        upload_file(page, "good.csv", VALID_CSV.encode())
        page.reload()
        wait_until_ready(page)
        alert = page.get_by_role("alert").filter(has_text="There is a problem with this link")
        expect(alert).to_contain_text("an uploaded file is kept for one visit only")
        expect(page.locator("[data-indicator]:visible")).to_have_count(0)
        upload_file(page, "good.csv", VALID_CSV.encode())
        expect_total(page, 40)
        expect(alert).to_be_hidden()
        check()


def test_back_and_forward_use_a_table_uploaded_in_this_visit(example_page: Page) -> None:
    upload_file(example_page, "good.csv", VALID_CSV.encode())
    expect_total(example_page, 40)
    field = example_page.locator("input[name=least]")
    field.fill("25")
    field.blur()
    expect_total(example_page, 30)
    example_page.go_back()
    expect_total(example_page, 40)
    example_page.go_back()
    expect_total(example_page, TOTAL)
    example_page.go_forward()
    expect_total(example_page, 40)
    expect(example_page.locator("select[name=data]")).to_have_value("upload:good.csv")
    expect(example_page.get_by_role("alert").filter(has_text="There is a problem")).to_be_hidden()


def test_a_link_that_names_a_path_is_rejected(page: Page, site: str) -> None:
    open_page(page, f"{site}/{TOPIC}?data=../../etc/passwd")
    alert = page.get_by_role("alert").filter(has_text="There is a problem with this link")
    expect(alert).to_contain_text("must be the name of a bundled, registered or uploaded table")


def test_a_click_selects_a_mark(example_page: Page) -> None:
    figure = example_page.locator("figure[data-chart=ranked]")
    mark = figure.locator("svg .mark-symbol path").first
    mark.hover()
    expect(figure.locator(".wb-plot")).to_have_class(re.compile("wb-clickable"))
    mark.click()
    expect(example_page.locator("[data-indicator=detail]")).not_to_have_attribute("data-value", "0")
    wait_until_ready(example_page)
    selected = example_page.locator("select[name=service]").input_value()
    assert page_query(example_page) == {"service": [selected]}
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute(
        "data-value", str(int(selected.removeprefix("Service ")))
    )


def test_enter_selects_a_row(example_page: Page) -> None:
    figure = example_page.locator("figure[data-chart=ranked]")
    chart = figure.get_by_role("group", name="Chart")
    expect(chart).to_have_accessible_description(re.compile("press Enter"))
    chart.focus()
    expect(figure.locator("svg")).to_be_visible()
    example_page.keyboard.press("ArrowRight")
    example_page.keyboard.press("ArrowRight")
    example_page.keyboard.press("Enter")
    expect(example_page.locator("select[name=service]")).to_have_value("Service 706")
    expect(figure.get_by_role("status")).to_have_text("Selected: Service 706")
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute("data-value", "706")


def test_the_height_of_a_chart_follows_its_number_of_rows(example_page: Page) -> None:
    svg = example_page.locator("figure[data-chart=ranked] svg")
    svg.scroll_into_view_if_needed()  # a chart in sight is drawn before the page is ready
    example_page.get_by_role("button", name="Reset to published").click()
    expect_total(example_page, TOTAL)
    before = float(str(svg.get_attribute("height")))
    drawn = svg.element_handle()
    example_page.locator("input[name=least]").fill("720")
    expect_total(example_page, sum(range(720, 735)))
    expect(svg).to_have_attribute("height", f"{before - 15 * 18:g}")
    assert drawn.evaluate("svg => svg.isConnected")


@pytest.mark.parametrize("width", [NARROW, 768, 1280])
def test_the_page_with_all_details_open_fits_and_is_accessible(
    example_page: Page, width: int
) -> None:
    upload_file(example_page, "bad.csv", INVALID_CSV.encode())
    example_page.set_viewport_size({"width": width, "height": 900})
    open_choices(example_page)
    example_page.get_by_text("Data and description").click()
    expect_no_sideways_scrolling(example_page, width)
    if width == NARROW:
        assert accessibility_violations(example_page) == []
    example_page.get_by_text("Data and description").click()


def test_print_shows_values_without_controls(example_page: Page) -> None:
    open_choices(example_page)
    example_page.emulate_media(media="print")
    expect(example_page.locator("select[name=service]")).to_be_visible()
    expect(
        example_page.get_by_text("Service 001", exact=True).locator("visible=true")
    ).to_have_count(1)
    expect(example_page.locator("input[type=file], input[type=checkbox]").first).to_be_hidden()
    expect(example_page.locator("figure[data-chart=ranked] svg")).to_be_visible()
