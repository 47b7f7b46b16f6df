"""The digital inclusion notebook in JupyterLab: it runs, and its form works."""

import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import free_port, run_server, wait_for_answer
from workbook.resources import resource_folder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
NOTEBOOK = "digital_inclusion.ipynb"


def test_the_notebook_runs_from_top_to_bottom_and_its_form_works(
    browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    shutil.copy(resource_folder("notebooks") / NOTEBOOK, tmp_path)
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
        expect(page.locator(".jp-Notebook h1", has_text="Digital inclusion")).to_be_visible()
        idle = page.get_by_text("Python 3 (ipykernel) | Idle")
        expect(idle).to_be_visible()  # cells that are run before the kernel starts never run
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        form = page.locator("input[name=programme_starts]")
        expect(form).to_be_attached()
        record = page.locator(".jp-OutputArea-output table caption", has_text="5.4 million")
        expect(record).to_be_attached()
        assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0
        expect(page.locator("figure svg")).to_have_count(5)
        form.fill("800000")
        expect(page.locator(".wb-headline")).to_contain_text("4.2 million")
        expect(page.locator("[data-indicator=people_excluded]")).to_have_attribute(
            "data-value", "4184000.0"
        )
        expect(page.locator("figure[data-chart=path]")).to_contain_text("Scenario: 4.2m")
