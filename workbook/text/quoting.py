"""Quote values and texts in messages."""

LONGEST_QUOTED_TEXT = 60
"""Characters of a text that a message quotes, at most."""

MAXIMUM_DIGITS = 18
"""Digits of a whole number, at most. Longer numbers are slow to parse and never needed."""

_GROUPING_THRESHOLD = 10_000
"""Numbers from here on have thousands separators. A smaller one may be a year."""


def shorten_text(text: str) -> str:
    """Shorten a long text for a message, with an ellipsis at its end."""
    return text if len(text) <= LONGEST_QUOTED_TEXT else f"{text[: LONGEST_QUOTED_TEXT - 1]}…"


def visible_text(text: str) -> str:
    """Shorten a text for a message, with invisible characters as escapes."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in shorten_text(text)
    )


def quote_text(text: str) -> str:
    """Quote a text in double quotes: shortened, with invisible characters as escapes."""
    return f'"{visible_text(text)}"'


def quote_value(value: object) -> str:
    """Quote an invalid value.

    Args:
        value: What was written, of any type.

    Returns:
        Text in quotation marks; a number with its type visible (``3.0`` is no whole number);
        ``blank`` for an empty text; the type of a value that takes several lines. A long value is
        shortened.
    """
    if isinstance(value, str) and not value:
        return "blank"
    if isinstance(value, int) and abs(value) >= 10**MAXIMUM_DIGITS:
        return f"a number of more than {MAXIMUM_DIGITS} digits"
    is_grouped = isinstance(value, float) or (
        isinstance(value, int) and abs(value) >= _GROUPING_THRESHOLD
    )
    if isinstance(value, str):
        return quote_text(value)
    written = f"{value:,}" if is_grouped else repr(value)
    if "\n" in written:
        return f"a {type(value).__name__}"
    return shorten_text(written)
