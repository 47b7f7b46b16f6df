"""Controls in JupyterLab: checkboxes, uploads, paths, and clicks in a chart."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Browser, expect

from tests.browser.server import free_port, run_server, wait_for_answer
from tests.browser.test_choices import CELL, TOTAL
from tests.widgets.example_topic import VALID_CSV
from workbook.resources import resource_folder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
NOTEBOOK = "choosing.ipynb"


def test_the_controls_of_a_page_work_in_a_notebook(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1600})
    notebook = nbformat.read(resource_folder("notebooks") / "digital_inclusion.ipynb", as_version=4)
    notebook.cells = [new_code_cell(CELL)]
    nbformat.write(notebook, tmp_path / NOTEBOOK)
    (tmp_path / "mine.csv").write_text(VALID_CSV)
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
        *(f"--ServerApp.root_dir={tmp_path}", "--ServerApp.port_retries=0"),
        "--IdentityProvider.token=",
    ]
    environment = {
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "spaces"),
    }
    with run_server(command, f"http://127.0.0.1:{port}/lab", environment):
        page.goto(wait_for_answer(f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}"))
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        total = page.locator("[data-indicator=total]")
        expect(total).to_have_attribute("data-value", str(TOTAL))
        page.locator("details.wb-multiselect summary").click()
        page.get_by_label("Search the list: Services left out").fill("734")
        page.get_by_label("Service 734").check()
        expect(total).to_have_attribute("data-value", str(TOTAL - 734))
        mark = page.locator("figure svg .mark-symbol path").first
        mark.click()
        expect(page.locator("select[name=service]")).not_to_have_value("")
        page.locator("input[name=data]").fill("mine.csv")
        expect(total).to_have_attribute("data-value", "40")
        file = {"name": "one.csv", "mimeType": "text/csv", "buffer": b"service,visits\nOne,7\n"}
        page.get_by_label("Upload your own table").set_input_files([file])
        expect(total).to_have_attribute("data-value", "7")
        expect(page.locator("input[name=data]")).to_have_value("upload:one.csv")
