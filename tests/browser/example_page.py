"""The page of a topic made for a test, served under the name of a registered topic."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.browser.server import free_port, run_server
from workbook.resources import resource_folder

REPOSITORY = Path(__file__).parents[2]
REGISTERED_NAME = "digital_inclusion"
"""The server has pages of registered topics only."""

SERVE = """
import sys
from pathlib import Path
from workbook import topic
from workbook.serving import app
topic.resource_folder = lambda *_: Path(sys.argv[1])
app.run_server("127.0.0.1", int(sys.argv[2]), "/")
"""


def importing_cell(source: str) -> str:
    """Source of a cell that may import what is made for tests."""
    return f"import sys\nsys.path.insert(0, {str(REPOSITORY)!r})\n{source}"


@contextlib.contextmanager
def serve_cell(folder: Path, source: str) -> Iterator[str]:
    """Serve a page with one cell, which shows a ``study``; yields the server's address."""
    path = resource_folder("notebooks") / f"{REGISTERED_NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    codes = [new_code_cell(importing_cell(source)), new_code_cell("study.outcome")]
    notebook.cells = [new_markdown_cell("# Example"), *codes]
    nbformat.write(notebook, folder / path.name)
    command = [sys.executable, "-c", SERVE, str(folder), str(free_port())]
    with run_server(command, "http://127.0.0.1:") as line:
        yield line[line.index("http://") :].rstrip("/")
