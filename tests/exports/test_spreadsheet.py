"""An outcome as a spreadsheet, read back as a user's program reads it."""

import re
import time
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from gptables import GPWorkbook
from odfdo import Document
from openpyxl import load_workbook

from tests.analysis.example_topic import topic
from tests.exports.read_files import SYMBOLS, read_ods, read_xlsx
from tests.result_tables import make_table
from workbook.exports import spreadsheet
from workbook.exports.sheets import ONE_TABLE_TEXT
from workbook.exports.table_sheets import TableWorkbook
from workbook.result_table import Column

LONG = "probability_of_target_by_programme_starts"
FRAME = pd.DataFrame(
    {
        "year": [2014, 2015],
        "people": [1 / 3, None],
        "=note": ["=1+1", "two\nlines"],
        "ok": [True, False],
        "source": [None, " "],
    }
)
TABLES = (
    make_table("path", FRAME, "The path", people=Column("People excluded", "people")),
    make_table(LONG, FRAME[["year"]], "One that has a long name"),
    make_table(f"{LONG}_2", FRAME[["year", "people"]].iloc[:0], "Another one"),
    make_table("notes", FRAME[["year"]], "Named as the notes are"),
)
NAMES = ["path", LONG[:31], f"{LONG[:29]}_2", "notes_2"]
NOTES = ("Half of the riders pay.", "Fares are of 2014.")


