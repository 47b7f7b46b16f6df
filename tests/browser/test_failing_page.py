"""A page whose notebook fails: a plain message, without any details of the failure."""

import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Page, expect

from tests.browser.server import free_port, run_server
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser

SERVE = """
import sys
from pathlib import Path
from workbook import topic
from workbook.serving import app
topic.resource_folder = lambda *_: Path(sys.argv[1])
app.run_server("127.0.0.1", int(sys.argv[2]), "/desk/")
"""


SECRET = "a secret of the server"
READ_ANCESTORS = f"""
import os
from pathlib import Path
process, environments = os.getpid(), []
while "run_server" not in Path(f"/proc/{{process}}/cmdline").read_text():
    process = int(Path(f"/proc/{{process}}/stat").read_text().rpartition(")")[2].split()[1])
    try:
        environments.append(Path(f"/proc/{{process}}/environ").read_bytes())
    except PermissionError:
        environments.append(b"")
count = f"{{len(environments)}} environments above the kernel"
found = any({SECRET[2:].encode()!r} in text for text in [*environments, repr(os.environ).encode()])
f"{{count}}, the secret in one: {{found}}"
"""
"""A cell that reads what it can of the processes above its kernel, up to the server."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The workbook under /desk/, with a notebook that fails in the middle."""
    notebook = nbformat.read(resource_folder("notebooks") / "digital_inclusion.ipynb", as_version=4)
    notebook.cells.insert(1, new_code_cell(READ_ANCESTORS))
    notebook.cells.insert(7, new_code_cell("secret = 'do not tell'\n1 / 0"))
    apps = tmp_path_factory.mktemp("apps")
    nbformat.write(notebook, apps / "digital_inclusion.ipynb")
    command = [sys.executable, "-c", SERVE, str(apps), str(free_port())]
    with run_server(command, "http://127.0.0.1:", {"DATABASE_URL": SECRET}) as line:
        yield line[line.index("http://") :].rstrip("/")


def test_the_page_reports_a_missing_part_without_details(page: Page, site: str) -> None:
    page.goto(f"{site}/digital_inclusion")
    alert = page.get_by_role("alert").filter(has_text="could not be shown")
    expect(alert).to_contain_text("incident")
    assert "ZeroDivisionError" not in page.content()
    assert "do not tell" not in page.content()


def test_the_views_before_the_failure_work(page: Page, site: str) -> None:
    page.goto(f"{site}/digital_inclusion?programme_starts=0")
    expect(page.locator(".wb-headline")).to_contain_text("6.2 million")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are read in /proc")
def test_the_kernel_cannot_read_the_secrets_of_the_server(page: Page, site: str) -> None:
    page.goto(f"{site}/digital_inclusion")
    expect(page.locator("pre.wb-output").first).to_have_text(
        "'2 environments above the kernel, the secret in one: False'"
    )


def test_the_health_check_names_the_topic(page: Page, site: str) -> None:
    page.goto(f"{site}/digital_inclusion")
    answer = page.request.get(f"{site}/health")
    assert (answer.status, answer.headers["content-type"]) == (503, "text/plain; charset=UTF-8")
    assert "The last page failed: digital_inclusion" in answer.text()


def test_everything_is_under_the_base_url(page: Page, site: str) -> None:
    assert site.endswith("/desk")
    assert page.request.get(f"{site}/health").status == 503
    page.goto(f"{site}/")
    page.get_by_role("main").get_by_role("link", name="Digital inclusion").click()
    expect(page).to_have_url(f"{site}/digital_inclusion")
    assert page.request.get(site.removesuffix("desk") + "health").status == 404
