"""What fits on a slide: pages of texts and rows, and the size of type."""

import re

from workbook.exports.slide_layout import (
    LIST_LINE_LENGTH,
    LIST_LINES,
    TABLE_LINES,
    fit_type,
    split_rows,
    split_texts,
)


def test_short_texts_share_a_slide_and_none_is_lost():
    texts = [f"Note {number}." for number in range(40)]
    pages = split_texts(texts)
    assert [text for page in pages for text in page] == texts
    assert max(map(len, pages)) <= LIST_LINES
    assert len(pages[0]) > LIST_LINES / 2


def test_a_text_that_fills_a_slide_has_one_of_its_own():
    long_text = "x" * LIST_LINE_LENGTH * LIST_LINES
    assert split_texts(["a", long_text, "b"]) == [["a"], [long_text], ["b"]]
    assert split_texts([]) == []


def test_rows_are_as_high_as_their_highest_cell():
    low, high = ("label", "1"), ("label " * 30, "1")
    assert len(split_rows([low] * 8, (0.5, 0.5))) == 1
    pages = split_rows([high] * 8, (0.5, 0.5))
    assert len(pages) > 2
    assert max(map(len, pages)) < TABLE_LINES / 3


def shape(place, text):
    return (
        f'<p:sp><p:nvPr><p:ph {place}/></p:nvPr><a:r><a:rPr b="1"/><a:t>{text}</a:t></a:r></p:sp>'
    )


def test_a_long_title_has_smaller_type_than_a_short_one():
    short, long = (
        int(re.findall(r'sz="(\d+)"', fit_type(shape('type="title"', "x" * length)))[0])
        for length in (40, 200)
    )
    assert short == 2_400
    assert long < 1_600


def test_each_run_has_one_size():
    slide = shape('idx="1"', "text") + "<p:graphicFrame><a:rPr /><a:t>1</a:t></p:graphicFrame>"
    assert fit_type(slide).count(' sz="1400"') == 2
    assert fit_type(fit_type(slide)) == fit_type(slide)
