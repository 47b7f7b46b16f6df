"""The passages of a draft: paragraphs, lists, tables and notes, without marks and pictures."""

import pytest

from workbook.claims.draft.draft_numbers import find_numbers
from workbook.claims.draft.passages import split_blocks, split_text
from workbook.exports.pandoc import read_document

PAGE = """
<h1>Digital skills</h1>
<p>We trained <b>300</b> people<sup>1</sup> in <a href="https://example.org/9">two</a>&nbsp;towns.</p>
<ul><li>52 signed</li><li>16 left</li></ul>
<img src="a.png" alt="7 people">
<table><thead><tr><th>Service</th><th>Share</th></tr></thead>
<tbody><tr><td>Licences</td><td>24%</td></tr></tbody></table>
"""


def read_page(page):
    return split_blocks(read_document(page.encode(), "html"))


def test_a_page_gives_its_text_in_order_without_marks_and_pictures():
    assert [passage.text for passage in read_page(PAGE)] == [
        "Digital skills",
        "We trained 300 people in two towns.",
        "52 signed",
        "16 left",
        "Service",
        "Share",
        "Licences",
        "Licences; Share: 24%",
    ]


def test_headings_are_marked_and_items_of_lists_are_not():
    marked = {passage.text: passage.is_heading for passage in read_page(PAGE)}
    assert marked["Digital skills"]
    assert not marked["52 signed"]


def test_a_footnote_follows_its_paragraph():
    markdown = b"We saved money.[^1]\n\n[^1]: It was 5 million.\n\nThe end."
    passages = split_blocks(read_document(markdown, "commonmark_x+footnotes"))
    assert [passage.text for passage in passages] == [
        "We saved money.",
        "It was 5 million.",
        "The end.",
    ]


def test_a_table_without_headings_takes_its_first_row():
    page = "<table><tr><td>Year</td><td>People</td></tr><tr><td>2014</td><td>30</td></tr></table>"
    *_, cell = read_page(page)
    assert (cell.text, cell.text[cell.cell_start :]) == ("2014; People: 30", "30")


def test_a_number_in_the_name_of_a_row_is_found_once():
    row = "<tr><td>The 5 largest</td><td>30</td><td></td><td>40. Of 9</td></tr>"
    page = f"<table><tr><th></th><th>A</th><th>B</th><th></th></tr>{row}</table>"
    assert [number.printed for number in find_numbers(read_page(page))] == ["5", "30", "40", "9"]


def test_a_text_is_split_at_blank_lines_and_bullets_and_lines_are_joined():
    text = "GOV.UK\n\nWe moved\n50 sites.\n\n  • one\n    two\n  • three\n"
    assert [(passage.text, passage.is_heading) for passage in split_text(text)] == [
        ("GOV.UK", True),
        ("We moved 50 sites.", False),
        ("one two", False),
        ("three", False),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", " \n \n"])
def test_a_blank_text_has_no_passages(text):
    assert split_text(text) == []
