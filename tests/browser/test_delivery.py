"""The delivery page in Chromium: filters, tables, uploads, print and accessibility."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import ROOT
from tests.browser.page_actions import (
    accessibility_violations,
    displayed_values,
    expect_all_open_and_fitting,
    expect_no_sideways_scrolling,
    find_field,
    run_command,
    wait_until_ready,
)

pytestmark = pytest.mark.browser

TOPIC = "delivery"
A4 = 673
"""Width of a sheet within its margins, in CSS pixels."""

JUSTICE = "Ministry of Justice"
CAPTIONS = {
    "commitments": "Commitments: targets with a date",
    "measures": "Progress measures: figures without a target",
    "events": "Events: what is done, under way or planned",
}

PUBLISHED = ROOT.parent / "shared" / "real" / "g_cloud" / "g-cloud-spend-2014-07-14.csv"
HEADER = (
    "ID,Framework,LotDescription,SupplierName,CustomerName,ReturnMonth,"
    "ProjectNameAndDescription,EvidencedSpend,Sector,SMEorLarge"
)
RETURNS = (
    "1,G-Cloud,3,Ours Ltd,A council,2014-03-01,Café guest network,600.1,Local Government,SME",
    "2,G-Cloud II,1,Theirs plc,A ministry,2014-03-01,Hosting,400.2,Central Government,Large",
    "3,G-Cloud 3,4,Ours Ltd,A ministry,2014-04-01,Help,-100.05,Central Government,SME",
    "4,G-Cloud 3,4,Ours Ltd,A ministry,2014-04-01,Help,-100.05,Central Government,SME",
    "5,G-Cloud 4,4,Ours Ltd,A ministry,2014-05-01,After April,70,Central Government,SME",
)
"""As published: repeated returns, credits, and a return after the published month."""


@pytest.fixture
def delivery_page(topic_page: Page) -> Page:
    """The delivery page with the published scenario."""
    return topic_page


def displayed_numbers(page: Page) -> dict[str, float | None]:
    """Each indicator's value."""
    return {name: float(text) if text else None for name, text in displayed_values(page).items()}


def values_from_command(result: dict[str, Any]) -> dict[str, float | None]:
    """Each indicator's value from the command."""
    return {indicator["name"]: indicator["value"] for indicator in result["indicators"]}


def table_with_caption(page: Page, caption: str) -> Locator:
    return page.locator("table", has=page.get_by_text(caption, exact=True))


def upload_sales(page: Page, content: bytes) -> Locator:
    """Choose a file of sales and wait for the result; return its status line."""
    file = {"name": "sales.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Upload your own table").set_input_files([file])
    report = page.locator(".wb-upload-status")
    expect(report).to_contain_text(re.compile("was read|was rejected"))
    wait_until_ready(page)
    return report


def encode_as_published(*lines: str) -> bytes:
    """Lines as in the published file: Mac Roman, each ended by CR."""
    return "\r".join([*lines, ""]).encode("mac_roman")


def test_the_page_shows_the_figures_of_the_command(delivery_page: Page) -> None:
    result = run_command(TOPIC)
    assert displayed_numbers(delivery_page) == pytest.approx(values_from_command(result))
    expect(delivery_page.locator(".wb-headline")).to_contain_text(result["headline"])


def test_a_department_is_typed_by_keyboard_alone(delivery_page: Page) -> None:
    find_field(delivery_page, "department").focus()
    delivery_page.keyboard.type(JUSTICE)
    wait_until_ready(delivery_page)
    displayed = displayed_numbers(delivery_page)
    assert displayed["events_total"]
    values = values_from_command(run_command(TOPIC, department=JUSTICE))
    # The page leaves out what the department has no rows for.
    assert displayed == pytest.approx({name: values[name] for name in displayed})


def test_the_page_has_a_tile_and_a_table_for_each_kind(delivery_page: Page) -> None:
    shown = displayed_numbers(delivery_page)
    counts = {"commitments_total": 11, "measures_total": 48, "events_total": 148}
    assert {name: shown[name] for name in counts} == counts
    for caption in CAPTIONS.values():
        expect(table_with_caption(delivery_page, caption)).to_have_count(1)


