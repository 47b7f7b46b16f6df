"""ZIP archive rewritten with a fixed time and with edited XML parts."""

import io
import zipfile

from workbook.exports.zip_archive import normalise_zip


def make_archive(date):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", date), "text/plain", zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("a.xml", date), "<a/>", zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("picture.png", date), b"\x89PNG", zipfile.ZIP_STORED)
    return file.getvalue()


def test_the_bytes_do_not_depend_on_the_time():
    early, late = make_archive((2014, 6, 30, 0, 0, 0)), make_archive((2026, 1, 1, 0, 0, 0))
    assert early != late
    assert normalise_zip(early) == normalise_zip(late)


def test_parts_keep_their_order_and_compression_and_only_xml_is_edited():
    content = make_archive((2014, 6, 30, 0, 0, 0))
    edited = normalise_zip(content, lambda part, text: f"{part}: {text}")
    with zipfile.ZipFile(io.BytesIO(edited)) as archive:
        assert [(part.filename, part.compress_type) for part in archive.infolist()] == [
            ("mimetype", zipfile.ZIP_STORED),
            ("a.xml", zipfile.ZIP_DEFLATED),
            ("picture.png", zipfile.ZIP_STORED),
        ]
        assert archive.read("a.xml") == b"a.xml: <a/>"
        assert archive.read("picture.png") == b"\x89PNG"
