"""Totals of G-Cloud sales: published returns, small examples, and properties of any returns."""

from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import ROOT
from tests.topics.delivery.bundled_tables import load_bundled
from workbook.importers import read_table_file
from workbook.topics.delivery.gcloud.data import gcloud_sales_schema, gcloud_totals_schema
from workbook.topics.delivery.gcloud.totals import (
    GROUPING_COLUMNS,
    SalesTotals,
    monthly_totals,
    returns_between,
    sum_by_columns,
)

PUBLISHED = ROOT.parent / "shared" / "real" / "g_cloud" / "g-cloud-spend-2014-07-14.csv"
real = pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published original is not here")

RETURN = st.tuples(
    st.sampled_from(["2013-04", "2013-05", "2014-01"]),
    st.sampled_from(["G-Cloud", "G-Cloud 2"]),
    st.sampled_from("1234"),
    st.sampled_from(["small", "other"]),
    st.integers(-(10**9), 10**9).map(lambda pence: pence / 100),
)


def returns_frame(*rows):
    """Returns as rows of the table."""
    text = "return_id,sector,month,framework,lot,supplier_size,sales\n"
    text += "".join(f"{number},,{','.join(map(str, row))}\n" for number, row in enumerate(rows))
    report = gcloud_sales_schema.check_csv(text.encode())
    assert not report.errors
    return report.frame


SOLD = (
    ("2013-04", "G-Cloud", "4", "small", 100.1),
    ("2013-04", "G-Cloud", "4", "small", 100.1),
    ("2013-04", "G-Cloud", "4", "other", 300.2),
    ("2013-05", "G-Cloud 2", "1", "small", -0.3),
    ("2014-01", "G-Cloud", "4", "other", 50),
)


class TestTotals:
    def test_totals_of_a_few_returns(self):
        assert SalesTotals.from_returns(returns_frame(*SOLD)) == SalesTotals(550.1, 5, 199.9, 3)

    def test_the_sales_of_small_firms_are_not_known_without_their_sizes(self):
        returns = returns_frame(*SOLD).drop(columns="supplier_size")
        totals = SalesTotals.from_returns(returns)
        assert totals == SalesTotals(550.1, 5, None, None)
        assert (totals.small_sales_share, totals.small_returns_share) == (None, None)
        assert monthly_totals(returns)["sales"].tolist() == [500.4, -0.3, 50]
        assert monthly_totals(returns)["small_sales"].isna().all()
        assert list(sum_by_columns(returns)) == ["month", "framework", "lot", "sales", "returns"]

    def test_shares_by_value_and_by_number_differ(self):
        result = SalesTotals.from_returns(returns_frame(*SOLD))
        assert result.small_sales_share == pytest.approx(199.9 / 550.1)
        assert result.small_returns_share == 3 / 5

    def test_pence_are_exact(self):
        assert (
            SalesTotals.from_returns(
                returns_frame(*[("2013-04", "G-Cloud", "4", "small", 0.1)] * 1000)
            ).sales
            == 100
        )

    def test_no_returns(self):
        result = SalesTotals.from_returns(
            pd.DataFrame(columns=list(gcloud_sales_schema.schema.columns))
        )
        assert result == SalesTotals(0, 0, 0, 0)
        assert (result.small_sales_share, result.small_returns_share) == (None, None)

    def test_credits_only_give_no_share_by_value(self):
        result = SalesTotals.from_returns(returns_frame(("2013-04", "G-Cloud", "4", "small", -5)))
        assert result.small_sales_share is None
        assert result.small_returns_share == 1


class TestPeriod:
    @pytest.mark.parametrize(
        ("months", "rows"),
        [
            ({}, 5),
            ({"last": "2013-05"}, 4),
            ({"first": "2013-05"}, 2),
            ({"first": "2013-05", "last": "2013-12"}, 1),
            ({"last": "2013-03"}, 0),
        ],
    )
    def test_first_and_last_months_are_included(self, months, rows):
        assert len(returns_between(returns_frame(*SOLD), **months)) == rows

    def test_no_returns(self):
        none = pd.DataFrame(columns=list(gcloud_sales_schema.schema.columns))
        assert returns_between(none, last="2014-04").empty


