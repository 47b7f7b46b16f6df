"""An executed notebook as a page without code or external resources."""

import re

import nbformat
import pytest

from tests.snapshots.example_topic import draw_path, snapshot_job, topic
from workbook.outcome import OUTCOME_MEDIA_TYPE
from workbook.snapshots.report import render_report

WIDGET = "application/vnd.jupyter.widget-view+json"
TABLE = '<table class="wb-table"><caption>By <b>year</b></caption><tr><td>1</td></tr></table>'
PIXEL = "iVBORw0KGgo="


def display_cell(**data):
    """A cell with this output, by media type."""
    output = nbformat.v4.new_output("display_data", data=data)
    return nbformat.v4.new_code_cell("secret = 'code'", execution_count=1, outputs=[output])


def stream_cell(name, text):
    output = nbformat.v4.new_output("stream", name=name, text=text)
    return nbformat.v4.new_code_cell("print()", execution_count=1, outputs=[output])


def markdown_cell(text):
    return nbformat.v4.new_markdown_cell(text)


@pytest.fixture
def report_page(tmp_path):
    """Function that makes the page of a notebook with these cells."""
    run = snapshot_job(tmp_path).runs[0]

    def make_page(*cells):
        return render_report(nbformat.v4.new_notebook(cells=list(cells)), run)

    return make_page


def test_the_page_has_a_language_a_title_landmarks_and_a_skip_link(report_page):
    html = report_page(markdown_cell("# Small"))
    assert re.search(r'<html lang="en[^"]*">', html)
    assert "<title>Small, 2014-Q2 – Policy Workbook</title>" in html
    assert '<a class="skip-link" href="#main">' in html
    for landmark in ("<header", '<main id="main"', "<footer"):
        assert html.count(landmark) == 1


@pytest.mark.parametrize(
    ("cells", "headings"),
    [
        (["# One", "## Two"], [("1", "One"), ("2", "Two")]),
        (["Without"], [("1", "Small")]),
        (["# One", "# Another"], [("1", "One"), ("2", "Another")]),
    ],
    ids=["one", "none", "two"],
)
def test_there_is_one_level_1_heading(report_page, cells, headings):
    html = report_page(*map(markdown_cell, cells))
    assert re.findall(r"<h(\d)[^>]*>([^<]*)</h\1>", html) == headings


def test_prose_is_shown_and_code_is_not(report_page):
    html = report_page(markdown_cell("Some **prose**."), display_cell(**{"text/plain": "42"}))
    assert "<strong>prose</strong>" in html
    assert "<pre>42</pre>" in html
    assert "secret" not in html


def test_a_widget_is_shown_in_its_static_form(report_page):
    html = report_page(
        display_cell(**{WIDGET: {"model_id": "a"}, "text/html": "<p>Still.</p>", "text/plain": "W"})
    )
    assert "<p>Still.</p>" in html
    assert "model_id" not in html


def test_the_page_has_no_script_or_external_resource(report_page):
    html = report_page(
        display_cell(**{"text/html": '<p>Here</p><SCRIPT src="//x.org/a.js"></SCRIPT>'})
    )
    assert "<p>Here</p>" in html
    assert "script" not in html.lower().replace("description", "")
    assert "default-src 'none'" in html
    assert not re.search(r"""(src|href)=["'](https?:)?//""", html)


def test_a_displayed_chart_becomes_a_picture(report_page):
    chart = draw_path(topic.run()).to_dict()
    html = report_page(
        display_cell(**{"application/vnd.vegalite.v6+json": chart, "text/plain": "<Chart>"})
    )
    assert re.search(r'<figure><svg aria-label="People go"|<figure><svg role="img"', html)


def test_pictures_are_embedded_in_the_page(report_page):
    html = report_page(
        display_cell(**{"image/png": PIXEL, "text/plain": "<Figure>"}),
        display_cell(**{"image/svg+xml": "<svg/>"}),
    )
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="&lt;Figure&gt;">' in html
    assert "<figure><svg/></figure>" in html


def test_an_image_without_a_description_says_so(report_page):
    image = f'src="data:image/png;base64,{PIXEL}"'
    html = report_page(
        display_cell(**{"text/html": f"<img {image}>"}),
        display_cell(**{"text/html": f'<img {image} alt="">'}),
        markdown_cell(f'<IMG width="9"\n {image}/>'),
    )
    described = '<img alt="No description has been provided for this image"'
    drawn = '<img src="data:image/svg+xml;utf8,<svg></svg>" alt="A map">'
    assert drawn in report_page(display_cell(**{"text/html": drawn}))
    assert html.count(described) == 2
    assert f'{described} width="9"' in html
    assert f'<img {image} alt="">' in html


def test_printed_output_is_shown_and_warnings_are_not(report_page):
    html = report_page(stream_cell("stdout", "1 < 2"), stream_cell("stderr", "DeprecationWarning"))
    assert "<pre>1 &lt; 2</pre>" in html
    assert "DeprecationWarning" not in html


def test_the_outcome_has_a_heading(report_page):
    html = report_page(
        markdown_cell("# Small"), display_cell(**{OUTCOME_MEDIA_TYPE: {}, "text/html": TABLE})
    )
    assert html.index("The figures</h2>") < html.index("<table")


def test_a_wide_table_or_chart_can_be_scrolled_with_the_keyboard(report_page):
    plot = '<div class="wb-plot"><svg role="img" aria-label="People go"></svg></div>'
    boxed = f'<div class="wb-scroll">{TABLE}</div>'
    html = report_page(
        display_cell(**{"text/html": TABLE}), display_cell(**{"text/html": plot + boxed})
    )
    boxes = re.findall(r"<div[^>]*tabindex[^>]*>", html)
    names = [re.search(r'aria-label="([^"]*)"', box)[1] for box in boxes]
    assert names == ["By year", "People go", "By year"]
    assert html.count("<div") == html.count("</div>")
