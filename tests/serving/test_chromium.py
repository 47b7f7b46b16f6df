"""The browser on the server: found by its command, driven over pipes, ended with its helpers."""

import os
import time
from pathlib import Path

import pytest

from workbook.serving.chromium import ChromiumError, find_chromium, start_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="the PATH names no Chromium"),
]


def open_tab(browser):
    target = browser.send_command("Target.createTarget", url="about:blank")["targetId"]
    return browser.send_command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]


@pytest.fixture
def chromium():
    return find_chromium()


def test_it_evaluates_code_and_waits_for_promises(chromium):
    with start_chromium(chromium, 60) as browser:
        tab = open_tab(browser)
        assert browser.evaluate("1 + 1", tab) == 2
        assert browser.evaluate("Promise.resolve('done')", tab) == "done"
        with pytest.raises(ChromiumError, match="the page failed: Error: no"):
            browser.evaluate("throw new Error('no')", tab)


def test_a_page_that_never_answers_is_given_up(chromium):
    with start_chromium(chromium, 60) as browser:
        tab = open_tab(browser)
        browser.set_time_left(1)
        with pytest.raises(ChromiumError, match="took too long"):
            browser.evaluate("new Promise(() => {})", tab)


def test_it_asks_no_other_host(chromium):
    with start_chromium(chromium, 60) as browser:
        tab = open_tab(browser)
        failure = browser.evaluate("fetch('http://example.org/').catch((error) => error.name)", tab)
        assert failure == "TypeError"


def test_it_ends_with_its_helpers_and_leaves_no_profile(chromium, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with start_chromium(chromium, 60) as browser:
        open_tab(browser)
        infos = browser.send_command("SystemInfo.getProcessInfo")["processInfo"]
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
    deadline = time.monotonic() + 60
    while any(is_running(info["id"]) for info in infos):
        assert time.monotonic() < deadline, "the browser's processes did not end"


def is_running(process_id):
    try:
        os.kill(process_id, 0)
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
        return status.rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_command_that_ends_at_once_is_an_error(tmp_path):
    command = tmp_path / "chromium"
    command.write_text("#!/bin/sh\nexit 0\n")
    command.chmod(0o700)
    with (
        pytest.raises(ChromiumError, match="the browser ended"),
        start_chromium(str(command), 60) as browser,
    ):
        browser.send_command("Browser.getVersion")


def test_a_command_that_does_not_start_is_not_found(tmp_path, monkeypatch):
    command = tmp_path / "chromium"
    command.write_text("#!/bin/sh\necho Install the snap; exit 1\n")
    command.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() is None
    command.write_text("#!/bin/sh\necho Chromium 150\n")
    assert find_chromium() == str(command)
