"""Values as text: how a number, a list and a table's name are written, in every place alike."""

import re
from collections.abc import Iterable
from typing import Annotated

import numpy as np
from pydantic import AfterValidator

Value = int | float | str

MOST_DIGITS = 18
"""Digits of a whole number, at most: no quantity needs more, and reading more can take long."""

SEPARATOR = ";"

NUMBER = re.compile(r"-?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
WHOLE = re.compile(rf"-?(0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})")


def listed(text: str) -> tuple[str, ...]:
    """The items of a list, which are separated by semicolons: no blank one, none twice."""
    items = (" ".join(item.split()) for item in text.split(SEPARATOR))
    return tuple(dict.fromkeys(item for item in items if item))


def joined(items: Iterable[str]) -> str:
    """Items as the text of a list."""
    return f"{SEPARATOR} ".join(items)


Names = Annotated[str, AfterValidator(lambda text: joined(listed(text)))]
"""A list of names as text, separated by semicolons; the same names are the same value."""


def as_text(value: Value) -> str:
    """A value as a link has it."""
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)
