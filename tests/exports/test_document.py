"""A report's page as a text document, read back."""

import io
import re
import subprocess
import time
import zipfile

import pandas as pd
import pytest
from odfdo import Document

from tests.exports.read_files import descendants, element_texts
from workbook.exports import document as module
from workbook.exports import pandoc
from workbook.exports.document import to_odt
from workbook.exports.print_html import to_print_html
from workbook.html_tables import to_html_table

CHART = """<figure class="wb-figure"><figcaption><span class="wb-title">People go</span>
<span class="wb-subtitle">Millions</span></figcaption>
<div class="wb-plot"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 360" width="720"
height="360" role="img"><rect width="720" height="360" fill="red"/></svg></div>
<div class="wb-description">From 3 to "none" &amp; falling.</div>
<details><summary>The figures behind it</summary><table><tr><td>hidden</td></tr></table></details>
</figure>"""
TILES = """<dl class="wb-tiles"><div class="wb-tile"><dt>People</dt>
<dd class="wb-value">5 million</dd>
<dd class="wb-note">Likely 4 to 6</dd><dd class="wb-note">As before</dd></div></dl>"""
ROWS = "".join(f"<tr><th>{n}</th><td>A longer text of row {n}</td></tr>" for n in range(3))
TABLE = f"""<div class="wb-scroll"><table><caption>What changed</caption>
<thead><tr><th>No.</th><th>Said</th></tr></thead><tbody>{ROWS}</tbody></table></div>"""
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Page</title><style>p {{}}</style></head>
<body><a class="skip-link" href="#main">Skip</a><header>Policy Workbook</header>
<main><h1>Quarterly</h1><h2>In short</h2><p>It <strong>fell</strong>.</p>
{TILES}{CHART}<h2>Changes</h2>{TABLE}<h2 id="the-figures">The figures</h2><table><tr><td>record</td>
</tr></table></main><footer>Open Government Licence</footer></body></html>"""


def make_document(html=PAGE):
    return to_odt(html, "Quarterly, 2014-Q2", "2014-Q2")


def load_document(content):
    return Document(io.BytesIO(content))


def zip_parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def document_bytes():
    return make_document()


@pytest.fixture(scope="module")
def document_body(document_bytes):
    return load_document(document_bytes).body


def test_title_and_headings_equal_those_of_the_page(document_bytes, document_body):
    assert element_texts(document_body)[0] == "Quarterly, 2014-Q2"
    assert [
        (heading.get_attribute("text:outline-level"), heading.inner_text)
        for heading in descendants(document_body, "text:h")
    ] == [("2", "In short"), ("3", "People go"), ("2", "Changes")]
    meta = zip_parts(document_bytes)["meta.xml"].decode()
    assert ">Quarterly, 2014-Q2</dc:title>" in meta
    assert ">en-GB</dc:language>" in meta
    assert meta.count("2014-06-30T00:00:00Z") == 2


def test_the_headline_is_bold_and_a_table_after_a_list_has_space_above():
    headline = '<p class="wb-headline">It <em>fell</em> &amp; rose.</p><ul><li>One.</li></ul>'
    content = make_document(f"<main>{headline}{TILES}</main>")
    bold = descendants(load_document(content).body, "text:span")
    styles = zip_parts(content)["content.xml"].decode()
    assert "".join(span.inner_text for span in bold) == "It fell & rose."
    for bold_text in bold:
        start = styles.index(f'style:name="{bold_text.style}"')
        assert 'fo:font-weight="bold"' in styles[start : styles.index("</style:style>", start)]
    start = styles.index('style:name="Table1"')
    assert 'fo:margin-top="0.2cm"' in styles[start : styles.index("</style:style>", start)]


def test_the_skip_link_the_site_name_and_hidden_parts_are_left_out(document_body):
    text = " ".join(element_texts(document_body))
    assert "It fell." in text
    assert "Open Government Licence" in text
    assert not [word for word in ("Skip", "Policy Workbook", "hidden", "record") if word in text]


def test_tiles_become_a_table(document_body):
    [tiles, _] = descendants(document_body, "table:table")
    assert [element_texts(row) for row in descendants(tiles, "table:table-row")] == [
        ["Indicator", "Value", "Note"],
        ["People", "5 million", "Likely 4 to 6; As before"],
    ]


def test_a_table_repeats_its_headings_and_is_as_wide_as_the_text(document_bytes, document_body):
    styles = {
        style.get_attribute("style:name"): style
        for style in descendants(load_document(document_bytes).content.root, "style:style")
    }
    for table in descendants(document_body, "table:table"):
        assert len(descendants(table, "table:table-header-rows")) == 1
        [properties] = descendants(styles[table.style], "style:table-properties")
        assert properties.get_attribute("style:rel-width") == "100%"
        shares = [
            int(properties.get_attribute("style:rel-column-width").removesuffix("*"))
            for column in descendants(table, "table:table-column")
            for properties in descendants(
                styles[column.get_attribute("table:style-name")], "style:table-column-properties"
            )
        ]
        first_row = descendants(table, "table:table-row")[0]
        assert len(shares) == len(descendants(first_row, "table:table-cell"))
        assert sum(shares) == pytest.approx(65_535, rel=0.005)
    assert shares[0] < shares[1]


def test_the_longest_word_of_each_column_fits_and_long_texts_get_the_rest():
    rows = [["C01", "reproduced", "word " * 100], ["C02", "contradicted", "12,345,678.90"]]
    html = to_html_table(pd.DataFrame(rows, columns=["No.", "Finding", "Working"]), "Claims")
    [group] = to_print_html(html).select("colgroup")
    shares = [float(re.findall(r"[\d.]+", str(column["style"]))[0]) for column in group("col")]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    # a line has room for about 88 characters of the small type
    assert all(share > word * 100 / 88 for share, word in zip(shares, (3, 12, 13), strict=True))
    assert shares[2] > 50


def test_a_high_chart_is_made_smaller_so_that_the_page_does_not_cut_it_off():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 300"/>'
    page = to_print_html(f'<figure><div class="wb-plot">{drawing}</div></figure>')
    [image] = page.select("img")
    width, height = (float(str(image[side]).removesuffix("cm")) for side in ("width", "height"))
    assert (width, height) == (7, 21)


def test_rows_do_not_break_across_pages_except_headings(document_body):
    for table in descendants(document_body, "table:table"):
        head, *rows = [row.style for row in descendants(table, "table:table-row")]
        assert head is None
        assert set(rows) == {"Row"}


def test_a_chart_is_a_picture_in_proportion_with_a_text_alternative(document_bytes, document_body):
    [frame] = descendants(document_body, "draw:frame")
    width, height = (
        float(frame.get_attribute(f"svg:{side}").removesuffix("in")) for side in ("width", "height")
    )
    assert width * 2.54 == pytest.approx(17, abs=0.01)
    assert width / height == pytest.approx(2, rel=0.01)
    assert element_texts(frame, "svg:desc") == ['From 3 to "none" & falling.']
    [image] = descendants(frame, "draw:image")
    picture = zip_parts(document_bytes)[image.get_attribute("xlink:href")]
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1440, 720)


def test_each_picture_has_its_text_alternative():
    second_chart = CHART.replace("From 3", "From 4").replace("People go", "Others come")
    body = load_document(make_document(f"<main>{CHART}{second_chart}</main>")).body
    frames = descendants(body, "draw:frame")
    assert [element_texts(frame, "svg:desc")[0][:6] for frame in frames] == ["From 3", "From 4"]


def test_first_paragraphs_and_table_captions_stay_with_the_next_block(document_bytes):
    styles = zip_parts(document_bytes)["styles.xml"].decode()
    for name in ("First_20_paragraph", "TableCaption"):
        start = styles.index(f'style:name="{name}"')
        assert 'keep-with-next="always"' in styles[start : styles.index("</style:style>", start)]


def test_a_table_without_headings_and_a_page_with_one_sentence_are_converted():
    assert "alone" in element_texts(
        load_document(make_document("<table><tr><td>alone</td></tr></table>")).body
    )
    assert (
        element_texts(load_document(make_document("<p>One sentence.</p>")).body)[-1]
        == "One sentence."
    )


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "=1+1", "{{x}}", "$x^2$", "`a`"])
def test_hostile_texts_are_unchanged(hostile):
    escaped = hostile.replace("<", "&lt;")
    page = f"<main><h2>{escaped}</h2><p>{escaped}</p></main>"
    text = load_document(to_odt(page, hostile, "2014-Q2")).body
    assert [*element_texts(text), *element_texts(text, "text:h")] == [hostile] * 3


def test_no_other_host_or_local_file_is_read(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(zip_parts(make_document())["Pictures/0.png"])
    outside = "".join(
        f'<img src="{source}" alt="words"><iframe src="{source}"></iframe>'
        for source in ("http://127.0.0.1:9/a.png", secret, secret.as_uri())
    )
    content = make_document(
        f"<main><script src='http://127.0.0.1:9/a.js'></script>{outside}<p>a</p></main>"
    )
    assert not [name for name in zip_parts(content) if name.startswith("Pictures/")]
    assert b"127.0.0.1" not in b"".join(zip_parts(content).values())
    assert "words" in " ".join(element_texts(load_document(content).body))


def test_the_document_does_not_depend_on_the_time(document_bytes, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert make_document() == document_bytes


def test_an_error_of_pandoc_is_reported(monkeypatch):
    failed_run = subprocess.CompletedProcess([], 64, b"", b"pandoc: no memory ")
    monkeypatch.setattr(pandoc.subprocess, "run", lambda *_, **__: failed_run)
    with pytest.raises(ValueError, match=r"cannot convert the page: pandoc: no memory$"):
        make_document()


def test_an_incompatible_version_of_pandoc_is_reported(monkeypatch):
    monkeypatch.setitem(module.PANDOC_STYLE_CHANGES, "styles.xml", (("fo:never", ""),))
    with pytest.raises(ValueError, match=r"pandoc's styles\.xml does not contain fo:never"):
        make_document()
