"""Texts without HTML stay as they are; tags and entities are removed from others."""

import pytest

from workbook.tables.plain_text import to_plain_text


@pytest.mark.parametrize(
    "text",
    ["Wood & coal", "R&D: 5 < 6 > 4", "Bids of <5 tonnes", "A&copy=1", "&unknown;", "a  b", "<3"],
)
def test_a_text_without_html_is_unchanged(text):
    assert to_plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>Wood</b> fires", "Wood fires"),
        ("Wood &amp; coal", "Wood & coal"),
        ("Wood&#13;\n&nbsp;fires", "Wood fires"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", ""),
        ("<<b>script>alert(1)", "alert(1)"),
        ("A<!-- note -->B", "AB"),
        ("&amp;amp;lt;b&amp;amp;gt;A", "A"),
        ("<img src=x onerror=alert(1)>", ""),
    ],
)
def test_html_is_removed(text, plain):
    assert to_plain_text(text) == plain
    assert to_plain_text(plain) == plain


def test_a_text_of_nested_entities_ends():
    assert "&" not in to_plain_text("&" + "amp;" * 100_000)
