"""What visitors take away, in LibreOffice: every file opens, and every text of a slide is in it."""

import re
import zipfile

import pytest

from tests.soak.libreoffice import convert_with_libreoffice, page_texts, pages_with_pictures
from workbook.exports.export_outcome import gather_content, make_export
from workbook.topics.registry import TOPICS


@pytest.fixture(scope="module", params=TOPICS)
def content(request):
    topic = TOPICS[request.param]
    return gather_content(topic, topic.run())


@pytest.fixture
def convert(content, working_folder):
    """Makes a file of the topic and converts it; returns its path and the converted one."""

    def make(suffix, kind="pdf"):
        path = working_folder / f"{content.topic.name}{suffix}"
        path.write_bytes(make_export(content, suffix))
        return path, convert_with_libreoffice(path, kind, working_folder)

    return make


def test_the_document_opens_with_its_pictures_and_headings(convert, content):
    _, pdf = convert(".docx")
    texts = page_texts(pdf)
    assert texts[0].startswith(content.title)
    for heading in ("Key figures", "What was changed", "Sources and record"):
        assert heading in " ".join(texts)
    assert pages_with_pictures(pdf)


def test_every_text_is_on_its_slide(convert):
    path, pdf = convert(".pptx")
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"ppt/slides/\w+\.xml", name)]
    slides = page_texts(pdf)
    assert len(slides) == len(names)
    assert all(slides)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_the_spreadsheet_opens(convert, content, suffix):
    _, pdf = convert(suffix)
    text = " ".join(page_texts(pdf))
    assert content.topic.question in text
    assert "SHA-256" in text
