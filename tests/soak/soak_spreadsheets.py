"""What a snapshot's spreadsheets are in LibreOffice: opened, printed, converted."""

import csv
import math

import pandas as pd
import pytest

from tests.analysis.example_topic import topic as rides
from tests.exports.read_files import read_xlsx
from tests.exports.test_hostile import HOSTILE
from tests.result_tables import make_table
from tests.soak.conftest import QUARTER
from tests.soak.libreoffice import EVERY_SHEET_FILTER, convert_with_libreoffice, page_texts
from workbook.exports import spreadsheet
from workbook.topics.registry import TOPICS

FILE_FORMATS = ("xlsx", "ods")


@pytest.fixture(scope="module")
def hostile_folder(working_folder):
    """A spreadsheet whose texts would be formulas if they were run."""
    texts = pd.DataFrame({"text": list(HOSTILE), "number": range(len(HOSTILE))}, dtype=object)
    folder = working_folder / "hostile"
    folder.mkdir()
    spreadsheet.write_spreadsheets(
        folder, rides, rides.run(), [make_table("hostile", texts, "=1+1")]
    )
    return folder


@pytest.mark.parametrize("kind", FILE_FORMATS)
@pytest.mark.parametrize("name", TOPICS)
def test_printed_it_says_what_it_is_what_came_out_and_what_each_sheet_holds(
    revision, headlines, working_folder, name, kind
):
    path = revision / name / f"tables.{kind}"
    printed = page_texts(convert_with_libreoffice(path, "pdf", working_folder))
    assert all(printed)
    text = " ".join(printed)
    assert printed[0].startswith(f"{TOPICS[name].title}, {QUARTER}")
    assert headlines[name] in text
    titles = [rows[0][0] for rows in read_xlsx(revision / name / "tables.xlsx").values()]
    assert not [title for title in titles if " ".join(title.split()) not in text]


@pytest.mark.parametrize("name", TOPICS)
def test_libreoffice_makes_an_xlsx_of_the_ods_with_the_same_sheets_and_cells(
    revision, working_folder, name
):
    ours = read_xlsx(revision / name / "tables.xlsx")
    theirs = read_xlsx(
        convert_with_libreoffice(revision / name / "tables.ods", "xlsx", working_folder)
    )
    assert list(theirs) == list(ours)
    for sheet, rows in ours.items():
        pairs = [
            pair for row in zip(rows, theirs[sheet], strict=True) for pair in zip(*row, strict=True)
        ]
        assert not [pair for pair in pairs if not same_cell(*pair)]


@pytest.mark.parametrize("kind", FILE_FORMATS)
def test_a_text_that_would_be_a_formula_is_a_text(hostile_folder, working_folder, kind):
    made = convert_with_libreoffice(
        hostile_folder / f"tables.{kind}", EVERY_SHEET_FILTER, working_folder
    )
    with made.with_name("tables-hostile.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["'=1+1", ""]
    cell_texts = [text.replace("\t", "") for text, _ in rows[-len(HOSTILE) :]]
    assert cell_texts == [text.replace("\t", "") for text in HOSTILE.values()]  # Calc drops tabs


def same_cell(ours, other):
    """Whether two cells are the same: LibreOffice writes fifteen digits of a number."""
    if isinstance(ours, str) or isinstance(other, str):
        return ours == other
    return math.isclose(ours, other, rel_tol=1e-14)