class TestGrouped:
    def test_all_columns(self):
        assert sum_by_columns(returns_frame(*SOLD)).to_numpy().tolist() == [
            ["2013-04", "G-Cloud", "4", "other", 300.2, 1],
            ["2013-04", "G-Cloud", "4", "small", 200.2, 2],
            ["2013-05", "G-Cloud 2", "1", "small", -0.3, 1],
            ["2014-01", "G-Cloud", "4", "other", 50, 1],
        ]

    def test_one_column(self):
        result = sum_by_columns(returns_frame(*SOLD), "lot")
        assert list(result) == ["lot", "sales", "returns"]
        assert result.to_numpy().tolist() == [["1", -0.3, 1], ["4", 550.4, 4]]

    def test_no_returns(self):
        none = pd.DataFrame(columns=list(gcloud_sales_schema.schema.columns))
        assert list(sum_by_columns(none)) == [*GROUPING_COLUMNS, "sales", "returns"]
        assert sum_by_columns(none).empty

    @given(st.lists(RETURN, min_size=1, max_size=30), st.sampled_from(GROUPING_COLUMNS))
    def test_parts_add_up(self, rows, column):
        returns = returns_frame(*rows)
        total, parts = SalesTotals.from_returns(returns), sum_by_columns(returns, column)
        assert parts["sales"].sum() == pytest.approx(total.sales, abs=0.001)
        assert parts["returns"].sum() == total.returns


class TestByMonth:
    def test_each_month_has_a_row_with_shares(self):
        result = monthly_totals(returns_frame(*SOLD)).set_index("month")
        assert result.index.tolist() == ["2013-04", "2013-05", "2014-01"]
        assert result.loc["2013-04"].tolist() == [500.4, 3, 200.2, 2, 200.2 / 500.4, 2 / 3]
        assert result["small_sales_share"].isna().tolist() == [False, True, False]

    def test_months_known_in_a_quarter(self):
        seen = gcloud_sales_schema.filter_to_quarter(returns_frame(*SOLD), "2013-Q2")
        assert monthly_totals(seen)["month"].tolist() == ["2013-04", "2013-05"]

    def test_no_returns(self):
        none = pd.DataFrame(columns=list(gcloud_sales_schema.schema.columns))
        assert monthly_totals(none).empty

    @given(st.lists(RETURN, min_size=1, max_size=30))
    def test_small_firms_returns_are_a_share_of_all(self, rows):
        result = monthly_totals(returns_frame(*rows))
        assert result["small_returns_share"].between(0, 1).all()
        assert result["returns"].sum() == len(rows)


@cache
def read_published():
    """The returns of the published file."""
    return read_table_file(gcloud_sales_schema, PUBLISHED.read_bytes(), PUBLISHED.name).frame


@real
class TestPublished:
    def test_to_april_2014(self):
        result = SalesTotals.from_returns(returns_between(read_published(), last="2014-04"))
        assert (result.sales, result.returns) == (177_580_755.73, 10_914)
        assert result.small_sales_share == pytest.approx(0.53986, abs=5e-6)
        assert result.small_returns_share == pytest.approx(0.58017, abs=5e-6)

    def test_the_bundled_totals_equal_the_published_file(self):
        bundled_totals = load_bundled(gcloud_totals_schema)
        kept = returns_between(read_published(), last="2014-04")
        assert SalesTotals.from_bundled_totals(bundled_totals) == SalesTotals.from_returns(kept)
        for row in bundled_totals.itertuples():
            rows = kept[kept["supplier_size"] == row.supplier_size]
            assert (row.month, row.returns) == ("2014-04", len(rows))
            assert row.sales == SalesTotals.from_returns(rows).sales

    @pytest.mark.parametrize(("year", "sales"), [("2012", 7_097_886.94), ("2013", 87_300_201.05)])
    def test_a_calendar_year(self, year, sales):
        assert (
            SalesTotals.from_returns(
                returns_between(read_published(), f"{year}-01", f"{year}-12")
            ).sales
            == sales
        )

    def test_specialist_services_have_the_highest_sales(self):
        result = sum_by_columns(returns_between(read_published(), last="2014-04"), "lot").set_index(
            "lot"
        )
        assert result["sales"].sum() == pytest.approx(177_580_755.73, abs=0.02)
        assert result["sales"].idxmax() == "4"
