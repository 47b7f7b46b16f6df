"""A browser without a network, in which a snapshot's pages are opened from disk."""

import pytest

from tests.browser.conftest import browser

__all__ = ["browser", "page"]


@pytest.fixture
def page(browser):
    """A page in an offline browser; it fails the test if it asks for more than itself."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    asked, complaints = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    context.close()
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert sum(url.startswith("file:") for url in asked) == 1
    assert not complaints
