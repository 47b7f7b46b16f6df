"""A browser without a network, in which a snapshot's pages are opened from disk."""

import pytest

from tests.browser.conftest import browser

__all__ = ["browser", "page"]


@pytest.fixture
def page(browser):
    """A page in an offline browser; the test fails if the page requests another resource."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    requested_urls, complaints = [], []
    opened.on("request", lambda request: requested_urls.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    context.close()
    assert {url.partition(":")[0] for url in requested_urls} <= {"file", "data"}
    assert sum(url.startswith("file:") for url in requested_urls) == 1
    assert not complaints
