"""Texts in a page's style element."""

import pytest

from workbook.serving.css_text import to_css_string


@pytest.mark.parametrize(
    ("text", "css"),
    [
        ("Users’ time – £1", '"Users’ time – £1"'),
        ('The "best" way', '"The \\22 best\\22  way"'),
        ("C:\\new\n", '"C:\\5c new\\a "'),
        ("</style>", '"\\3c /style\\3e "'),
    ],
)
def test_a_text_becomes_a_string_of_css(text, css):
    assert to_css_string(text) == css
