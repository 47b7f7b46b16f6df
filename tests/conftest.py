"""What every test shares: nothing but the order."""


def pytest_collection_modifyitems(items):
    """Start the longest first: begun last, they would keep everybody waiting at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
