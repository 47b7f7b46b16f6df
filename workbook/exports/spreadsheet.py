"""Write an outcome as a spreadsheet, by the Government Analysis Function's guidance.

The file has a cover, the contents, the notes and one sheet for each table. The Analysis Function's
gptables writes the XLSX file. The ODS file has the same sheets and cells.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
from gptables import Cover, GPTable

from workbook.exports.licences import state_licence
from workbook.exports.number_formats import apply_number_format
from workbook.exports.outcome_parts import collect_notes
from workbook.exports.sheet_layout import NARROWEST_COLUMN, SPREADSHEET_THEME, lay_out_sheet
from workbook.exports.sheets import MISSING_SYMBOLS, NOT_APPLICABLE, build_sheet, clean_cell_text
from workbook.exports.table_sheets import TableWorkbook
from workbook.exports.xlsx_to_ods import xlsx_to_ods
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.result_table import Column, ResultTable
from workbook.topic import Topic

_LONGEST_SHEET_NAME = 31
"""Most characters in the name of a sheet. With more, Excel reports a damaged file."""

_RESERVED_SHEET_NAMES = ("Cover", "Contents", "Notes")
_INDICATOR_COLUMNS = {
    "name": Column("Name"),
    "label": Column("Indicator"),
    "value": Column("Value", unit_column="unit"),
    "unit": Column("Unit"),
    "low": Column("Low (P10)", unit_column="unit"),
    "high": Column("High (P90)", unit_column="unit"),
    "reason": Column("Note"),
}
_SCENARIO_COLUMNS = {
    "name": Column("Name"),
    "parameter": Column("Parameter"),
    "value": Column("Value", unit_column="unit"),
    "default": Column("Default", unit_column="unit"),
    "changed": Column("Changed"),
    "unit": Column("Unit"),
    "meaning": Column("Meaning"),
    "source": Column("Source"),
}
_RANGE_NOTE_NAME = "range"
_RANGE_NOTE = (
    "Low and high are the 10th and 90th percentiles of the simulations: 80% of simulations are "
    "between them. They are not applicable where nothing is simulated."
)
_WORKBOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_spreadsheets(
    folder: Path,
    topic: Topic,
    outcome: Outcome,
    tables: Iterable[ResultTable],
    status: str = "",
) -> None:
    """Write ``tables.xlsx`` and ``tables.ods`` into a folder, with the same content.

    Args:
        folder: An existing folder.
        topic: The topic of the outcome.
        outcome: The outcome.
        tables: The tables, one for each sheet.
        status: The status of the figures, for the cover; empty for none.
    """
    content = to_xlsx(topic, outcome, tables, status)
    (folder / "tables.xlsx").write_bytes(content)
    (folder / "tables.ods").write_bytes(xlsx_to_ods(content))


def to_xlsx(
    topic: Topic, outcome: Outcome, tables: Iterable[ResultTable], status: str = ""
) -> bytes:
    """Write an outcome as an XLSX file.

    Args:
        topic: The topic of the outcome.
        outcome: The outcome.
        tables: The tables, one for each sheet.
        status: The status of the figures, for the cover; empty for none.

    Returns:
        The XLSX file. The same outcome gives the same bytes.
    """
    notes = [_RANGE_NOTE, *map(clean_cell_text, collect_notes(topic, outcome))]
    sheets = {
        "Indicators": _indicators_sheet(outcome, len(notes)),
        "Scenario": build_sheet(_scenario_table(outcome)),
        **{name: build_sheet(table) for name, table in _name_sheets(tables)},
    }
    file, cover = io.BytesIO(), _build_cover(topic, outcome, status)
    book = _produce_workbook(file, sheets, cover, notes)
    day = last_day_of_quarter(outcome.scenario.quarter)
    created = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a file's properties have none
    book.set_properties({"title": topic.title, "created": created})
    _lay_out_workbook(book, cover, notes, sheets)
    book.close()
    return file.getvalue()


def _produce_workbook(
    file: io.BytesIO, sheets: Mapping[str, GPTable], cover: Cover, notes: Sequence[str]
) -> TableWorkbook:
    """Write the sheets with cover, contents and notes. A table has a mark for the first note."""
    references = [_RANGE_NOTE_NAME, *(f"note {number}" for number in range(2, len(notes) + 1))]
    book = TableWorkbook(file, _WORKBOOK_OPTIONS)
    book.set_theme(SPREADSHEET_THEME)
    book.add_worksheet(cover.cover_label).write_cover(cover)
    with warnings.catch_warnings():
        # The other notes concern a whole table, which gives their numbers in a sentence.
        warnings.filterwarnings("ignore", "The following notes are not referenced")
        book.write_tables(sheets, pd.DataFrame({"Reference": references, "Note": notes}))
    return book


def _build_cover(topic: Topic, outcome: Outcome, status: str) -> Cover:
    quarter = outcome.scenario.quarter
    sources = dict.fromkeys(
        source for table in topic.table_sources(outcome.scenario) for source in table.sources
    )
    return Cover(
        title=clean_cell_text(f"{topic.title}, {quarter}"),
        intro=[clean_cell_text(topic.question), clean_cell_text(outcome.headline)],
        about=[
            *filter(None, [status]),
            f"Figures as known at the end of {quarter}.",
            "A share is a fraction of 1: 21% is 0.21. GBP means pounds sterling.",
            *(
                f"{symbol} in a cell means {meaning}."
                for symbol, meaning in MISSING_SYMBOLS.items()
            ),
            *(f"Source: {clean_cell_text(source)}." for source in sources),
            *filter(None, [state_licence(topic, outcome.scenario)]),
        ],
    )


def _indicators_sheet(outcome: Outcome, note_count: int) -> GPTable:
    """Build the sheet of the indicators. Every note but the first, on ranges, concerns them."""
    rows = [indicator.as_dict() for indicator in outcome.indicators]
    frame = pd.DataFrame(rows, columns=list(_INDICATOR_COLUMNS), dtype=object)
    ranges = frame[["low", "high"]]
    frame[["low", "high"]] = ranges.where(ranges.notna(), NOT_APPLICABLE)
    note_marks = dict.fromkeys(("low", "high"), f"$${_RANGE_NOTE_NAME}$$")
    return build_sheet(
        ResultTable("indicators", "Indicators", frame, _INDICATOR_COLUMNS),
        note_marks,
        _note_references(note_count),
    )


def _note_references(note_count: int) -> str:
    """Say which notes concern the table: the second and those after it."""
    sentences = {
        1: "",
        2: "See note 2 on the notes worksheet.",
    }
    several_notes = f"See notes 2 to {note_count} on the notes worksheet."
    return sentences.get(note_count, several_notes)


def _scenario_table(outcome: Outcome) -> ResultTable:
    values, declared = outcome.scenario.values(), outcome.scenario.parameters()
    rows = [
        (
            name,
            declared_parameter.label,
            values[name],
            declared_parameter.default,
            values[name] != declared_parameter.default,
            declared_parameter.unit,
            declared_parameter.meaning,
            declared_parameter.describe_source(values[name]),
        )
        for name, declared_parameter in declared.items()
    ]
    frame = pd.DataFrame(rows, columns=list(_SCENARIO_COLUMNS), dtype=object)
    return ResultTable("scenario", "Scenario: values of the parameters", frame, _SCENARIO_COLUMNS)


def _name_sheets(tables: Iterable[ResultTable]) -> Iterator[tuple[str, ResultTable]]:
    """Give each table a unique sheet name that every program accepts."""
    used_names = {
        sheet_name.lower() for sheet_name in (*_RESERVED_SHEET_NAMES, "Indicators", "Scenario")
    }
    for table in tables:
        name, count = table.name[:_LONGEST_SHEET_NAME], 1
        while name.lower() in used_names:
            count += 1
            name = f"{table.name[: _LONGEST_SHEET_NAME - len(f'_{count}')]}_{count}"
        used_names.add(name.lower())
        yield name, replace(table, name=name)


def _lay_out_workbook(
    book: TableWorkbook, cover: Cover, notes: Iterable[str], sheets: Mapping[str, GPTable]
) -> None:
    """Lay out every sheet. gptables puts two lines above the contents and the notes."""
    pages = {page.name: page for page in book.worksheets()}
    cover_lines = [cover.title, "", *cover.intro, "", *cover.about]
    lay_out_sheet(pages["Cover"], 0, [[line] for line in cover_lines], [cover.width])
    titles = [table.title for table in sheets.values()]
    for name, texts, width in (
        ("Contents", titles, _LONGEST_SHEET_NAME),
        ("Notes", notes, 2 * NARROWEST_COLUMN),
    ):
        lay_out_sheet(pages[name], 2, [["", text] for text in ("", *texts)], [width, cover.width])
    for name, table in sheets.items():
        rows = [list(table.table.columns), *table.table.to_numpy().tolist()]
        for cell_format in table.additional_formatting:
            (row, column), format_options = (
                cell_format["cell"][part] for part in ("cells", "format")
            )
            rows[row][column] = apply_number_format(rows[row][column], format_options["num_format"])
        lay_out_sheet(pages[name], table.data_range[0], rows)
        pages[name].freeze_panes(table.data_range[0] + 1, 0)  # the headings stay in sight