def test_the_table_of_events_filters_by_keyboard_alone(delivery_page: Page, tmp_path: Path) -> None:
    table = table_with_caption(delivery_page, CAPTIONS["events"])
    view = delivery_page.locator(".wb-result", has=table)
    rows, report = table.locator("tbody tr"), view.locator(".wb-row-count")
    delivery_page.get_by_role("button", name="Expand all").click()
    expect(report).to_have_text("148 rows")
    view.get_by_label("Programme", exact=True).focus()
    delivery_page.keyboard.type("Digital p")
    delivery_page.keyboard.press("Tab")
    delivery_page.keyboard.type("Department of H")
    expect(report).to_have_text("1 of 148 rows match. The download includes all 148 rows.")
    expect(rows).to_have_count(1)
    expect(rows.locator("th")).to_have_text("Consult online on reforms under the Care Act 2014")
    with delivery_page.expect_download() as begun:
        delivery_page.get_by_role(
            "button", name=f"Download data (CSV): {CAPTIONS['events']}"
        ).click()
    begun.value.save_as(tmp_path / "events.csv")
    with (tmp_path / "events.csv").open(encoding="utf-8") as file:
        downloaded = list(csv.DictReader(file))
    assert len(downloaded) == 148
    assert {"organisation", "state", "date", "source"} <= set(downloaded[0])
    find_field(delivery_page, "programme").fill("G-Cloud")
    wait_until_ready(delivery_page)
    expect(report).to_have_text("3 rows")


def test_a_file_in_the_published_layout_is_exact_to_the_penny(delivery_page: Page) -> None:
    expect(upload_sales(delivery_page, encode_as_published(HEADER, *RETURNS))).to_contain_text(
        "was read"
    )
    assert displayed_numbers(delivery_page)["gcloud_sales"] == 800.2
    assert displayed_numbers(delivery_page)["gcloud_small_sales_share"] == pytest.approx(
        400 / 800.2
    )
    returned = (
        table_with_caption(delivery_page, "G-Cloud sales: published and returned")
        .locator("tbody tr")
        .nth(1)
    )
    assert returned.locator("th, td").all_text_contents() == [
        "Suppliers’ returns", "2014-04", "£800.20", "50%", "75%", "4",
    ]  # fmt: skip


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published original is not here")
def test_the_published_file_gives_the_published_totals(delivery_page: Page) -> None:
    expect(upload_sales(delivery_page, PUBLISHED.read_bytes())).to_contain_text("13,492 rows")
    assert displayed_numbers(delivery_page)["gcloud_sales"] == 177_580_755.73
    assert displayed_numbers(delivery_page)["gcloud_small_sales_share"] == pytest.approx(
        0.53986, abs=5e-6
    )
    title = delivery_page.locator("[data-chart=sales] .wb-title")
    expect(title).to_have_text(
        "Small firms had 54% of G-Cloud sales to April 2014; the report says 60%"
    )


def test_a_file_without_a_column_is_rejected_with_every_error(
    delivery_page: Page,
) -> None:
    before = displayed_numbers(delivery_page)
    gone = [",".join(line.split(",")[:7] + line.split(",")[8:]) for line in (HEADER, *RETURNS)]
    report = upload_sales(delivery_page, encode_as_published(*gone, gone[-1]))
    expect(report).to_contain_text("sales.csv was rejected: 2 errors")
    result = delivery_page.locator(".wb-upload-issues li")
    expect(result.nth(0)).to_contain_text('column "sales" ("EvidencedSpend" in the published')
    expect(result.nth(1)).to_contain_text("row 7, column ID: repeats")
    assert displayed_numbers(delivery_page) == before
    assert accessibility_violations(delivery_page) == []


def test_print_shows_chart_data_and_cuts_no_table(delivery_page: Page) -> None:
    delivery_page.emulate_media(media="print")
    delivery_page.set_viewport_size({"width": A4, "height": 900})
    for chart in delivery_page.locator("figure[data-chart]").all():
        expect(chart.locator("table")).to_be_visible()
    for filter_box in delivery_page.get_by_label("Programme", exact=True).all():
        expect(filter_box).to_be_hidden()
    expect_no_sideways_scrolling(delivery_page, A4)
    assert delivery_page.pdf(format="A4").startswith(b"%PDF")


def test_nothing_scrolls_sideways_with_every_part_open(delivery_page: Page) -> None:
    expect_all_open_and_fitting(delivery_page)
