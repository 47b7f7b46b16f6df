"""Reading a draft: what is no document is rejected in a sentence that says what would be right."""

import io
import zipfile

import pytest

from workbook.cli.draft_document import find_draft_numbers, read_draft
from workbook.exports.pandoc import read_default_file

OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PARAGRAPHS = "<p>We trained 12 people.</p>" * 6_000


def make_archive(parts):
    """A ZIP archive of named parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def damage(content):
    """A document whose middle is overwritten."""
    middle = len(content) // 2
    return content[:middle] + bytes(200) + content[middle + 200 :]


TEMPLATE = read_default_file("reference.docx")
LOCKED_ODT = make_archive(
    {"content.xml": b"\x01\x02", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF-1.7", "is not a document that can be checked: give DOCX, ODT, HTML"),
        ("a.docx", b"", "is empty: give DOCX"),
        ("a.txt", b" \n\n", "is empty: give DOCX"),
        (
            "a.docx",
            b"We trained 12 people.",
            "is not a valid DOCX document, or is damaged: save it",
        ),
        ("a.docx", damage(TEMPLATE), "is not a valid DOCX document, or is damaged: save it"),
        ("a.docx", make_archive({"xl/workbook.xml": "<a/>"}), "is not a valid DOCX document: give"),
        ("a.docx", make_archive({"word/document.xml": "<a"}), "is not a valid DOCX document: save"),
        ("a.odt", make_archive({"a.txt": "12"}), "is not a valid ODT document: give DOCX"),
        ("a.odt", LOCKED_ODT, "is protected by a password: remove the password"),
        (
            "a.docx",
            OFFICE_97 + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password: remove the password, then save it again",
        ),
        ("a.docx", OFFICE_97, "is in the format of Word 97 to 2003: save it as DOCX"),
        ("a.txt", "caf\xe9".encode("latin-1"), "is not a text in UTF-8: save it as UTF-8"),
        ("a.txt", "12 people".encode("utf-16"), "is not a text in UTF-8: save it as UTF-8"),
        ("a.html", b'<img src="a.png" alt="12 people">', "holds images only: give its text as"),
        ("a.html", b"<p> </p>", "has no text: give DOCX"),
        (
            "a.docx",
            make_archive({"word/document.xml": bytes(11_000_000)}),
            "is too large: 11 MB of text and markup, and the limit is 10 MB. Give a part of it",
        ),
        ("a.html", bytes(11_000_000), "is too large: 11 MB of text and markup"),
        ("a.html", b"<blockquote>" * 3_000 + b"12", "has parts within parts, too deep to be read"),
        ("a.txt", b"12 " * 100_000, "has more than 5,000 numbers: give a part of it"),
        ("a.html", PARAGRAPHS.encode(), "has more than 5,000 numbers: give a part of it"),
    ],
)
def test_what_is_no_document_is_rejected(tmp_path, name, content, message):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ValueError) as error:  # noqa: PT011  its message is compared
        find_draft_numbers(file)
    assert str(error.value).startswith(f"{file} {message}")


def test_a_folder_and_a_missing_file_are_rejected(tmp_path):
    (tmp_path / "a.txt").mkdir()
    for name in ("a.txt", "b.txt"):
        with pytest.raises(ValueError, match=f"{name} cannot be read: "):
            read_draft(tmp_path / name)


def test_a_text_may_begin_with_a_byte_order_mark_and_have_any_line_ends(tmp_path):
    file = tmp_path / "draft.TXT"
    file.write_bytes("\ufeffSkills\r\n\r\nWe trained\r12 people.".encode())
    assert [passage.text for passage in read_draft(file)] == ["Skills", "We trained 12 people."]


def test_markdown_is_read_with_its_headings(tmp_path):
    file = tmp_path / "draft.md"
    file.write_text("# Skills\n\n- **12** people\n", encoding="utf-8")
    assert [(p.text, p.is_heading) for p in read_draft(file)] == [
        ("Skills", True),
        ("12 people", False),
    ]
