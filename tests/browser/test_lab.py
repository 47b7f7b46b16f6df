"""Notebooks in JupyterLab: digital inclusion runs and its form works, as do all controls."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Browser, Page, expect

from tests.browser.example_page import importing_cell
from tests.browser.lab import run_notebook, serve_lab
from tests.browser.page_actions import find_field
from tests.browser.test_choices import CELL, TOTAL
from tests.widgets.example_topic import VALID_CSV
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser
NOTEBOOK = "digital_inclusion.ipynb"
CONTROLS_NOTEBOOK = "choosing.ipynb"
SIZES = ((1280, 800), (1440, 900))

SCROLLING_PARTS = """overview => [...overview.querySelectorAll("*")]
  .filter(part => part.checkVisibility() && !part.closest("details:not([open])"))
  .filter(part => ["auto", "scroll"].includes(getComputedStyle(part).overflowY)
    && part.scrollHeight > part.clientHeight + 1)
  .map(part => part.className)"""
"""Parts of the first screen with a scrollbar of their own beside the notebook's."""

CLIPPED_PARTS = """overview => [...overview.querySelectorAll("button, input, select, svg, p, h2")]
  .filter(part => part.checkVisibility() && !part.closest("details:not([open])"))
  .filter(part => part.getBoundingClientRect().right
    > overview.getBoundingClientRect().right + 1)
  .map(part => part.outerHTML.slice(0, 80))"""
"""Parts of the first screen that reach beyond its right edge."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the notebooks and of a table."""
    notebooks = tmp_path_factory.mktemp("lab")
    shutil.copy(resource_folder("notebooks") / NOTEBOOK, notebooks)
    notebook = nbformat.read(notebooks / NOTEBOOK, as_version=4)
    notebook.cells = [new_code_cell(importing_cell(CELL))]
    nbformat.write(notebook, notebooks / CONTROLS_NOTEBOOK)
    (notebooks / "mine.csv").write_text(VALID_CSV)
    return notebooks


@pytest.fixture(scope="module")
def lab_address(folder: Path) -> Iterator[str]:
    """The address of JupyterLab."""
    with serve_lab(folder) as address:
        yield address


@pytest.fixture(scope="module")
def lab_page(browser: Browser, lab_address: str) -> Iterator[Page]:
    """The notebook in JupyterLab, with every cell run."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    run_notebook(page, lab_address, NOTEBOOK)
    record = page.locator(".jp-OutputArea-output table caption", has_text="5.4 million")
    expect(record).to_be_attached()
    yield page
    page.close()


def test_the_notebook_runs_without_an_error(lab_page: Page) -> None:
    expect(lab_page.locator(".jp-Notebook h1", has_text="Digital inclusion")).to_be_attached()
    assert lab_page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_answer_and_the_form_are_side_by_side(lab_page: Page, width: int, height: int) -> None:
    lab_page.set_viewport_size({"width": width, "height": height})
    overview = lab_page.locator(".wb-overview")
    overview.evaluate("element => element.scrollIntoView()")
    expect(overview.locator("figure[data-chart=path] svg")).to_be_visible()
    boxes = {
        name: overview.locator(selector).first.bounding_box()
        for name, selector in {
            "headline": ".wb-headline",
            "chart": "figure[data-chart=path] svg",
            "form": ".wb-form",
            "lever": ".wb-form input",
        }.items()
    }
    headline, chart, form, lever = (boxes[name] or {} for name in boxes)
    assert headline["x"] + headline["width"] <= form["x"]
    assert chart["x"] + chart["width"] <= form["x"]
    assert form["y"] < headline["y"] + headline["height"]  # they begin at the same height
    for box in (headline, chart, lever):  # with the answer at the top, all are on one screen
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
    assert form["x"] + form["width"] <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_on_the_first_screen_is_clipped_or_scrolls_by_itself(
    lab_page: Page, width: int, height: int
) -> None:
    lab_page.set_viewport_size({"width": width, "height": height})
    overview = lab_page.locator(".wb-overview")
    assert overview.evaluate(SCROLLING_PARTS) == []
    assert overview.evaluate(CLIPPED_PARTS) == []


def test_a_closed_section_opens_and_draws_its_chart(lab_page: Page) -> None:
    flows = lab_page.locator("figure[data-chart=flows]")
    expect(flows).to_be_hidden()
    heading = lab_page.locator(".jp-MarkdownCell", has_text="The target and the path").first
    heading.scroll_into_view_if_needed()
    heading.locator(".jp-showHiddenCellsButton").click()
    expect(lab_page.locator(".jp-MarkdownCell", has_text="a line joins the two")).to_be_visible()
    flows.scroll_into_view_if_needed()
    expect(flows.locator("svg")).to_be_visible()


def test_the_form_changes_the_answer(lab_page: Page) -> None:
    form = lab_page.locator("input[name=programme_starts]")
    form.fill("800000")
    expect(lab_page.locator(".wb-headline")).to_contain_text("4.2 million")
    indicator = lab_page.locator(".wb-overview [data-indicator=people_excluded]")
    expect(indicator).to_have_attribute("data-value", "4184000.0")
    chart = lab_page.locator("figure[data-chart=path]")
    expect(chart).to_contain_text("Scenario4.2 million")


def test_a_scenario_is_saved_and_opened(lab_page: Page) -> None:
    saved = lab_page.get_by_role("region", name="Saved scenarios")
    saved.get_by_text("Open a saved scenario").click()
    saved.get_by_role("button", name="Open: The strategy as published").click()
    expect(saved.get_by_role("status")).to_have_text("“The strategy as published” is open.")
    form = lab_page.locator("input[name=programme_starts]")
    expect(form).to_have_value("300000")
    form.fill("700000")
    expect(lab_page.locator(".wb-notice")).to_be_hidden()
    saved.get_by_text("Save this scenario").click()
    expect(saved.get_by_label("Your name")).not_to_have_value("")  # JupyterLab's user
    saved.get_by_label("Name of the scenario").fill("In a notebook")
    saved.get_by_role("button", name="Save", exact=True).click()
    expect(saved.get_by_role("status")).to_have_text("“In a notebook” is saved.")
    lab_page.get_by_role("button", name="Undo", exact=True).click()
    expect(form).to_have_value("300000")


def test_the_controls_of_a_page_work_in_a_notebook(browser: Browser, lab_address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1600})
    run_notebook(page, lab_address, CONTROLS_NOTEBOOK)
    total = page.locator("[data-indicator=total]")
    expect(total).to_have_attribute("data-value", str(TOTAL))
    search_box = page.get_by_label("Search the list: Services left out")
    page.locator("details.wb-multiselect").filter(has=search_box).locator("summary").click()
    search_box.fill("734")
    page.get_by_label("Service 734").check()
    expect(total).to_have_attribute("data-value", str(TOTAL - 734))
    mark = page.locator("figure svg .mark-symbol path").first
    mark.click()
    expect(page.locator("select[name=service]")).not_to_have_value("")
    find_field(page, "data").fill("mine.csv")
    expect(total).to_have_attribute("data-value", "40")
    file = {"name": "one.csv", "mimeType": "text/csv", "buffer": b"service,visits\nOne,7\n"}
    page.get_by_label("Upload your own table").set_input_files([file])
    expect(total).to_have_attribute("data-value", "7")
    expect(page.locator("input[name=data]")).to_have_value("upload:one.csv")
    page.close()
