"""What a snapshot's spreadsheets are in LibreOffice: opened, printed, converted."""

import csv
import math

import pandas as pd
import pytest

from tests.analysis.tiny import topic as rides
from tests.exports.books import by_openpyxl
from tests.exports.test_hostile import HOSTILE
from tests.soak.conftest import QUARTER
from tests.soak.office import EVERY_SHEET, converted, pages
from workbook.exports import spreadsheet
from workbook.exports.exported import Exported
from workbook.topics.register import TOPICS

KINDS = ("xlsx", "ods")


@pytest.fixture(scope="module")
def hostile(work):
    """A spreadsheet whose texts would be formulas if they were run."""
    texts = pd.DataFrame({"text": list(HOSTILE), "number": range(len(HOSTILE))}, dtype=object)
    folder = work / "hostile"
    folder.mkdir()
    spreadsheet.write(folder, rides, rides.run(), [Exported("hostile", "=1+1", texts)])
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TOPICS)
def test_printed_it_says_what_it_is_what_came_out_and_what_each_sheet_holds(
    revision, headlines, work, name, kind
):
    path = revision / name / f"tables.{kind}"
    printed = pages(converted(path, "pdf", work))
    assert all(printed)
    said = " ".join(printed)
    assert printed[0].startswith(f"{TOPICS[name].title}, {QUARTER}")
    assert headlines[name] in said
    titles = [rows[0][0] for rows in by_openpyxl(revision / name / "tables.xlsx").values()]
    assert not [title for title in titles if " ".join(title.split()) not in said]


@pytest.mark.parametrize("name", TOPICS)
def test_libreoffice_makes_an_xlsx_of_the_ods_with_the_same_sheets_and_cells(revision, work, name):
    ours = by_openpyxl(revision / name / "tables.xlsx")
    theirs = by_openpyxl(converted(revision / name / "tables.ods", "xlsx", work))
    assert list(theirs) == list(ours)
    for sheet, rows in ours.items():
        pairs = [
            pair for row in zip(rows, theirs[sheet], strict=True) for pair in zip(*row, strict=True)
        ]
        assert not [pair for pair in pairs if not alike(*pair)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_would_be_a_formula_is_a_text(hostile, work, kind):
    made = converted(hostile / f"tables.{kind}", EVERY_SHEET, work)
    with made.with_name("tables-hostile.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["'=1+1", ""]
    found = [text.replace("\t", "") for text, _ in rows[-len(HOSTILE) :]]
    assert found == [text.replace("\t", "") for text in HOSTILE.values()]  # Calc drops tabs


def alike(mine, other):
    """Whether two cells are the same: LibreOffice writes fifteen digits of a number."""
    if isinstance(mine, str) or isinstance(other, str):
        return mine == other
    return math.isclose(mine, other, rel_tol=1e-14)
