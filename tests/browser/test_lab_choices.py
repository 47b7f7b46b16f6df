"""Controls in JupyterLab: checkboxes, uploads, paths, and clicks in a chart."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Browser, expect

from tests.browser.example_page import importing_cell
from tests.browser.lab import run_notebook_in_lab
from tests.browser.page_actions import find_field
from tests.browser.test_choices import CELL, TOTAL
from tests.widgets.example_topic import VALID_CSV
from workbook.resources import resource_folder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
NOTEBOOK = "choosing.ipynb"


def test_the_controls_of_a_page_work_in_a_notebook(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1600})
    notebook = nbformat.read(resource_folder("notebooks") / "digital_inclusion.ipynb", as_version=4)
    notebook.cells = [new_code_cell(importing_cell(CELL))]
    nbformat.write(notebook, tmp_path / NOTEBOOK)
    (tmp_path / "mine.csv").write_text(VALID_CSV)
    with run_notebook_in_lab(page, tmp_path / NOTEBOOK):
        total = page.locator("[data-indicator=total]")
        expect(total).to_have_attribute("data-value", str(TOTAL))
        page.locator("details.wb-multiselect summary").click()
        page.get_by_label("Search the list: Services left out").fill("734")
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
