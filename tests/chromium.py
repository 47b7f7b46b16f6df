"""The browser for the tests and for the README's pictures: the one that is there, else installed.

``python -m tests.chromium``, a part of ``make test``, makes sure that there is one; the tests
themselves only ask for its :func:`executable` and install nothing.
"""

import functools
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CHROMIUM_FLAGS: Final = (
    "--no-sandbox",  # Chromium's sandbox does not start as root; only our own pages are opened
    "--disable-gpu",  # the same pixels on a machine with a graphics card and without
    "--disable-background-networking",  # the browser's own errands would count as
    "--disable-component-update",  #         requests that leave the host
    "--disable-sync",
    "--no-first-run",
)
"""What every test starts Chromium with."""

COMMAND_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS: Final = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHT_PATH_SCRIPT: Final = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


@functools.cache
def chromium_path() -> str:
    """The path of a Chromium that runs here."""
    path = _find_installed() or _find_playwright_chromium()
    if path is None:
        message = "No Chromium was found: python -m tests.chromium installs one."
        raise RuntimeError(message)
    return path


def install_chromium() -> None:
    """Put a Chromium on this machine: Debian's where that may be done, else Playwright's."""
    if may_use_apt():
        install_packages("chromium", "fonts-liberation")  # without a font a page is all boxes
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def install_packages(*packages: str) -> None:
    """Install packages of Debian."""
    subprocess.run(["apt-get", "update"], check=True)
    subprocess.run(
        ["apt-get", "install", "--yes", "--no-install-recommends", *packages],
        check=True,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    )


def _find_installed() -> str | None:
    """The first Chromium or Chrome in the usual places, if any."""
    return next((place for place in _candidate_paths() if _can_run(place)), None)


def _candidate_paths() -> Iterator[str]:
    """Where Linux, macOS and Windows keep the browser."""
    yield from filter(None, map(shutil.which, COMMAND_NAMES))
    yield from APPLICATIONS
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield str(Path(folder, "Google", "Chrome", "Application", "chrome.exe"))


def _can_run(place: str) -> bool:
    """Whether it is there and answers: Ubuntu's chromium-browser may be no more than advice."""
    if not Path(place).is_file():
        return False
    if platform.system() == "Windows":  # there it would open a window instead of answering
        return True
    answer = subprocess.run([place, "--version"], capture_output=True, check=False, timeout=60)
    return answer.returncode == 0


def _find_playwright_chromium() -> str | None:
    """Playwright's Chromium, asked for in a process of its own: a test may be using Playwright."""
    command = [sys.executable, "-c", PLAYWRIGHT_PATH_SCRIPT]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    place = answer.stdout.strip()
    return place if Path(place).is_file() else None


def may_use_apt() -> bool:
    """Whether this is Debian and we may install there; Ubuntu's package only fetches a snap."""
    if platform.system() != "Linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    return platform.freedesktop_os_release().get("ID") == "debian"


def main() -> None:
    """Find the browser, or install it, and say which it is."""
    try:
        path = chromium_path()
    except RuntimeError:
        install_chromium()
        path = chromium_path()
    print(f"Browser for the tests: {path}")


if __name__ == "__main__":
    main()
