"""Texts as strings of CSS."""

import re

_UNSAFE_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\\\"'<>&]")


def to_css_string(text: str) -> str:
    """Write a text as a string of CSS that can stand in a page's style element.

    Args:
        text: The text.

    Returns:
        The string in quotation marks. JSON would escape other characters, in a way that CSS
        does not read.
    """
    escaped = _UNSAFE_CHARACTERS.sub(lambda match: f"\\{ord(match[0]):x} ", text)
    return f'"{escaped}"'
