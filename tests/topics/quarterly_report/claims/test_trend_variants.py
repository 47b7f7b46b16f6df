"""The trends that the report claims, on each published release of the same file."""

import pytest

from tests import ROOT
from tests.topics.quarterly_report.claims.claim_tables import take_up_frame
from workbook.importers.read_file import read_table_file
from workbook.topics.quarterly_report.claims.trend_variants import (
    COST,
    TAKE_UP,
    describe_variants,
    list_trend_variants,
)
from workbook.topics.take_up.data import take_up_table

RELEASES = ROOT.parent / "shared" / "real" / "transactions"


def extents(frame, trend):
    return [variant.extent for variant in list_trend_variants(frame) if variant.trend == trend]


def test_indices_of_two_services_by_hand():
    """Costs 0.5 to 0.41 and 0.4 to 0.36, volumes 100 and 100, then 100 and 200."""
    changes = {
        variant.measure: variant.change
        for variant in list_trend_variants(take_up_frame())
        if (variant.trend, variant.year_end, variant.left_out) == (COST, "2014-06", ())
    }
    laspeyres, paasche = (41 + 36) / (50 + 40), (41 + 72) / (50 + 80)
    assert changes["Laspeyres index"] == pytest.approx(laspeyres - 1)
    assert changes["Paasche index"] == pytest.approx(paasche - 1)
    assert changes["Fisher index"] == pytest.approx((laspeyres * paasche) ** 0.5 - 1)


def test_a_year_without_its_year_before_gives_no_variant():
    frame = take_up_frame()
    later_years_only = frame[frame["window_end"] > "2014"]
    assert list_trend_variants(later_years_only) == ()


def test_a_table_is_measured_once_until_another_is():
    frame = take_up_frame()
    variants = list_trend_variants(frame)
    assert list_trend_variants(frame) is variants
    assert list_trend_variants(frame[:0]) == ()
    assert list_trend_variants(frame) == variants
    assert describe_variants(take_up_frame(one=0.6, two=0.5), COST).startswith("It fails in all ")


@pytest.mark.skipif(not RELEASES.is_dir(), reason="the releases lie outside the project")
@pytest.mark.parametrize(
    "name",
    [
        "transaction-volumes.2015-07-08.csv",
        "transaction-volumes.2017-07-18.csv",
        "transaction-volumes.csv",
    ],
)
def test_every_release_gives_the_same_finding(name):
    """Take-up rises however it is measured. Whether costs fall depends on the services."""
    frame = read_table_file(take_up_table, (RELEASES / name).read_bytes(), name).frame
    assert min(extents(frame, TAKE_UP)) > 0
    assert min(extents(frame, COST)) < 0 < max(extents(frame, COST))
