"""A browser without a network, in which a snapshot's pages are offline_page from disk."""

import pytest

from tests.browser.conftest import browser
from tests.browser.page_actions import KERNEL_TIMEOUT

__all__ = ["browser", "page"]


@pytest.fixture
def page(browser):
    """A page in an offline browser; the test fails if the page requests another resource."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(KERNEL_TIMEOUT)  # a busy machine draws a report slowly
    offline_page = context.new_page()
    requested_urls, console_messages = [], []
    offline_page.on("request", lambda request: requested_urls.append(request.url))
    offline_page.on("console", lambda message: console_messages.append(message.text))
    yield offline_page
    context.close()
    assert {url.partition(":")[0] for url in requested_urls} <= {"file", "data"}
    assert sum(url.startswith("file:") for url in requested_urls) == 1
    assert not console_messages
