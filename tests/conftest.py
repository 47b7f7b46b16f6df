"""What every test shares: nothing but the order, and how examples are found."""

import pytest
from hypothesis import settings

# No test asserts a time, and the same code is tested with the same examples everywhere.
settings.register_profile("workbook", deadline=None, derandomize=True)
settings.load_profile("workbook")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Start the longest first: begun last, they would keep everybody waiting at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
