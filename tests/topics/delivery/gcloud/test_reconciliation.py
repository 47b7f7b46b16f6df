"""G-Cloud sales by source: published, returned and bundled, compared and by month."""

import pandas as pd
import pytest

from tests.topics.delivery.bundled_tables import latest_bundled_measures, load_bundled
from tests.topics.delivery.examples import EXAMPLE_SALES, NO_RETURNS, returns_table
from workbook.topics.delivery.gcloud import (
    PUBLISHED_SALES,
    RETURNED_SALES,
    compare_sales,
    gcloud_totals_schema,
    monthly_sales_table,
    sales_accounts_table,
)

QUARTER = "2014-Q2"


@pytest.fixture(scope="module")
def measures():
    return latest_bundled_measures(QUARTER)


@pytest.fixture(scope="module")
def totals():
    return load_bundled(gcloud_totals_schema, QUARTER)


def test_without_returns_the_bundled_totals_stand_in(measures, totals):
    sales = compare_sales(measures, NO_RETURNS, totals, QUARTER)
    assert sales.returned is None
    assert sales.all_returned is None
    accounts = sales_accounts_table(sales).set_index("account")
    assert list(accounts.index) == [PUBLISHED_SALES, RETURNED_SALES]
    assert accounts.loc[RETURNED_SALES, "sales"] == sales.bundled.sales


def test_returns_are_added_up_to_the_month_of_the_published_sales(measures, totals):
    sales = compare_sales(measures, returns_table(*EXAMPLE_SALES), totals, QUARTER)
    assert sales.published.month == "2014-04"
    assert sales.returned.month == "2014-04"
    assert sales.returned.sales == pytest.approx(1_000)
    assert sales.all_returned.month == "2014-05"
    assert sales.all_returned.sales == pytest.approx(2_000)
    assert len(sales_accounts_table(sales)) == 3


def test_another_quarter_adds_up_all_returns(measures, totals):
    sales = compare_sales(measures, returns_table(*EXAMPLE_SALES), totals, "2014-Q3")
    assert sales.returned == sales.all_returned
    assert len(sales_accounts_table(sales)) == 2


def test_each_month_with_returns_has_a_row(measures, totals):
    sales = compare_sales(measures, returns_table(*EXAMPLE_SALES), totals, QUARTER)
    months = monthly_sales_table(sales).set_index("month")
    assert list(months.index) == ["2014-02", "2014-03", "2014-04", "2014-05"]
    assert months.loc["2014-03", "sales"] == 300
    assert (months["small_sales"] + months["other_sales"]).equals(months["sales"])


def test_without_data_there_are_no_rows():
    nothing = compare_sales(
        latest_bundled_measures(QUARTER).iloc[:0], NO_RETURNS, _no_totals(), QUARTER
    )
    assert sales_accounts_table(nothing).empty
    assert monthly_sales_table(nothing).empty


def _no_totals() -> pd.DataFrame:
    return load_bundled(gcloud_totals_schema, QUARTER).iloc[:0]
