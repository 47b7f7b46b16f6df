"""Figures on G-Cloud sales that confirm the July 2014 report."""

import math

import pandas as pd

from workbook.claims.published_report import FigureReader, FigureSource, always_describe
from workbook.text.dates import format_month

_TABLES = ("gcloud_sales", "gcloud_totals")
_SMALL_SUPPLIER = "small"
"""The supplier size that the report calls an SME."""

_LAST_SALES_MONTH = "2014-04"
"""The last month of sales that the report describes."""

_DATA = "Cabinet Office, G-Cloud sales, file of 14 July 2014"


def _select_sales(frame: pd.DataFrame, *, small: bool) -> pd.DataFrame | None:
    """Give the sales up to the last month, of small suppliers or of all."""
    months = frame["month"].astype(str)
    if _LAST_SALES_MONTH not in set(months):
        return None
    selected = frame[months <= _LAST_SALES_MONTH]
    return selected[selected["supplier_size"] == _SMALL_SUPPLIER] if small else selected


def _sales_reader(*, small: bool) -> FigureReader:
    """Make a reader of sales in pounds."""

    def sum_sales(frame: pd.DataFrame) -> float | None:
        selected_sales = _select_sales(frame, small=small)
        return None if selected_sales is None else math.fsum(selected_sales["sales"])

    return sum_sales


def _rows_reader(*, small: bool) -> FigureReader:
    """Make a reader of the number of rows, which a table of totals gives as ``returns``."""

    def count_rows(frame: pd.DataFrame) -> float | None:
        selected_sales = _select_sales(frame, small=small)
        if selected_sales is None:
            return None
        if "returns" in selected_sales:
            return float(selected_sales["returns"].sum())
        return float(len(selected_sales))

    return count_rows


def _gcloud_source(name: str, unit: str, read: FigureReader, description: str) -> FigureSource:
    label = f"{description} to {format_month(_LAST_SALES_MONTH)}"
    return FigureSource(f"gcloud.{name}", unit, _TABLES, read, label, always_describe(_DATA))


GCLOUD_FIGURES = (
    _gcloud_source("sales", "GBP", _sales_reader(small=False), "G-Cloud sales"),
    _gcloud_source("rows", "count", _rows_reader(small=False), "Rows of G-Cloud sales"),
    _gcloud_source("small_sales", "GBP", _sales_reader(small=True), "G-Cloud sales by small firms"),
    _gcloud_source(
        "small_rows",
        "count",
        _rows_reader(small=True),
        "Rows of G-Cloud sales by small firms",
    ),
)
