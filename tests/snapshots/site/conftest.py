"""An archive of several quarters and revisions."""

import pytest

from tests.snapshots.conftest import browser, page
from tests.snapshots.site.sealed_archive import FIGURES, add_comparison, add_revision, make_topic

__all__ = ["browser", "page"]

REASON = "The count of March <was> wrong."


@pytest.fixture
def topics():
    """Today's topics."""
    return {"queues": make_topic(FIGURES)}


def write_archive(store):
    """Fill a store: a quarter is missing, one is revised, one has no count, two are compared."""
    ranges = {"waiting": (4.9e6, 6.4e6)}
    add_revision(store, "2013-Q4", values=FIGURES | {"waiting": 6e6}, ranges=ranges)
    add_revision(store, "2014-Q2", values=FIGURES | {"waiting": None})
    add_revision(store, "2014-Q3", values=FIGURES | {"waiting": 1.0})
    add_revision(store, "2014-Q3", 2, ranges=ranges, reason=REASON)
    add_revision(store, "2014-Q4", values=FIGURES | {"waiting": 5.6e6, "saved": 1e6}, ranges=ranges)
    add_comparison(store, "2014-Q3_r2--2014-Q4_r1", "2014-Q3/r2", "2014-Q4/r1")
    add_comparison(store, "by hand #1 100%", "2012-Q4/r1", "2013-Q1/r1")


@pytest.fixture
def store(tmp_path):
    """An archive that a test may change."""
    write_archive(tmp_path / "store")
    return tmp_path / "store"
