"""What every test shares: the order, how examples are found, and one server for all workers."""

import pytest
from hypothesis import settings

from tests.browser.shared_site import SharedSitePlugin

# No test asserts a time, and the same code is tested with the same examples everywhere.
settings.register_profile("workbook", deadline=None, derandomize=True)
settings.load_profile("workbook")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Start the longest first: begun last, they would keep everybody waiting at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_configure(config):
    """Have the main process keep a server for its workers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SharedSitePlugin())
