"""Values of delivery's indicators that a report publishes, and that returns of sales give."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from workbook.periods import MONTHS_PER_QUARTER, period_end, shift_month
from workbook.text.dates import format_month
from workbook.text.numbers import format_share
from workbook.topics.delivery.dated_values import DatedValue, explain_missing
from workbook.topics.delivery.gcloud import SALES_INDICATOR, SMALL_SHARE_INDICATOR, SalesComparison
from workbook.topics.delivery.selection import DeliverySelection
from workbook.topics.delivery.table_rows import TableRow, newest_by_indicator

_TARGET_INDICATORS = {"sites_target", "sites_planned"}
"""Indicators that are the target of their commitment, and not its value."""

_LABEL_ENDINGS = {
    "people_trained": ", 8 months to {month}",
    "hires": ", {quarter_start} to {month}",
}
"""How the label of a value of several months gives these, whatever the quarter."""


def published_values(selection: DeliverySelection, names: Iterable[str]) -> dict[str, DatedValue]:
    """Values of indicators that are published among the progress measures and commitments.

    Args:
        selection: The selected data.
        names: Names of the indicators.

    Returns:
        A value for each name; missing if no row belongs to the indicator.
    """
    missing = DatedValue(None, missing_reason=explain_missing(selection))
    measures = selection.measures
    rows = {
        **newest_by_indicator(measures),
        **newest_by_indicator(measures[measures["value"].notna()]),
        **newest_by_indicator(selection.commitments),
    }
    return {name: _value_of_row(rows[name], name) if name in rows else missing for name in names}


def _value_of_row(row: TableRow, name: str) -> DatedValue:
    value = row["target" if name in _TARGET_INDICATORS else "value"]
    if pd.isna(value):
        return DatedValue(None, missing_reason="not published")
    if name in _TARGET_INDICATORS:
        ending = f" by {format_month(row['target_date'])}: {row['sense']}"
        return DatedValue(float(value), as_of=str(row["period"]), label_ending=ending)
    return DatedValue(
        float(value),
        str(row["period"]),
        note=str(row["reported"]).rstrip(".") if pd.notna(row["reported"]) else "",
        label_ending=_LABEL_ENDINGS.get(name, "").format(
            month=format_month(row["period"]), quarter_start=_first_month_name(row["period"])
        ),
    )


def _first_month_name(period: str) -> str:
    """The first of the three months up to a period: ``April``, or with its year if that differs."""
    last = f"{period_end(period):%Y-%m}"
    first = format_month(shift_month(last, 1 - MONTHS_PER_QUARTER))
    name, year = first.split()
    return name if last.startswith(year) else first


def sales_values(sales: SalesComparison) -> dict[str, DatedValue]:
    """Sales as returned, by the name of the indicator; none if no returns are uploaded."""
    returned = sales.returned
    if returned is None:
        return {}
    share = returned.small_sales_share
    missing_reason = "" if share is not None else _missing_share_reason(sales)
    return {
        SALES_INDICATOR: DatedValue(returned.sales, returned.month),
        SMALL_SHARE_INDICATOR: DatedValue(share, returned.month, missing_reason),
    }


def _missing_share_reason(sales: SalesComparison) -> str:
    if "supplier_size" not in sales.returns:
        return "the uploaded returns do not say the size of firms"
    return "credits equal or exceed sales"


def note_returned_share(
    values: Mapping[str, DatedValue], sales: SalesComparison
) -> dict[str, DatedValue]:
    """Note on the published share of small firms what suppliers' returns give.

    Args:
        values: The values by the name of the indicator.
        sales: G-Cloud sales by source.

    Returns:
        The share with its note; nothing if it is not the published one, or returns give none.
    """
    share, bundled = values[SMALL_SHARE_INDICATOR], sales.bundled
    if sales.returned or share.value is None or not bundled or bundled.small_sales_share is None:
        return {}
    returned_share = format_share(bundled.small_sales_share)
    note = f"as published; suppliers’ returns give {returned_share} by value"
    return {SMALL_SHARE_INDICATOR: replace(share, note=note)}
