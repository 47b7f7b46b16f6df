"""Real JupyterLab on a folder of notebooks, with settings of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.page_actions import KERNEL_TIMEOUT
from tests.browser.server import free_port, run_server, wait_for_answer


@contextmanager
def serve_lab(folder: Path) -> Iterator[str]:
    """Run JupyterLab on a folder; yields its address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
        *(f"--ServerApp.root_dir={folder}", "--ServerApp.port_retries=0"),
        "--IdentityProvider.token=",
    ]
    environment = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "spaces"),
    }
    with run_server(command, f"http://127.0.0.1:{port}/lab", environment):
        yield wait_for_answer(f"http://127.0.0.1:{port}/lab")


def run_notebook(page: Page, lab_address: str, name: str) -> None:
    """Open a notebook in JupyterLab, alone in its workspace, and start all of its cells.

    Args:
        page: The page to open it in.
        lab_address: The address of JupyterLab.
        name: The name of the notebook's file.
    """
    workspace = name.partition(".")[0]
    page.goto(f"{lab_address}/workspaces/{workspace}/tree/{name}", timeout=KERNEL_TIMEOUT)
    # cells that are run before the kernel starts never run
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
