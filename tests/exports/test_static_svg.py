"""Static SVG chart: one picture with a description and without external resources."""

from xml.etree import ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from workbook.charts.figure import make_figure
from workbook.exports.static_svg import to_static_svg

SVG = "{http://www.w3.org/2000/svg}"
ROWS = pd.DataFrame({"year": [2014, 2015, 2016], "people": [3.0, 2.0, 1.5]})


def example_chart(title="People fall", **marks):
    base = alt.Chart(ROWS).mark_line(**marks).encode(x="year:Q", y="people:Q")
    return make_figure(
        base, title=title, subtitle="Millions", description='From 3 to "1.5" & falling.'
    )


def draw_svg(*arguments, **options):
    return ET.fromstring(to_static_svg(*arguments, **options))


def svg_texts(picture):
    return [" ".join(text.itertext()) for text in picture.iter(f"{SVG}text")]


def test_the_picture_is_one_image_with_a_name_and_a_description():
    picture = draw_svg(example_chart())
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "People fall")
    assert picture.findtext(f"{SVG}title") == "People fall"
    assert picture.findtext(f"{SVG}desc") == 'From 3 to "1.5" & falling.'
    inside = [name for part in picture.iter() for name in part.attrib if part is not picture]
    assert not [name for name in inside if name.startswith("aria") or name == "role"]


def test_a_chart_without_a_title_is_named_by_its_description():
    assert draw_svg(example_chart(title=None)).get("aria-label") == 'From 3 to "1.5" & falling.'
    assert draw_svg(alt.Chart(ROWS).mark_point().encode(x="year:Q")).get("aria-label") == "Chart"


def test_the_picture_has_the_requested_width_including_axes_and_legend():
    assert draw_svg(example_chart()).get("width") == "720"
    assert draw_svg(example_chart(), width=480).get("width") == "480"


def test_a_long_title_is_wrapped_and_not_cut():
    title = "Chance of reaching the target passes 50% at about 720,000 people a year"
    assert title in svg_texts(draw_svg(example_chart(title)))
    narrow = draw_svg(example_chart(title), width=360)
    lines = [tspan.text for tspan in narrow.iter(f"{SVG}tspan")]
    assert (len(lines), " ".join(lines)) == (2, title)
    assert narrow.get("aria-label") == title


def test_the_picture_can_leave_out_its_title():
    picture = draw_svg(example_chart(), titled=False)
    assert "People fall" not in svg_texts(picture)
    assert picture.get("aria-label") == "People fall"


def test_a_chart_and_its_specification_give_the_same_svg():
    assert (
        to_static_svg(example_chart())
        == to_static_svg(example_chart())
        == to_static_svg(example_chart().to_dict())
    )


def test_a_title_cannot_become_markup():
    title = '</title><script>alert("1")</script>'
    picture = draw_svg(example_chart(title))
    assert picture.get("aria-label") == title
    assert picture.find(f".//{SVG}script") is None


def test_views_side_by_side_keep_their_widths():
    views = alt.hconcat(*[alt.Chart(ROWS, width=100).mark_point().encode(x="year:Q")] * 2)
    assert 200 < int(draw_svg(views).get("width")) < 300


@pytest.mark.parametrize("source", ["https://example.org/a.csv", "data/inclusion_observed.csv"])
def test_external_data_are_rejected(source):
    with pytest.raises(ValueError, match="External data url not allowed"):
        to_static_svg(alt.Chart(source).mark_point().encode(x="year:Q"))


@pytest.mark.parametrize("channel", ["url", "href"])
def test_an_external_picture_or_link_is_rejected(channel):
    base = alt.Chart(pd.DataFrame({"at": ["https://example.org/a.png"]}))
    marks = {"url": base.mark_image(), "href": base.mark_point()}
    with pytest.raises(ValueError, match="must be self-contained"):
        to_static_svg(marks[channel].encode(**{channel: "at:N"}))
