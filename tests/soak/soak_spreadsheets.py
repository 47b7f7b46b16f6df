"""Spreadsheets of a snapshot in LibreOffice: opened, printed and converted."""

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
    """A folder with spreadsheets of texts that could be formulas."""
    texts = pd.DataFrame({"text": list(HOSTILE), "number": range(len(HOSTILE))}, dtype=object)
    folder = working_folder / "hostile"
    folder.mkdir()
    spreadsheet.write_spreadsheets(
        folder, rides, rides.run(), [make_table("hostile", texts, "=1+1")]
    )
    return folder


@pytest.mark.parametrize("kind", FILE_FORMATS)
@pytest.mark.parametrize("name", TOPICS)
def test_printed_spreadsheets_have_the_title_the_headline_and_every_sheet(
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
def test_libreoffice_converts_the_ods_to_an_xlsx_with_the_same_cells(
    revision, working_folder, name
):
    expected = read_xlsx(revision / name / "tables.xlsx")
    converted = read_xlsx(
        convert_with_libreoffice(revision / name / "tables.ods", "xlsx", working_folder)
    )
    assert list(converted) == list(expected)
    for sheet, rows in expected.items():
        pairs = [
            pair
            for row in zip(rows, converted[sheet], strict=True)
            for pair in zip(*row, strict=True)
        ]
        assert not [pair for pair in pairs if not same_cell(*pair)]


@pytest.mark.parametrize("kind", FILE_FORMATS)
def test_a_text_that_could_be_a_formula_stays_a_text(hostile_folder, working_folder, kind):
    converted = convert_with_libreoffice(
        hostile_folder / f"tables.{kind}", EVERY_SHEET_FILTER, working_folder
    )
    with converted.with_name("tables-hostile.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["'=1+1", ""]
    cell_texts = [text.replace("\t", "") for text, _ in rows[-len(HOSTILE) :]]
    assert cell_texts == [text.replace("\t", "") for text in HOSTILE.values()]  # Calc drops tabs


def same_cell(cell, converted_cell):
    """Whether two cells are the same: LibreOffice writes fifteen digits of a number."""
    if isinstance(cell, str) or isinstance(converted_cell, str):
        return cell == converted_cell
    return math.isclose(cell, converted_cell, rel_tol=1e-14)
