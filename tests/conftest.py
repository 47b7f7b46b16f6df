"""What every test shares: nothing but the order, and how examples are found."""

import pytest
from hypothesis import settings

# No test asserts a time, and the same code is tested with the same examples everywhere.
settings.register_profile("workbook", deadline=None, derandomize=True)
settings.load_profile("workbook")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Start the longest first: begun last, they would keep everybody waiting at the end.

    A file goes to one worker, and so do all files with a browser: two servers with their kernels at
    once would wait for each other's.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        group = "browser" if item.get_closest_marker("browser") else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
