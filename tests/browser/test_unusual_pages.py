"""Unusual pages: forty parameters and long names, and a notebook or a browser that fails."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Page, expect

from tests.browser.example_page import write_example
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
)
from tests.browser.server import serve_workbook
from tests.widgets.many_parameters_topic import LONG_LABEL, LONG_NAME, WELSH_NAME
from workbook.resources import resource_folder

pytestmark = pytest.mark.browser

TOPIC = "savings"
"""The page with many parameters has the name of this topic: only registered topics have one."""

CELL = """
from tests.widgets.many_parameters_topic import topic
from workbook import Study
study = Study(topic)
study
"""
FAILING = "digital_inclusion"
PRINTED = "delivery"
BROKEN_BROWSER = '#!/bin/sh\n[ "$1" = --version ]\n'
"""A browser that says its version and ends."""

SECRET = "a secret of the server"
READ_ANCESTORS = f"""
import os
from pathlib import Path
process, environments = os.getpid(), []
def parent_of(process):
    return int(Path(f"/proc/{{process}}/stat").read_text().rpartition(")")[2].split()[1])
while "few_topics.py" in Path(f"/proc/{{(process := parent_of(process))}}/cmdline").read_text():
    try:
        environments.append(Path(f"/proc/{{process}}/environ").read_bytes())
    except PermissionError:
        environments.append(b"")
count = f"{{len(environments)}} environments above the kernel"
found = any({SECRET[2:].encode()!r} in text for text in [*environments, repr(os.environ).encode()])
f"{{count}}, the secret in one: {{found}}"
"""
"""A cell that reads what it can of the processes above its kernel, up to the server."""


FAIL_LATER = """
evaluate = study.evaluate
def fail(scenario):
    if scenario.dropout == 0.99:
        raise RuntimeError("do not tell: /srv/of-the-server/file.csv")
    if scenario.dropout == 0.98:
        open("/srv/of-the-server/table.csv")
    return evaluate(scenario)
study.evaluate = fail
"""
"""A cell after which a callback fails for one value, and the reading of a table for another."""

DETAILS = ("do not tell", "/srv/", "Traceback", "ZeroDivision", "RuntimeError", "FileNotFound")
"""What no visitor may get: messages of errors, paths and traces."""

LOG: list[str] = []
"""What the server prints."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The workbook under /desk/, with these pages and with a browser that fails."""
    notebooks, commands = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("commands")
    write_example(notebooks / f"{TOPIC}.ipynb", CELL)
    write_failing_notebook(notebooks / f"{FAILING}.ipynb")
    (notebooks / f"{PRINTED}.ipynb").write_bytes(
        (resource_folder("notebooks") / f"{PRINTED}.ipynb").read_bytes()
    )
    (commands / "chromium").write_text(BROKEN_BROWSER)
    (commands / "chromium").chmod(0o700)
    names, options = (TOPIC, FAILING, PRINTED), ["--base-url=/desk/"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{commands}:/usr/bin:/bin")
        patch.setenv("DATABASE_URL", SECRET)
        with serve_workbook(
            *names, options=options, notebooks=str(notebooks), lines=LOG
        ) as address:
            yield address


def write_failing_notebook(path: Path) -> None:
    """Write the topic's notebook with a cell that looks for secrets, and one that fails."""
    notebook = nbformat.read(resource_folder("notebooks") / path.name, as_version=4)
    notebook.cells.insert(1, new_code_cell(READ_ANCESTORS))
    notebook.cells.insert(4, new_code_cell(FAIL_LATER))
    notebook.cells.insert(8, new_code_cell("secret = 'do not tell'\n1 / 0"))
    nbformat.write(notebook, path)


@pytest.mark.parametrize("width", [320, 1280])
def test_long_labels_and_names_wrap(topic_page: Page, width: int) -> None:
    topic_page.set_viewport_size({"width": width, "height": 800})
    find_field(topic_page, "services").fill(f"{LONG_NAME}; {WELSH_NAME}")
    find_field(topic_page, "share_0").fill("10")
    find_field(topic_page, "share_38").fill("130")
    summary = topic_page.get_by_role("alert").filter(has_text="There is a problem")
    topic_page.locator("h1").click()
    expect(summary).to_contain_text("Share 38 must be between 0% and 100%.")
    chips = topic_page.locator(".wb-chips li")
    expect(chips.filter(has_text=LONG_LABEL.strip())).to_be_visible()
    expect(chips.filter(has_text=WELSH_NAME)).to_be_visible()
    wait_until_ready(topic_page)
    expect_no_sideways_scrolling(topic_page, width)
    overflowing = topic_page.locator(".wb-field:visible, .wb-chips li").evaluate_all(
        "all => all.filter((box) => box.scrollWidth > box.clientWidth + 1).length"
    )
    assert overflowing == 0
    assert accessibility_violations(topic_page) == []


def test_a_page_that_fails_reports_a_missing_part_without_details_or_secrets(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/{FAILING}?programme_starts=0")
    alert = page.get_by_role("alert").filter(has_text="could not be shown")
    expect(alert).to_contain_text("incident")
    assert "ZeroDivisionError" not in page.content()
    assert "do not tell" not in page.content()
    expect(page.locator(".wb-headline")).to_contain_text("6.2 million")  # from before the failure
    if Path("/proc").is_dir():
        expect(page.locator("pre.wb-output").first).to_have_text(
            "'2 environments above the kernel, the secret in one: False'"
        )
    answer = page.request.get(f"{site}/health")
    assert (answer.status, answer.headers["content-type"]) == (503, "text/plain; charset=UTF-8")
    assert f"The last page failed: {FAILING}" in answer.text()


def wait_for_log(text: str) -> None:
    """Wait until the server has printed a text, with the trace of the error."""
    deadline = time.monotonic() + 30
    while not any(text in line for line in LOG):
        assert time.monotonic() < deadline, LOG
        time.sleep(0.1)
    assert any("/srv/of-the-server/" in line for line in LOG)


def test_neither_page_nor_socket_has_details_of_a_later_failure(page: Page, site: str) -> None:
    frames: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    open_page(page, f"{site}/{FAILING}")
    for dropout in ("99", "98"):
        find_field(page, "dropout").fill(dropout)
        summary = page.locator(".wb-error-summary")
        expect(summary).to_contain_text("Something went wrong")
        incident = re.search(r"incident (\w+)\.", str(summary.text_content()))
        assert incident
        wait_for_log(f"incident {incident[1]}: {FAILING}")
        find_field(page, "dropout").fill("30")
        wait_until_ready(page)
        expect(page.locator("main")).not_to_contain_text("Something went wrong")
    assert any("Something went wrong" in frame for frame in frames)
    for text in (page.content(), *frames):
        assert not [detail for detail in DETAILS if detail in text]


def test_everything_is_under_the_base_url(page: Page, site: str) -> None:
    assert site.endswith("/desk")
    assert page.request.get(f"{site}/metrics").status == 200
    page.goto(f"{site}/")
    page.get_by_role("main").get_by_role("link", name="Digital inclusion").click()
    expect(page).to_have_url(f"{site}/{FAILING}")
    assert page.request.get(site.removesuffix("desk") + "health").status == 404


def test_a_browser_that_fails_is_an_error_page_with_an_incident(site: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as failed:
        urllib.request.urlopen(f"{site}/{PRINTED}/summary.pdf", timeout=100)
    with failed.value as answer:
        html = answer.read().decode()
    assert answer.status == 500
    assert "The PDF could not be made. Print the page from your browser" in html
    assert "report incident" in html
