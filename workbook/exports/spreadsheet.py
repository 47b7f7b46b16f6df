"""An outcome as one spreadsheet: what is in it, the indicators, the scenario, a table a sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbook.exports.cells import Cell, cells
from workbook.exports.exported import Exported
from workbook.exports.ods import Sheet, packed
from workbook.outcome import Outcome
from workbook.topic import Topic

LONGEST_NAME = 31
"""Characters in a sheet's name, at most: at more, Excel calls the file damaged."""

CONTENTS = "Contents"
INDICATORS = {
    "name": "Name",
    "label": "Indicator",
    "value": "Value",
    "unit": "Unit",
    "low": "Low (P10)",
    "high": "High (P90)",
    "reason": "Note",
}
SCENARIO = ("Name", "Parameter", "Value", "Default", "Unit", "What it means", "Source")


def write(path: Path, topic: Topic, outcome: Outcome, tables: Iterable[Exported]) -> None:
    """Write the spreadsheet of an outcome, its tables with their columns' labels."""
    parts = list(_named([_indicators(outcome), _scenario(outcome), *tables]))
    path.write_bytes(packed([_contents(topic, outcome, parts), *map(_sheet, parts)]))


def _contents(topic: Topic, outcome: Outcome, parts: Sequence[Exported]) -> Sheet:
    """The first sheet: what this is, and what each column of each sheet holds."""
    about: list[list[Cell]] = [
        [topic.title],
        [topic.question],
        [outcome.headline],
        [f"Figures as known at the end of {outcome.scenario.quarter}. A share is a fraction of 1."],
        [],
    ]
    rows = [
        [part.name, part.title, said.label, said.unit]
        for part in parts
        for said in map(part.column, part.frame.columns)
    ]
    head = ["Sheet", "What it holds", "Column", "Unit"]
    return Sheet(CONTENTS, [*about, head, *rows], frozenset({0, len(about)}))


def _sheet(part: Exported) -> Sheet:
    columns = [cells(column) for _, column in part.frame.items()]
    head = [part.column(name).label for name in part.frame.columns]
    return Sheet(part.name, [head, *zip(*columns, strict=True)])


def _indicators(outcome: Outcome) -> Exported:
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    frame = pd.DataFrame(rows, columns=list(INDICATORS), dtype=object)
    return Exported("Indicators", "The answer", frame.rename(columns=INDICATORS))


def _scenario(outcome: Outcome) -> Exported:
    values, declared = outcome.scenario.values(), outcome.scenario.parameters()
    rows = [
        (name, each.label, values[name], each.default, each.unit, each.meaning, each.source)
        for name, each in declared.items()
    ]
    frame = pd.DataFrame(rows, columns=list(SCENARIO), dtype=object)
    return Exported("Scenario", "What is assumed", frame)


def _named(parts: Iterable[Exported]) -> Iterator[Exported]:
    """The parts under names that every spreadsheet accepts for a sheet, each its own."""
    taken = {CONTENTS.lower()}
    for part in parts:
        name, count = part.name[:LONGEST_NAME], 1
        while name.lower() in taken:
            count += 1
            name = f"{part.name[: LONGEST_NAME - len(f'_{count}')]}_{count}"
        taken.add(name.lower())
        yield replace(part, name=name)
