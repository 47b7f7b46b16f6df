"""Sentences as HTML: escaped, and with amounts below zero in one piece."""

from workbook.text.prose import to_prose_html


def test_a_line_cannot_end_between_a_minus_sign_and_its_amount():
    assert to_prose_html("From −£1.1 billion to £2 & more, not −5%.") == (
        'From <span class="wb-amount">−£1.1</span> billion to £2 &amp; more, not −5%.'
    )


def test_markup_in_a_text_stays_text():
    assert to_prose_html("−£5<b>") == '<span class="wb-amount">−£5&lt;b&gt;</span>'
