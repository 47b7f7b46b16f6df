"""Choosing in Chromium: selects, ticks, tables of one's own, and marks of a chart."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import accessibility_violations, open_page, wait_until_ready
from tests.browser.server import free_port, run_server
from tests.widgets.example_topic import INVALID_CSV, SERVICE_NAMES, VALID_CSV
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"  # the server knows no page but those of the register

REPOSITORY = Path(__file__).parents[2]
SERVE = """
import sys
from pathlib import Path
from workbook import topic
from workbook.serving import app
topic.resource_folder = lambda *_: Path(sys.argv[1])
app.run_server("127.0.0.1", int(sys.argv[2]), "/")
"""
CELL = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
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
"""The page's sockets; the one by which piece number ``breakAt`` would go breaks, and it is lost."""

TOTAL = sum(range(2, 735))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small topic's page, served under the name of a registered one."""
    notebook = nbformat.read(resource_folder("notebooks") / "digital_inclusion.ipynb", as_version=4)
    codes = [new_code_cell(CELL), new_code_cell("study.outcome")]
    notebook.cells = [new_markdown_cell("# Choosing"), *codes]
    apps = tmp_path_factory.mktemp("apps")
    nbformat.write(notebook, apps / "digital_inclusion.ipynb")
    command = [sys.executable, "-c", SERVE, str(apps), str(free_port())]
    with run_server(command, "http://127.0.0.1:") as line:
        yield line[line.index("http://") :].rstrip("/")


@pytest.fixture
def example_page(topic_page: Page) -> Page:
    """The page with its published scenario."""
    return topic_page


def expect_total(page: Page, visits: int) -> None:
    """The page comes to show this total, and all else of the same scenario."""
    tile = page.locator("[data-indicator=total]")
    expect(tile).to_have_attribute("data-value", str(visits))
    wait_until_ready(page)


def page_query(page: Page) -> dict[str, list[str]]:
    """What the page's address says of the scenario."""
    return parse_qs(urlsplit(page.url).query)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until this has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab never comes to it")


