"""G-Cloud sales: published, returned and bundled totals, by month, framework and size of firm."""

from workbook.topics.delivery.gcloud.cumulative_sales import (
    SALES_INDICATOR,
    SMALL_SHARE_INDICATOR,
    SalesComparison,
    compare_sales,
)
from workbook.topics.delivery.gcloud.data import gcloud_sales_schema, gcloud_totals_schema
from workbook.topics.delivery.gcloud.narrative import comparison_note, upload_note
from workbook.topics.delivery.gcloud.reconciliation import (
    CUMULATIVE_LABELS,
    PUBLISHED_SALES,
    RETURNED_SALES,
    monthly_sales_table,
    sales_accounts_table,
)
from workbook.topics.delivery.gcloud.totals import sum_by_columns

__all__ = [
    "CUMULATIVE_LABELS",
    "PUBLISHED_SALES",
    "RETURNED_SALES",
    "SALES_INDICATOR",
    "SMALL_SHARE_INDICATOR",
    "SalesComparison",
    "compare_sales",
    "comparison_note",
    "gcloud_sales_schema",
    "gcloud_totals_schema",
    "monthly_sales_table",
    "sales_accounts_table",
    "sum_by_columns",
    "upload_note",
]