def write_spreadsheet(folder, tables=TABLES):
    folder.mkdir(exist_ok=True)
    spreadsheet.write_spreadsheets(folder, topic, replace(topic.run(), notes=NOTES), tables)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_spreadsheet(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def book(folder):
    return load_workbook(folder / "tables.xlsx")


@pytest.fixture(scope="module")
def rows_by_sheet(folder):
    return read_xlsx(folder / "tables.xlsx")


def cells_under_heading(rows, label):
    """Values of the column with this heading."""
    [row_number] = [index for index, row in enumerate(rows) if label in row]
    position = rows[row_number].index(label)
    return [row[position] for row in rows[row_number + 1 :]]


def test_the_workbook_has_a_cover_contents_notes_and_a_sheet_for_each_table(book):
    expected = ["Cover", "Contents", "Notes", "Indicators", "Scenario", *NAMES]
    assert book.sheetnames == expected
    assert len({name.lower() for name in expected}) == len(expected)
    assert max(map(len, expected)) <= 31


def test_a_sheet_starts_with_its_title_and_ends_with_one_marked_table(book):
    tables = [table for sheet in book for table in sheet.tables.values()]
    assert len({table.name.lower() for table in tables}) == len(tables)
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        assert sheet["A1"].value
        assert sheet["A2"].value.startswith("This worksheet contains one table.")
        first, last = table.ref.split(":")
        assert (first[0], last) == ("A", sheet.dimensions.split(":")[1])
        headings = [cell.value for cell in sheet[table.ref][0]]
        assert headings == [column.name.replace("_x000a_", "\n") for column in table.tableColumns]


def test_no_cell_of_a_table_is_blank(book):
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        assert all(cell.value not in {None, ""} for row in sheet[table.ref] for cell in row)


def test_the_cover_has_the_title_the_headline_and_the_meaning_of_symbols(rows_by_sheet):
    cover_texts = [row[0] for row in rows_by_sheet["Cover"]]
    assert cover_texts[:4] == [
        "Rides, 2014-Q2",
        "Introductory information",
        "How many rides are sold?",
        "5 rides are sold.",
    ]
    assert "Figures as known at the end of 2014-Q2." in cover_texts
    assert any(line.startswith("[x] in a cell means") for line in cover_texts)
    assert not any("Licence" in line for line in cover_texts)  # the topic has no table


def test_the_contents_link_to_every_following_sheet(book, rows_by_sheet):
    rows = rows_by_sheet["Contents"][3:]
    assert [name for name, _ in rows] == ["Indicators", "Scenario", *NAMES]
    links = [cell.hyperlink.location for cell in book["Contents"]["A"][3:]]
    assert links == [f"'{name}'!A1" for name, _ in rows]
    assert [title.strip() for _, title in rows[:3]] == [
        "Indicators",
        "Scenario: values of the parameters",
        "The path",
    ]


def test_the_note_on_ranges_is_marked_and_the_sheet_refers_to_other_notes(rows_by_sheet):
    notes = dict(rows_by_sheet["Notes"][3:])
    referred = re.findall(
        r"\[note (\d+)\]", str([rows_by_sheet[name] for name in rows_by_sheet if name != "Notes"])
    )
    assert referred == ["1", "1"]
    assert list(notes) == [1, 2, 3]
    assert "10th and 90th percentile" in notes[1]
    assert (notes[2], notes[3]) == NOTES
    assert rows_by_sheet["Indicators"][:2] == [
        ["Indicators"],
        [f"{ONE_TABLE_TEXT} See notes 2 to 3 on the notes worksheet."],
    ]


def test_the_legend_explains_only_the_symbols_that_are_used(rows_by_sheet):
    for name, rows in rows_by_sheet.items():
        if name in {"Cover", "Contents", "Notes"}:
            continue
        used = {cell for row in rows for cell in row} & SYMBOLS
        symbols = {row[0][:3] for row in rows if len(row) == 1 and str(row[0])[:3] in SYMBOLS}
        assert used == symbols, name


def test_a_missing_value_has_a_symbol_by_its_kind(rows_by_sheet):
    path = rows_by_sheet["path"]
    assert cells_under_heading(path, "People excluded\n(people)") == [1 / 3, "[x]"]
    assert cells_under_heading(path, "source") == ["[z]", "[z]"]
    assert {"[x]", "[z]"} <= {row[0][:3] for row in path[2:4]}


def test_numbers_stay_numbers_and_booleans_become_yes_and_no(rows_by_sheet):
    assert cells_under_heading(rows_by_sheet["path"], "year") == [2014, 2015]
    assert cells_under_heading(rows_by_sheet["path"], "ok") == ["yes", "no"]


def test_a_number_has_sixteen_significant_digits(tmp_path):
    numbers = [0.1 + 0.2, 5_444_000.0, -1e-300, 2**53, 177_580_755.73]
    write_spreadsheet(tmp_path, [make_table("sums", pd.DataFrame({"sum": numbers}, dtype=object))])
    for read in (
        read_xlsx(tmp_path / "tables.xlsx"),
        read_ods(tmp_path / "tables.ods"),
    ):
        assert cells_under_heading(read["sums"], "sum") == [
            float(f"{number:.16g}") for number in numbers
        ]


def test_a_table_without_rows_has_a_notice(rows_by_sheet):
    rows = rows_by_sheet[NAMES[2]]
    assert rows[1] == [
        "This worksheet contains one table. It has no rows: there is no data for this scenario."
    ]
    assert rows[-1] == ["[z]", "[z]"]


def test_equal_headings_get_the_name_of_their_column(tmp_path):
    frame = pd.DataFrame([[1, 2, 3]], columns=["low", "high", "middle"])
    columns = {"low": Column("People"), "high": Column("people"), "middle": Column("The\nmiddle")}
    write_spreadsheet(tmp_path, [make_table("range", frame, **columns)])
    rows = read_xlsx(tmp_path / "tables.xlsx")["range"]
    assert rows[2] == ["People (low)", "people (high)", "The middle"]


def test_indicators_and_the_scenario_have_sheets(rows_by_sheet):
    indicators = rows_by_sheet["Indicators"]
    values = dict(
        zip(
            cells_under_heading(indicators, "Name"),
            cells_under_heading(indicators, "Value"),
            strict=True,
        )
    )
    assert (values["sold"], values["word"]) == (5, "2014-Q2")
    [paying] = [row for row in rows_by_sheet["Scenario"] if row[0] == "paying"]
    assert paying[:7] == ["paying", "Share who pay", 0.5, 0.5, "no", "share", "Who pays."]


def test_the_headings_of_a_table_stay_in_sight(folder, book):
    for sheet in book.worksheets[3:]:
        [table] = sheet.tables.values()
        heading_row = sheet[table.ref][0][0].row
        assert sheet.freeze_panes == f"A{heading_row + 1}"
    with zipfile.ZipFile(folder / "tables.ods") as archive:
        settings = archive.read("settings.xml").decode()
    for sheet in book.worksheets[3:]:
        row_count = int(sheet.freeze_panes[1:]) - 1
        [view] = re.findall(
            rf'config:name="{sheet.title}">(.*?)</config:config-item-map-entry>', settings
        )
        assert f'config:name="VerticalSplitPosition" config:type="int">{row_count}<' in view


@pytest.mark.parametrize(("suffix", "program"), [("xlsx", "openpyxl"), ("ods", "calamine")])
def test_pandas_reads_the_same_table_from_both_files(folder, suffix, program):
    path = folder / f"tables.{suffix}"
    frame = pd.read_excel(path, sheet_name="path", engine=program, header=4)
    assert frame["year"].tolist() == [2014, 2015]
    assert frame["'=note"].tolist() == ["'=1+1", "two\nlines"]


def test_both_files_contain_the_same_sheets_and_cells(folder, rows_by_sheet):
    assert read_ods(folder / "tables.ods") == rows_by_sheet


def test_the_files_do_not_depend_on_the_time(folder, tmp_path, monkeypatch):
    later = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    write_spreadsheet(tmp_path)
    for name in ("tables.xlsx", "tables.ods"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_ods_starts_with_its_uncompressed_media_type(folder):
    parts = zipfile.ZipFile(folder / "tables.ods").infolist()
    assert (parts[0].filename, parts[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {"content.xml", "META-INF/manifest.xml"} <= {part.filename for part in parts}


def test_the_ods_has_a_title_a_date_a_language_and_no_template_contents(folder):
    document = Document(folder / "tables.ods")
    assert document.meta.title == topic.title
    assert document.meta.creation_date.date().isoformat() == "2014-06-30"
    assert (document.language, document.meta.language) == ("en-GB", "en-GB")
    with zipfile.ZipFile(folder / "tables.ods") as file:
        parts = {name for name in file.namelist() if not name.endswith("/")}
        assert b"fr" not in re.findall(rb'language="(\w+)"', file.read("styles.xml"))
    listed = {path for path, _ in document.manifest.get_path_medias()}
    assert listed - {"/"} == parts - {"mimetype", "META-INF/manifest.xml"}


def test_the_file_is_the_same_as_gptables_writes_by_itself(monkeypatch):
    frame = pd.DataFrame(
        {
            "number": [1, 2],
            "measured": [1.5, 2],
            "some": [1.5, None],
            "none": [None, None],
            "mixed": [1, "two"],
            "marked": ["[z]", "as [z] says"],
            "text": ["1", "2"],
        }
    )
    tables = [
        make_table("path", frame, "The path", some=Column("Some", "GBP")),
        make_table("noted", frame, "With a mark in a heading", none=Column("None [note 1]")),
        *TABLES,
    ]
    outcome = replace(topic.run(), notes=NOTES)
    ours = spreadsheet.to_xlsx(topic, outcome, tables)
    monkeypatch.setattr(GPWorkbook, "write_tables", TableWorkbook.write_tables, raising=False)
    monkeypatch.setattr(spreadsheet, "TableWorkbook", GPWorkbook)
    assert spreadsheet.to_xlsx(topic, outcome, tables) == ours
