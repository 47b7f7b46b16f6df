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
    """Run JupyterLab on a folder; yields the address below which it opens a notebook."""
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
        yield wait_for_answer(f"http://127.0.0.1:{port}/lab") + "/tree"


def run_notebook(page: Page, address: str) -> None:
    """Open a notebook in JupyterLab and start all of its cells.

    Args:
        page: The page to open it in.
        address: The notebook's address.
    """
    page.goto(address, timeout=KERNEL_TIMEOUT)
    # cells that are run before the kernel starts never run
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
