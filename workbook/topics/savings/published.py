"""The published savings as an account: what adds up, what does not, and what never may."""

import math
from collections.abc import Hashable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from workbook import words
from workbook.topics.savings.tables import COMPONENT, NARROW, TOTAL

COLUMNS = ("financial_year", "component", "value", "role", "definition", "note", "source")
Row = dict[Hashable, Any]

RESIDUAL, SUM = "residual", "sum"
"""The roles of what is computed here, beside those of the table."""

COMPUTED = "Computed here"
OTHER = f"Another definition, never added to that of {NARROW}."


class Published(NamedTuple):
    """A published total, in pounds, of a financial year."""

    financial_year: str
    value: float
    source: str


def published(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each published saving, in pounds, and for what follows from those of a year.

    Year by year come the components, then what their total holds beside them (``residual``) or, if
    they add up to more, their ``sum``, then the total. The definition of the narrow total comes
    first; a definition's rows are never added to another's.
    """
    held = sorted(table.rename(columns={"savings": "value"}).to_dict("records"), key=_account)
    rows = [row for _, account in groupby(held, _account) for row in _rows(list(account))]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": float})


def latest(table: pd.DataFrame) -> Published | None:
    """The newest published total of the narrow definition, None where none is held."""
    totals = table[(table["definition"] == NARROW) & (table["role"] == TOTAL)]
    if totals.empty:
        return None
    newest = totals.sort_values("period").iloc[-1]
    return Published(newest["financial_year"], float(newest["savings"]), newest["source"])


def _account(row: Row) -> tuple[bool, str, str]:
    """What rows that may be added have in common, the narrow definition first."""
    return row["definition"] != NARROW, row["definition"], row["period"]


def _rows(account: list[Row]) -> Iterator[Row]:
    """The rows of a financial year's savings by one definition."""
    parts, totals = ([row for row in account if row["role"] == role] for role in (COMPONENT, TOTAL))
    shared = {name: account[0][name] for name in ("financial_year", "definition")}
    other = "" if shared["definition"] == NARROW else OTHER
    for row in (*parts, *_computed(parts, totals), *totals):
        yield row | shared | {"note": f"{row.get('note', '')} {other}".strip() or None}


def _computed(parts: list[Row], totals: list[Row]) -> Iterator[Row]:
    """What is left of a total beside its components, or their sum where it is above the total."""
    if not parts or len(totals) != 1:
        return
    total, added = totals[0]["value"], math.fsum(part["value"] for part in parts)
    left = round(total - added, 2)  # to the penny: the rest is rounding of binary fractions
    said = f"the published total of {words.pounds(total)}"
    if left > 0:
        listed = " and ".join(words.pounds(part["value"]) for part in parts)
        yield {
            "component": "Residual, computed here and not published",
            "value": left,
            "role": RESIDUAL,
            "note": f"What is left of {said} without {listed}.",
            "source": COMPUTED,
        }
    if left < 0:
        yield {
            "component": "Sum of the components, computed here",
            "value": added,
            "role": SUM,
            "note": f"{words.pounds(-left)} more than {said}.",
            "source": COMPUTED,
        }
