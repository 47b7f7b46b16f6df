"""Documents of a snapshot in LibreOffice, and in print."""

from collections import Counter

import pytest
from odfdo import Document

from tests.exports.read_files import descendants, element_texts
from tests.soak.conftest import QUARTER
from tests.soak.libreoffice import convert_with_libreoffice, page_texts, pages_with_pictures
from workbook.topics.registry import TOPICS

DOCUMENT_TOPICS = [name for name, topic in TOPICS.items() if topic.is_document]


@pytest.fixture(scope="module", params=DOCUMENT_TOPICS)
def topic_name(request):
    return request.param


@pytest.fixture(scope="module")
def document_body(revision, topic_name):
    return Document(revision / topic_name / "report.odt").body


@pytest.fixture(scope="module")
def pdf(revision, topic_name, working_folder):
    return convert_with_libreoffice(revision / topic_name / "report.odt", "pdf", working_folder)


def one_line_texts(element, tag):
    return [" ".join(text.split()) for text in element_texts(element, tag)]


def test_the_document_has_its_title_the_headline_and_every_heading(
    pdf, document_body, topic_name, headlines
):
    printed = page_texts(pdf)
    assert printed[0].startswith(f"{TOPICS[topic_name].title}, {QUARTER}")
    text = " ".join(printed)
    assert headlines[topic_name] in text
    headings = one_line_texts(document_body, "text:h")
    assert headings
    assert not [heading for heading in headings if heading not in text]


def test_no_page_is_empty(pdf):
    empty = [
        number
        for number, text in enumerate(page_texts(pdf), start=1)
        if not text.removesuffix(str(number))
    ]
    assert not set(empty) - pages_with_pictures(pdf)


def test_printed_tables_are_complete(pdf, document_body):
    text = "".join("".join(page_texts(pdf)).replace("-", "").split())  # a line may end in a hyphen
    cells = [
        cell
        for table_cell in descendants(document_body, "table:table-cell")
        for cell in one_line_texts(table_cell, "text:p")
    ]
    word_counts = Counter(word for cell in cells for word in cell.replace("-", "").split())
    assert word_counts.total() > 1_000
    assert not {word: count for word, count in word_counts.items() if text.count(word) < count}


def test_no_heading_is_alone_at_the_end_of_a_page(pdf, document_body):
    headings = one_line_texts(document_body, "text:h")
    for number, text in enumerate(page_texts(pdf), start=1):
        last = text.removesuffix(str(number)).strip()
        assert not [heading for heading in headings if last.endswith(heading)]
