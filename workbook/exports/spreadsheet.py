"""An outcome as a spreadsheet, laid out as the Government Analysis Function asks.

A cover, the contents, the notes, then one table a sheet: gptables, which the Analysis Function
keeps, writes the XLSX; the ODS has the same sheets with the same cells.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
from gptables import Cover, GPTable, GPWorkbook, produce_workbook

from workbook.exports.exported import Exported
from workbook.exports.formats import shown
from workbook.exports.layout import NARROW, THEME, lay_out
from workbook.exports.ods import converted
from workbook.exports.parts import remarks
from workbook.exports.sheets import NOT_APPLICABLE, SYMBOLS, plain, sheet
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
    notes = [RANGE_SAID, *map(plain, remarks(topic, outcome))]
    sheets = {
        "Indicators": _indicators(outcome, len(notes)),
        "Scenario": sheet(_scenario(outcome)),
        **{name: sheet(table) for name, table in _named(tables)},
    }
    file, cover = io.BytesIO(), _cover(topic, outcome)
    book = _book(file, sheets, cover, notes)
    day = last_day(outcome.scenario.quarter)
    created = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a file's properties have none
    book.set_properties({"title": topic.title, "created": created})
    _lay_out(book, cover, notes, sheets)
    book.close()
    return file.getvalue()


def _book(
    file: io.BytesIO, sheets: Mapping[str, GPTable], cover: Cover, notes: Sequence[str]
) -> GPWorkbook:
    """The sheets with their cover, contents and notes, of which the first is marked in a table."""
    references = [RANGE, *(f"remark {number}" for number in range(2, len(notes) + 1))]
    with warnings.catch_warnings():
        # Remarks concern a whole table, which says their numbers: a mark for each is not readable.
        warnings.filterwarnings("ignore", "The following notes are not referenced")
        return produce_workbook(
            file,
            sheets,
            THEME,
            cover=cover,
            notes_table=pd.DataFrame({"Reference": references, "Note": notes}),
            auto_width=False,
            workbook_options=OPTIONS,
        )


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


def _indicators(outcome: Outcome, notes: int) -> GPTable:
    """Every indicator; of the ``notes``, all but the first, on the ranges, concern the table."""
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    frame = pd.DataFrame(rows, columns=list(INDICATORS), dtype=object)
    ranges = frame[["low", "high"]]
    frame[["low", "high"]] = ranges.where(ranges.notna(), NOT_APPLICABLE)
    marks = dict.fromkeys(("low", "high"), f"$${RANGE}$$")
    return sheet(Exported("indicators", "The answer", frame, INDICATORS), marks, _referred(notes))


def _referred(notes: int) -> str:
    """Which notes concern the table: those from the second on, if there are any."""
    sentences = {
        1: "",
        2: "Note 2 on the notes worksheet says what must be known of it.",
    }
    many = f"Notes 2 to {notes} on the notes worksheet say what must be known of it."
    return sentences.get(notes, many)


def _scenario(outcome: Outcome) -> Exported:
    values, declared = outcome.scenario.values(), outcome.scenario.parameters()
    rows = [
        (name, each.label, values[name], each.default, each.unit, each.meaning, each.source)
        for name, each in declared.items()
    ]
    frame = pd.DataFrame(rows, columns=list(SCENARIO), dtype=object)
    columns = {name: Column(name, unit_in="Unit") for name in ("Value", "Default")}
    return Exported("scenario", "What is assumed", frame, columns)


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
    titles = [table.title for table in sheets.values()]
    for name, texts, width in (("Contents", titles, LONGEST_NAME), ("Notes", notes, 2 * NARROW)):
        lay_out(pages[name], 2, [["", text] for text in ("", *texts)], [width, cover.width])
    for name, table in sheets.items():
        rows = [list(table.table.columns), *table.table.to_numpy().tolist()]
        for formatted in table.additional_formatting:
            (row, column), form = (formatted["cell"][part] for part in ("cells", "format"))
            rows[row][column] = shown(rows[row][column], form["num_format"])
        lay_out(pages[name], table.data_range[0], rows)
