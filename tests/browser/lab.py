"""Real JupyterLab on a folder of notebooks, with settings of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.server import free_port, run_server, wait_for_answer


@contextmanager
def run_notebook_in_lab(page: Page, path: Path) -> Iterator[None]:
    """Open a notebook in JupyterLab and run all of its cells.

    Args:
        page: The page to open it in.
        path: The notebook.

    Yields:
        Nothing, once the cells have been started.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
        *(f"--ServerApp.root_dir={path.parent}", "--ServerApp.port_retries=0"),
        "--IdentityProvider.token=",
    ]
    environment = {
        "JUPYTERLAB_SETTINGS_DIR": str(path.parent / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(path.parent / "spaces"),
    }
    with run_server(command, f"http://127.0.0.1:{port}/lab", environment):
        page.goto(wait_for_answer(f"http://127.0.0.1:{port}/lab/tree/{path.name}"))
        # cells that are run before the kernel starts never run
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        yield
