"""The documentation site in a browser: it loads nothing from another host."""

import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

from tests import ROOT
from tests.chromium import CHROMIUM_FLAGS, chromium_path


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    subprocess.run([sys.executable, "-m", "docs", str(folder)], cwd=ROOT, check=True)
    return folder


def test_pages_and_search_need_no_other_host(site):
    requests = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        page = browser.new_page()
        page.on("request", lambda request: requests.append(request.url))
        for path in sorted(site.rglob("*.html")):
            page.goto(path.as_uri())
        page.goto(f"{(site / 'search.html').as_uri()}?q=tornado")
        page.locator("#search-results li").first.wait_for()
        browser.close()
    assert requests
    assert not [url for url in requests if not url.startswith(("file:", "data:"))]
