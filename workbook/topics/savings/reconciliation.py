"""Reconciliation of published savings: components against totals, by definition and year."""

import math
from collections.abc import Hashable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from workbook.tables.derived_values import remember_by_source
from workbook.text.grammar import capitalise_first, join_items
from workbook.text.numbers import format_money
from workbook.topics.savings.data import COMPONENT_ROLE, NARROW_DEFINITION, TOTAL_ROLE

PUBLISHED_SAVINGS_COLUMNS = (
    "financial_year",
    "component",
    "value",
    "role",
    "definition",
    "note",
    "source",
)
_SavingRow = dict[Hashable, Any]

RESIDUAL_ROLE, SUM_ROLE = "residual", "sum"
"""Roles of rows that are calculated here."""

_ROUNDING_UNITS = (1e6, 1e5, 1e4, 1e3)
"""Pounds to which published amounts can be rounded, the largest first."""

_COMPUTED_SOURCE = "Calculated here"
_OTHER_DEFINITION_NOTE = f"A different definition, never added to figures for {NARROW_DEFINITION}."


class PublishedTotal(NamedTuple):
    """A published total for a financial year, in pounds."""

    financial_year: str
    value: float
    source: str


def reconcile_published_savings(table: pd.DataFrame) -> pd.DataFrame:
    """List the published savings, with the difference between components and total.

    Rows of one definition are never added to those of another.

    Args:
        table: The table of published savings.

    Returns:
        For each definition and year: the components, the ``residual`` of the total (or the ``sum``
        of the components, if that is above the total), and the total, in pounds.
    """
    records = sorted(
        table.rename(columns={"savings": "value"}).to_dict("records"), key=_account_key
    )
    rows = [
        row for _, account in groupby(records, _account_key) for row in _account_rows(list(account))
    ]
    return pd.DataFrame(rows, columns=list(PUBLISHED_SAVINGS_COLUMNS)).astype({"value": float})


@remember_by_source
def latest_published_total(table: pd.DataFrame) -> PublishedTotal | None:
    """Newest published total of the narrow definition.

    Args:
        table: The table of published savings.

    Returns:
        The total; None if there is none.
    """
    totals = table[(table["definition"] == NARROW_DEFINITION) & (table["role"] == TOTAL_ROLE)]
    if totals.empty:
        return None
    newest = totals.sort_values("period").iloc[-1]
    return PublishedTotal(newest["financial_year"], float(newest["savings"]), newest["source"])


def _account_key(row: _SavingRow) -> tuple[bool, str, str]:
    """Sort key, equal for rows that may be added; the narrow definition comes first."""
    return row["definition"] != NARROW_DEFINITION, row["definition"], row["period"]


def _account_rows(account: list[_SavingRow]) -> Iterator[_SavingRow]:
    """Rows for one financial year and one definition."""
    parts, totals = (
        [row for row in account if row["role"] == role] for role in (COMPONENT_ROLE, TOTAL_ROLE)
    )
    shared = {name: account[0][name] for name in ("financial_year", "definition")}
    definition_note = "" if shared["definition"] == NARROW_DEFINITION else _OTHER_DEFINITION_NOTE
    for row in (*parts, *_computed_rows(parts, totals), *totals):
        yield row | shared | {"note": f"{row.get('note', '')} {definition_note}".strip() or None}


def _computed_rows(parts: list[_SavingRow], totals: list[_SavingRow]) -> Iterator[_SavingRow]:
    """The residual of a total, or the sum of its components if that is above the total."""
    if not parts or len(totals) != 1:
        return
    total, component_sum = totals[0]["value"], math.fsum(part["value"] for part in parts)
    # Anything below a penny is a rounding error of floating-point numbers.
    residual = round(total - component_sum, 2)
    total_text = f"the published total of {format_money(total)}"
    if residual > 0:
        component_list = join_items(format_money(part["value"]) for part in parts)
        yield {
            "component": "Residual, calculated here and not published",
            "value": residual,
            "role": RESIDUAL_ROLE,
            "note": f"{capitalise_first(total_text)} less {component_list}.",
            "source": _COMPUTED_SOURCE,
        }
    if residual < 0:
        yield {
            "component": "Sum of the components, calculated here",
            "value": component_sum,
            "role": SUM_ROLE,
            "note": f"{format_money(-residual)} more than {total_text}."
            + (
                " That may be rounding of the published figures."
                if -residual <= _largest_rounding([total, *(part["value"] for part in parts)])
                else ""
            ),
            "source": _COMPUTED_SOURCE,
        }


def _largest_rounding(amounts: list[float]) -> float:
    """The largest difference that rounding can make, if each amount is rounded to its last digit.

    Args:
        amounts: Published amounts in pounds. None counts as rounded to more than a million.

    Returns:
        Pounds: half a unit of the last digit of each amount, added up.
    """
    return math.fsum(
        next((unit for unit in _ROUNDING_UNITS if math.isclose(amount % unit, 0)), 0.0) / 2
        for amount in amounts
    )
