"""Tables of a still document."""

from xml.etree import ElementTree as ET

import pandas as pd

from workbook.html_tables import to_html_table


def parse_table(frame, caption="Caption"):
    return ET.fromstring(to_html_table(frame, caption))


def test_it_has_a_caption_and_headers_for_columns_and_rows():
    result = parse_table(
        pd.DataFrame({"Year": [2014, 2015], "People": [1.5, 2.0]}), "People by year"
    )
    assert result.findtext("caption") == "People by year"
    assert [th.text for th in result.findall("thead/tr/th[@scope='col']")] == ["Year", "People"]
    assert [th.text for th in result.findall("tbody/tr/th[@scope='row']")] == ["2014", "2015"]


def test_numbers_stand_to_the_right_and_thousands_are_separated():
    result = parse_table(
        pd.DataFrame({"Year": [2014], "People": [5_444_000.0], "Note": ["a note"]})
    )
    people, note = result.findall("tbody/tr/td")
    assert (people.text, people.get("class")) == ("5,444,000", "wb-number")
    assert (note.text, note.get("class")) == ("a note", None)


def test_a_date_is_not_broken_at_its_hyphens():
    result = parse_table(pd.DataFrame({"Name": ["review"], "Due": ["2015-07-24"]}))
    assert [td.get("class") for td in result.findall("tbody/tr/td")] == ["wb-nowrap"]


def test_what_is_missing_is_blank():
    missing = pd.DataFrame({"a": ["x", "y"], "b": [None, float("nan")], "c": [pd.NA, pd.NA]})
    assert [td.text for td in parse_table(missing).findall("tbody/tr/td")] == [None] * 4


def test_text_cannot_become_markup():
    mean = '<script>alert("1")</script> & more'
    result = parse_table(pd.DataFrame({mean: [mean], "b": [mean]}), mean)
    texts = ["caption", "thead/tr/th", "tbody/tr/th", "tbody/tr/td"]
    assert [result.findtext(path) for path in texts] == [mean] * 4
    assert result.find(".//script") is None
