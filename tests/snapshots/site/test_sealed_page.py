"""The site reads each topic's texts from the page of a real snapshot."""

import pytest

from tests.snapshots.example_topic import snapshot_job, topic
from workbook.snapshots.site.sealed_page import TopicText, read_topic_texts, readable_name
from workbook.snapshots.snapshot import make_snapshot


@pytest.mark.slow
def test_the_page_of_a_snapshot_has_the_texts_of_its_topics(tmp_path):
    folder = make_snapshot(snapshot_job(tmp_path, people=7))
    texts = read_topic_texts(folder / "index.html")
    assert texts == {"small": TopicText(topic.title, topic.question, "7 people.")}


def test_texts_are_without_markup_and_none_is_taken_from_another_topic(tmp_path):
    page = tmp_path / "index.html"
    page.write_text(
        '<section aria-labelledby="a"><h2 id="a">A</h2></section>'
        '<section aria-labelledby="b"><h2 id="b">B</h2>'
        '<p class="wb-headline">Less <b>&lt; 5</b>.</p></section>',
        encoding="utf-8",
    )
    texts = read_topic_texts(page)
    assert texts == {"a": TopicText("A"), "b": TopicText("B", "", "Less < 5.")}


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"<h1>By hand</h1>"])
def test_a_page_that_is_missing_or_damaged_has_no_texts(tmp_path, content):
    page = tmp_path / "index.html"
    if content is not None:
        page.write_bytes(content)
    assert read_topic_texts(page) == {}


def test_a_topic_without_a_title_has_its_name_in_words():
    assert readable_name("take_up") == "Take up"
