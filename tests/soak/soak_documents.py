"""What a snapshot's documents are in LibreOffice, and on paper."""

from collections import Counter

import pytest
from odf.opendocument import load
from odf.table import TableCell
from odf.teletype import extractText
from odf.text import H, P

from tests.soak.conftest import QUARTER
from tests.soak.office import converted, pages, pictured
from workbook.topics.register import TOPICS

NAMES = [name for name, topic in TOPICS.items() if topic.document]


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def body(revision, name):
    return load(revision / name / "report.odt").body


@pytest.fixture(scope="module")
def pdf(revision, name, work):
    return converted(revision / name / "report.odt", "pdf", work)


def words(element, kind):
    return [" ".join(extractText(each).split()) for each in element.getElementsByType(kind)]


def test_it_has_its_title_the_headline_and_every_heading(pdf, body, name, headlines):
    printed = pages(pdf)
    assert printed[0].startswith(f"{TOPICS[name].title}, {QUARTER}")
    said = " ".join(printed)
    assert headlines[name] in said
    headings = words(body, H)
    assert headings
    assert not [heading for heading in headings if heading not in said]


def test_no_page_is_empty(pdf):
    empty = [
        number
        for number, text in enumerate(pages(pdf), start=1)
        if not text.removesuffix(str(number))
    ]
    assert not set(empty) - pictured(pdf)


def test_nothing_of_a_table_is_lost_on_the_way_to_paper(pdf, body):
    said = "".join("".join(pages(pdf)).replace("-", "").split())  # a line may end in a hyphen
    cells = [cell for each in body.getElementsByType(TableCell) for cell in words(each, P)]
    told = Counter(word for cell in cells for word in cell.replace("-", "").split())
    assert told.total() > 1_000
    assert not {word: count for word, count in told.items() if said.count(word) < count}


def test_no_heading_stands_alone_at_the_end_of_a_page(pdf, body):
    headings = words(body, H)
    for number, text in enumerate(pages(pdf), start=1):
        last = text.removesuffix(str(number)).strip()
        assert not [heading for heading in headings if last.endswith(heading)]
