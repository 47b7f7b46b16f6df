"""Text of values in links, files and commands: numbers, and lists with semicolons."""

import re
from collections.abc import Iterable
from typing import Annotated

import numpy as np
from pydantic import AfterValidator

from workbook.text.quoting import MAXIMUM_DIGITS

ParameterValue = int | float | str

LIST_SEPARATOR = ";"

DECIMAL_PATTERN = re.compile(r"-?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
WHOLE_NUMBER_PATTERN = re.compile(rf"-?(0|[1-9][0-9]{{0,{MAXIMUM_DIGITS - 1}}})")


def split_list(text: str) -> tuple[str, ...]:
    """Split a list at its semicolons.

    Args:
        text: The list.

    Returns:
        Items without blanks and repetitions, in order.

    Example:
        >>> split_list("Passports; Car tax;;Passports")
        ('Passports', 'Car tax')
    """
    items = (" ".join(item.split()) for item in text.split(LIST_SEPARATOR))
    return tuple(dict.fromkeys(item for item in items if item))


def join_list(items: Iterable[str]) -> str:
    """Write items as a list with semicolons."""
    return f"{LIST_SEPARATOR} ".join(items)


NameList = Annotated[str, AfterValidator(lambda text: join_list(split_list(text)))]
"""A list of names as text, separated by semicolons; the same names are the same value."""


def value_to_text(value: ParameterValue) -> str:
    """Write a value for a link."""
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)
