"""An outcome as a spreadsheet, laid out as the Government Analysis Function asks.

A cover, the contents, the notes, then one table a sheet: gptables, which the Analysis Function
keeps, writes the XLSX; the ODS has the same sheets with the same cells.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
from gptables import Cover, GPTable, GPWorkbook, produce_workbook

from workbook.exports.exported import Exported
from workbook.exports.layout import NARROW, THEME, lay_out
from workbook.exports.ods import converted
from workbook.exports.sheets import SYMBOLS, plain, sheet
from workbook.outcome import Column, Outcome
from workbook.quarters import last_day
from workbook.topic import Topic

LONGEST_NAME = 31
"""Characters in a sheet's name, at most: at more, Excel calls the file damaged."""

TAKEN = ("Cover", "Contents", "Notes")
INDICATORS = {
    "name": Column("Name"),
    "label": Column("Indicator"),
    "value": Column("Value", unit_in="unit"),
    "unit": Column("Unit"),
    "low": Column("Low (P10)"),
    "high": Column("High (P90)"),
    "reason": Column("Remark"),
}
SCENARIO = ("Name", "Parameter", "Value", "Default", "Unit", "What it means", "Source")
RANGE = "range"
RANGE_SAID = (
    "Low and high are the 10th and the 90th percentile of the scenario’s draws. Where nothing is "
    "drawn there are none."
)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write(folder: Path, topic: Topic, outcome: Outcome, tables: Iterable[Exported]) -> None:
    """Write ``tables.xlsx`` and ``tables.ods`` into the folder: the same content in both."""
    content = packed(topic, outcome, tables)
    (folder / "tables.xlsx").write_bytes(content)
    (folder / "tables.ods").write_bytes(converted(content))


def packed(topic: Topic, outcome: Outcome, tables: Iterable[Exported]) -> bytes:
    """The XLSX file; the same outcome gives the same bytes."""
    remarks = {f"remark {at}": plain(said) for at, said in enumerate(outcome.remarks, start=1)}
    sheets = {
        "Indicators": _indicators(outcome, list(remarks)),
        "Scenario": sheet(_scenario(outcome)),
        **{name: sheet(table) for name, table in _named(tables)},
    }
    notes = {**remarks, RANGE: RANGE_SAID}
    file, cover = io.BytesIO(), _cover(topic, outcome)
    book = produce_workbook(
        file,
        sheets,
        THEME,
        cover=cover,
        notes_table=pd.DataFrame({"Reference": list(notes), "Note": list(notes.values())}),
        auto_width=False,
        workbook_options=OPTIONS,
    )
    day = last_day(outcome.scenario.quarter)
    created = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a file's properties have none
    book.set_properties({"title": topic.title, "created": created})
    _lay_out(book, cover, list(notes.values()), sheets)
    book.close()
    return file.getvalue()


def _cover(topic: Topic, outcome: Outcome) -> Cover:
    quarter = outcome.scenario.quarter
    sources = dict.fromkeys(
        source for table in topic.sources(outcome.scenario) for source in table.sources
    )
    return Cover(
        title=plain(f"{topic.title}, {quarter}"),
        intro=[plain(topic.question), plain(outcome.headline)],
        about=[
            f"Figures as they were known at the end of {quarter}.",
            "A share is a fraction of 1: 21% is 0.21. GBP are pounds sterling.",
            *(f"{mark} in a cell means {said}." for mark, said in SYMBOLS.items()),
            *(f"Source: {plain(source)}." for source in sources),
            "Published figures are under the Open Government Licence v3.0.",
        ],
    )


def _indicators(outcome: Outcome, marks: list[str]) -> GPTable:
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    frame = pd.DataFrame(rows, columns=list(INDICATORS), dtype=object)
    title = "The answer " + "".join(f"$${mark}$$" for mark in marks)
    ranges = dict.fromkeys(("low", "high"), f"$${RANGE}$$")
    return sheet(Exported("indicators", title, frame, INDICATORS), ranges, title)


def _scenario(outcome: Outcome) -> Exported:
    values, declared = outcome.scenario.values(), outcome.scenario.parameters()
    rows = [
        (name, each.label, values[name], each.default, each.unit, each.meaning, each.source)
        for name, each in declared.items()
    ]
    frame = pd.DataFrame(rows, columns=list(SCENARIO), dtype=object)
    return Exported("scenario", "What is assumed", frame)


def _named(tables: Iterable[Exported]) -> Iterator[tuple[str, Exported]]:
    """The tables under names that every spreadsheet accepts for a sheet, each its own."""
    taken = {name.lower() for name in (*TAKEN, "Indicators", "Scenario")}
    for table in tables:
        name, count = table.name[:LONGEST_NAME], 1
        while name.lower() in taken:
            count += 1
            name = f"{table.name[: LONGEST_NAME - len(f'_{count}')]}_{count}"
        taken.add(name.lower())
        yield name, replace(table, name=name)


def _lay_out(
    book: GPWorkbook, cover: Cover, notes: Iterable[str], sheets: Mapping[str, GPTable]
) -> None:
    """Lay each sheet out; gptables has two lines above the contents and above the notes."""
    pages = {page.name: page for page in book.worksheets()}
    said = [cover.title, "", *cover.intro, "", *cover.about]
    lay_out(pages["Cover"], 0, [[line] for line in said], [cover.width])
    titles = [table.title.partition(" [note ")[0] for table in sheets.values()]
    for name, texts, width in (("Contents", titles, LONGEST_NAME), ("Notes", notes, 2 * NARROW)):
        lay_out(pages[name], 2, [["", text] for text in ("", *texts)], [width, cover.width])
    for name, table in sheets.items():
        rows = [list(table.table.columns), *table.table.to_numpy().tolist()]
        lay_out(pages[name], table.data_range[0], rows)
