"""A waiting kernel that dies is not given to a visitor."""

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import serve_workbook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="kernels are found in /proc"),
]


def kernel_processes(port: str) -> list[int]:
    """Process identifiers of the kernels that belong to the server on a port."""
    process_ids = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode()
            environment = (process / "environ").read_bytes().decode()
        except OSError:
            continue
        if "ipykernel_launcher" in command and f"VOILA_APP_PORT={port}\0" in environment:
            process_ids.append(int(process.name))
    return process_ids


def test_a_visitor_gets_a_live_kernel(page: Page) -> None:
    with serve_workbook() as site:
        port = site.rpartition(":")[2]
        page.goto(f"{site}/digital_inclusion")
        expect(page.locator("body[data-workbook=ready]")).to_be_attached()
        page.goto(f"{site}/")
        page.wait_for_timeout(8_000)  # for the pool to be full again
        waiting = kernel_processes(port)
        assert waiting
        for kernel in waiting:
            os.kill(kernel, signal.SIGKILL)
        page.wait_for_timeout(500)
        page.goto(f"{site}/digital_inclusion?programme_starts=0")
        expect(page.locator("body[data-workbook=ready]")).to_be_attached()
        expect(page.locator(".wb-headline")).to_have_text(re.compile("6.2 million"))
