"""The figures that claims rest on, by name: the report's facts, and what held tables come to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.claims.readings import READINGS, Reading
from workbook.claims.tables import report_facts

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Figure:
    """A figure that a formula may name.

    ``value`` is in ``unit`` (a share as a fraction of 1), or None with a ``reason`` that names what
    is missing. ``label`` says what it is, ``qualifier`` how a report printed it, such as ``over``;
    ``printed`` whether it is itself a figure that the report prints.
    """

    name: str
    label: str
    value: float | None
    unit: str
    qualifier: str = ""
    reason: str = ""
    printed: bool = False


def figures(tables: Tables) -> dict[str, Figure]:
    """Every figure that a formula may name, from tables by their names.

    What a table does not have, or the quarter does not see, has no value and says so. The tables:
    ``report_facts``; ``inclusion_observed``; ``exemplar_phases`` (as_of, number, phase) and
    ``exemplar_milestones`` (number, title, phase, state, month); ``gcloud_sales`` or
    ``gcloud_totals`` (month, supplier_size, sales, and returns where a row sums up several).
    """
    read = [*_facts(tables), *(_reading(each, tables) for each in READINGS)]
    return {figure.name: figure for figure in read}


def _reading(reading: Reading, tables: Tables) -> Figure:
    """A figure from the first of its tables that has it."""
    last = reading.tables[-1]
    gone = f"the table {last} is not here"
    for name in reading.tables:
        if name not in tables:
            continue
        try:
            value = reading.read(tables[name])
        except KeyError as error:
            gone = f"the table {name} lacks the column {error.args[0]}"
            continue
        if value is not None:
            return Figure(reading.name, reading.label, value, reading.unit)
        gone = f"what is known of the table {name} does not have it"
    return Figure(
        reading.name, reading.label, None, reading.unit, reason=f"{reading.label}: {gone}"
    )


def _facts(tables: Tables) -> Iterator[Figure]:
    """The facts of the report; of one that is there twice neither value is taken."""
    if report_facts.name not in tables:
        return
    frame = tables[report_facts.name]
    named = frame[frame["id"].notna()]
    twice = named["id"].duplicated(keep=False)
    for row, again in zip(named.itertuples(index=False), twice, strict=True):
        yield _fact(row, again=again)


def _fact(row: Any, *, again: bool) -> Figure:  # noqa: ANN401  a row of pandas, which has no type
    reason = f"{row.id} has no value" if pd.isna(row.value) else ""
    reason = f"{row.id} has two values" if again else reason
    return Figure(
        row.id,
        f"{row.measure} ({row.section})",
        None if reason else float(row.value),
        row.unit,
        "" if pd.isna(row.qualifier) else row.qualifier,
        reason,
        printed=True,
    )
