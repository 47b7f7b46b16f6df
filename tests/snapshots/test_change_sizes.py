"""How large a change is: by the earlier interval, or by a stated part of the value."""

import pytest

from workbook.indicators import Indicator
from workbook.snapshots.change_sizes import classify_size


def make(value, unit="GBP", low=None, high=None):
    reason = "not published" if value is None else ""
    return Indicator("a", "A", unit, value, low, high, missing_reason=reason)


@pytest.mark.parametrize(
    ("earlier", "later", "size"),
    [
        (make(100, low=90, high=120), make(120), "minor"),
        (make(100, low=90, high=120), make(121), "major"),
        (make(100, low=90, high=120), make(89), "major"),
        (make(100), make(105), "major"),
        (make(100), make(95), "major"),
        (make(100), make(104.9), "minor"),
        (make(0), make(1), "major"),
        (make(0.60, "share"), make(0.61, "share"), "major"),
        (make(0.60, "share"), make(0.609, "share"), "minor"),
        (make(0.001, "share"), make(0.002, "share"), "minor"),
        (make(0.1 + 0.2), make(0.3), "none"),
        (make(None), make(None), "none"),
        (make(None), make(0), "major"),
        (make(0), make(None), "major"),
        (make("2014-Q1", "quarter"), make("2014-Q2", "quarter"), "major"),
        (make("2014-Q1", "quarter"), make("2014-Q1", "quarter"), "none"),
    ],
)
def test_the_size_follows_the_stated_rule(earlier, later, size):
    assert classify_size(earlier, later) == size
