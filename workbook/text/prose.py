"""Sentences as HTML, in which an amount below zero stays in one piece."""

import re
from html import escape

_NEGATIVE_AMOUNT = re.compile(r"−£[^\s<]+")


def to_prose_html(text: str) -> str:
    """Escape a text for HTML. A line never ends between a minus sign and its amount.

    A browser may break a line there, and the amount at the start of the next would look positive.

    Args:
        text: The text.

    Returns:
        The text as HTML.
    """
    return _NEGATIVE_AMOUNT.sub(r'<span class="wb-amount">\g<0></span>', escape(text))