def upload_file(page: Page, name: str, content: bytes) -> Locator:
    """Choose a file, wait until it was answered; gives what is said of it."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Upload your own table").set_input_files([file])
    report = page.locator(".wb-upload-status")
    expect(report).to_contain_text(re.compile("was read|was rejected"))
    wait_until_ready(page)
    return report


def open_choices(page: Page) -> Locator:
    """The opened ticks of the services left out."""
    ticks = page.locator("details.wb-multiselect")
    if ticks.get_attribute("open") is None:
        ticks.locator("summary").click()
    ticks.get_by_label("Search the list: Services left out").fill("")
    return ticks


def test_the_notes_stand_under_the_headline(example_page: Page) -> None:
    expect(example_page.locator(".wb-notes li")).to_have_text(
        ["734 services are in the table.", "Nobody <counts> twice."]
    )


def test_a_choice_is_a_select(example_page: Page) -> None:
    example_page.get_by_label("Measure").select_option("visits squared")
    expect_total(example_page, sum(n * n for n in range(2, 735)))
    assert page_query(example_page) == {"measure": ["visits squared"]}


def test_a_text_with_options_is_a_select_with_a_blank_first(example_page: Page) -> None:
    select = example_page.locator("select[name=service]")
    expect(select.locator("option")).to_have_count(1 + len(SERVICE_NAMES))
    expect(select.locator("option").first).to_have_text("None selected")
    select.select_option("Service 100")
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute("data-value", "100")


def test_a_list_is_typed_or_ticked(example_page: Page) -> None:
    box = example_page.locator("input[name=exclude]")
    box.fill("Service 001; Service 734; Nobody")
    expect_total(example_page, TOTAL - 734)
    ticks = open_choices(example_page)
    expect(ticks.locator("summary")).to_have_text("Select from a list (734 names, 3 selected)")
    expect(ticks.get_by_label("Service 734")).to_be_checked()
    ticks.get_by_label("Search the list: Services left out").fill("73 service")
    expect(ticks.locator("label.wb-checkbox:visible")).to_have_count(7 + 5)
    ticks.get_by_label("Service 733").check()
    expect_total(example_page, TOTAL - 734 - 733)
    ticks.get_by_label("Service 734").uncheck()
    expect_total(example_page, TOTAL - 733)
    expect(box).to_have_value("Service 001; Nobody; Service 733")
    assert page_query(example_page)["exclude"] == ["Service 001; Nobody; Service 733"]


def test_many_names_are_filtered_in_place(example_page: Page) -> None:
    ticks = open_choices(example_page)
    rows = ticks.locator("label.wb-checkbox")
    expect(rows).to_have_count(len(SERVICE_NAMES))
    expect(ticks.locator("label.wb-checkbox:visible")).to_have_count(200)
    expect(ticks.get_by_role("status")).to_have_text(
        "534 more names match. Type more of the name to see them."
    )
    first = rows.first.element_handle()
    ticks.get_by_label("Search the list: Services left out").fill("service 12")
    expect(ticks.locator("label.wb-checkbox:visible")).to_have_count(8 + 10)
    assert first.evaluate("row => row.isConnected")
    ticks.get_by_label("Search the list: Services left out").fill("nobody")
    expect(ticks.get_by_role("status")).to_have_text("No names match.")


def test_a_keyboard_alone_filters_ticks_and_selects(example_page: Page) -> None:
    open_choices(example_page).locator("summary").click()
    summary = example_page.locator("details.wb-multiselect summary")
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


def test_what_the_model_refuses_is_said_beside_the_field(example_page: Page) -> None:
    box = example_page.locator("input[name=least]")
    box.fill("9999")
    expect(box).to_have_attribute("aria-invalid", "true")
    error = example_page.locator(f"#{str(box.get_attribute('aria-describedby')).split()[-1]}")
    expect(error).to_have_text(
        "Error: no service is left: leave fewer out, or ask for fewer visits"
    )
    expect_total(example_page, TOTAL)
    expect(example_page.locator(".wb-incident")).to_be_hidden()


def test_a_good_table_is_taken(example_page: Page, site: str) -> None:
    report = upload_file(example_page, "good.csv", VALID_CSV.encode())
    expect(report).to_have_text("good.csv was read: 2 rows. It is kept for this visit only.")
    expect(report).to_have_role("status")
    expect_total(example_page, 40)
    assert page_query(example_page) == {"data": ["upload:good.csv"]}
    expect(example_page.locator("select[name=data]")).to_have_value("upload:good.csv")
    expect(example_page.locator(".wb-sharing-note")).to_contain_text("works during this visit only")
    expect(example_page.locator("figure[data-chart=ranked] svg")).to_contain_text("Uploaded two")
    example_page.get_by_role("button", name="Reset to published").click()
    expect_total(example_page, TOTAL)
    example_page.locator("select[name=data]").select_option(label="good.csv (uploaded)")
    expect_total(example_page, 40)


def test_a_bad_table_is_reported_and_nothing_is_lost(example_page: Page) -> None:
    example_page.locator("input[name=least]").fill("100")
    expect_total(example_page, sum(range(100, 735)))
    report = upload_file(example_page, "bad.csv", INVALID_CSV.encode())
    expect(report).to_contain_text("bad.csv was rejected: 60 errors.")
    result = example_page.locator("details.wb-upload-issues")
    expect(result.locator("li")).to_have_count(50)
    expect(result.locator("li").first).to_contain_text("Error: row 2, column visits: ")
    expect(result).to_contain_text("10 more not listed.")
    assert accessibility_violations(example_page) == []
    expect_total(example_page, sum(range(100, 735)))
    assert page_query(example_page) == {"least": ["100"]}


def test_a_large_file_goes_in_pieces(example_page: Page) -> None:
    rows = [f"Service {number:08},1" for number in range(60_000)]
    report = upload_file(example_page, "long.csv", "\n".join(["service,visits", *rows]).encode())
    expect(report).to_contain_text("60,000 rows")
    expect_total(example_page, 60_000)


def test_a_file_arrives_across_a_broken_connection(browser: Browser, site: str) -> None:
    with watched_page(browser) as (page, _):  # a broken connection is a complaint in the console
        page.add_init_script(SOCKETS)
        open_page(page, f"{site}/{TOPIC}")
        page.evaluate("breakAt = 2")
        rows = [f"Service {number:08},1" for number in range(60_000)]
        report = upload_file(page, "long.csv", "\n".join(["service,visits", *rows]).encode())
        expect(report).to_contain_text("60,000 rows")
        assert page.evaluate("sockets.length") == 2
        expect_total(page, 60_000)


def test_a_file_above_the_limit_is_refused_before_it_is_sent(example_page: Page) -> None:
    report = upload_file(example_page, "huge.csv", b"x" * (10 * 2**20 + 1))
    expect(report).to_contain_text("huge.csv was rejected: it is larger than 10 MB.")
    expect_total(example_page, TOTAL)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no table", b"\xff\x00\x12" * 99])
def test_what_is_no_table_is_refused_in_a_sentence(example_page: Page, content: bytes) -> None:
    report = upload_file(example_page, "odd.csv", content)
    expect(report).to_contain_text("The scenario has not changed.")
    expect(example_page.locator(".wb-incident")).to_be_hidden()


def test_a_template_is_downloaded(example_page: Page) -> None:
    with example_page.expect_download() as download:
        example_page.get_by_role("button", name="Download a template").click()
    assert download.value.suggested_filename == "visits_template.csv"
    assert download.value.path().read_text().startswith("service,visits")


def test_a_reload_after_an_upload_says_that_it_is_gone(browser: Browser, site: str) -> None:
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


def test_a_link_that_names_a_path_is_refused(page: Page, site: str) -> None:
    open_page(page, f"{site}/{TOPIC}?data=../../etc/passwd")
    alert = page.get_by_role("alert").filter(has_text="There is a problem with this link")
    expect(alert).to_contain_text("a page opens only tables")


def test_a_mark_is_picked_by_a_click(example_page: Page) -> None:
    figure = example_page.locator("figure[data-chart=ranked]")
    mark = figure.locator("svg .mark-symbol path").first
    mark.hover()
    expect(figure.locator(".wb-plot")).to_have_class(re.compile("wb-clickable"))
    mark.click()
    expect(example_page.locator("[data-indicator=detail]")).not_to_have_attribute("data-value", "0")
    wait_until_ready(example_page)
    picked = example_page.locator("select[name=service]").input_value()
    assert page_query(example_page) == {"service": [picked]}
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute(
        "data-value", str(int(picked.removeprefix("Service ")))
    )


def test_a_row_is_picked_by_enter(example_page: Page) -> None:
    figure = example_page.locator("figure[data-chart=ranked]")
    chart = figure.get_by_role("group", name="Visits by service")
    expect(chart).to_have_accessible_description(re.compile("press Enter"))
    chart.focus()
    example_page.keyboard.press("ArrowRight")
    example_page.keyboard.press("ArrowRight")
    example_page.keyboard.press("Enter")
    expect(example_page.locator("select[name=service]")).to_have_value("Service 706")
    expect(figure.get_by_role("status")).to_have_text("Selected: Service 706")
    expect(example_page.locator("[data-indicator=detail]")).to_have_attribute("data-value", "706")


def test_a_chart_of_rows_follows_their_number(example_page: Page) -> None:
    svg = example_page.locator("figure[data-chart=ranked] svg")
    before = float(str(svg.get_attribute("height")))
    drawn = svg.element_handle()
    example_page.locator("input[name=least]").fill("720")
    expect_total(example_page, sum(range(720, 735)))
    assert before - float(str(svg.get_attribute("height"))) == 15 * 18
    assert drawn.evaluate("svg => svg.isConnected")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_with_everything_open_the_page_fits_and_axe_is_content(
    example_page: Page, width: int
) -> None:
    upload_file(example_page, "bad.csv", INVALID_CSV.encode())
    example_page.set_viewport_size({"width": width, "height": 900})
    open_choices(example_page)
    example_page.get_by_text("View data").click()
    assert example_page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_violations(example_page) == []
    example_page.get_by_text("View data").click()


def test_print_holds_the_values_and_no_controls(example_page: Page) -> None:
    open_choices(example_page)
    example_page.emulate_media(media="print")
    expect(example_page.locator("select[name=service]")).to_be_visible()
    expect(
        example_page.get_by_text("Service 001", exact=True).locator("visible=true")
    ).to_have_count(1)
    expect(example_page.locator("input[type=file], input[type=checkbox]").first).to_be_hidden()
    expect(example_page.locator("figure[data-chart=ranked] svg")).to_be_visible()
