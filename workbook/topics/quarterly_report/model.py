"""The quarterly report: every topic's answer, what changed, and what was printed, checked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from workbook.claims import Verdict
from workbook.claims.verdicts import NOT_CHECKABLE, NOT_REPRODUCED
from workbook.outcome import Better, Column, Indicator, Outcome
from workbook.topics.quarterly_report import changes, checked, telling
from workbook.topics.quarterly_report.changes import Change
from workbook.topics.quarterly_report.checked import Counted
from workbook.topics.quarterly_report.columns import COLUMNS
from workbook.topics.quarterly_report.parts import SHOWN, Part, parts
from workbook.topics.quarterly_report.scenario import QuarterlyReport

KEY = 3
"""Indicators of each topic that the report repeats: the first."""

TITLES = {
    "changes": "Indicators that changed, or are known for the first time",
    "compared": "Every indicator, then and now",
    "refuted": "Figures that do not come out as printed",
    "sections": "What came of the printed figures, section by section",
    "claims": "Every printed figure, and what came of checking it",
}
"""What the report's own tables are called."""


def model(
    tables: Mapping[str, pd.DataFrame],
    scenario: QuarterlyReport,
    outcomes: Mapping[str, Outcome],
    titles: Mapping[str, str],
) -> Outcome:
    """Outcome of a quarter's report, from the topics' outcomes of both quarters.

    ``titles`` are those of the topics that are told, by their names.
    Raises ScenarioError where a topic has nothing for the quarter.
    """
    told, found = parts(outcomes, titles), checked.verdicts(tables)
    every, before = changes.changes(told), scenario.before
    counted = Counted.of(found)
    return Outcome(
        scenario=scenario,
        headline=telling.headline(every, scenario, counted),
        indicators=(*_own(every, counted), *_of_topics(told, every, before)),
        tables=_tables(told, every, found),
        columns={
            **COLUMNS,
            "then": Column(f"In {before}"),
            "now": Column(f"In {scenario.quarter}"),
            **_columns(told),
        },
        notes=tuple(telling.answers(told, before, checked.reports(tables))),
        parts={
            part.name: replace(
                part.now,
                notes=tuple(telling.remarks(part, every, scenario.quarter, before)),
                cautions=(),
            )
            for part in told
        },
        titles=TITLES,
    )


def _own(every: Collection[Change], counted: Counted) -> Iterator[Indicator]:
    """How many indicators changed, and what came of the printed figures."""
    changed = sum(change.moved for change in every)
    yield Indicator("indicators_changed", "Indicators that changed", "count", changed)
    none = "" if sum(counted.counts.values()) else "no report had been printed by then"
    again = f"{counted.repeated} of them only as printed elsewhere in the report"
    told: dict[str, tuple[str, int, str, Better]] = {
        "reproduced": ("that hold", counted.holding, again if counted.repeated else "", ""),
        "not_reproduced": ("that do not", counted.counts[NOT_REPRODUCED], "", "lower"),
        "not_checkable": ("that cannot be checked", counted.counts[NOT_CHECKABLE], "", "lower"),
    }
    for name, (label, count, why, better) in told.items():
        value = None if none else count
        yield Indicator(
            f"claims_{name}",
            f"Printed figures {label}",
            "count",
            value,
            reason=none or why,
            better=better,
        )


def _of_topics(told: Sequence[Part], every: Collection[Change], before: str) -> Iterator[Indicator]:
    """The first indicators of each topic, each with how it has moved."""
    for part in told:
        for change in [change for change in every if change.part.name == part.name][:KEY]:
            notes = [change.now.reason, telling.since(change, before)]
            yield replace(
                change.now,
                name=f"{part.name}.{change.now.name}",
                reason="; ".join(filter(None, notes)),
            )


def _tables(
    told: Sequence[Part], every: Collection[Change], found: Sequence[Verdict]
) -> dict[str, pd.DataFrame]:
    return {
        "changes": changes.table([*filter(None, map(changes.alike, told)), *every]),
        "compared": changes.compared(every),
        "refuted": checked.refuted(found),
        "sections": checked.sections(found),
        "claims": checked.table(found),
        **{SHOWN[part.name]: part.now.tables[SHOWN[part.name]] for part in told},
    }


def _columns(told: Sequence[Part]) -> dict[str, Column]:
    """What the columns of the topics' tables hold, which may be called as others are."""
    return {
        f"{table}.{name}": part.now.columns_of(table).get(name, Column.of(name))
        for part in told
        for table in (SHOWN[part.name],)
        for name in map(str, part.now.tables[table].columns)
    }
