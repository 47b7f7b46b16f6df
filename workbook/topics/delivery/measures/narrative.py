"""Sentence on how many progress measures there are, and how many have a value."""

from collections.abc import Iterator

import pandas as pd

from workbook.text.grammar import choose_form, format_count


def measures_note(measures: pd.DataFrame) -> Iterator[str]:
    """Note how many figures are followed that have no target.

    Args:
        measures: The latest value of each measure.

    Yields:
        One note, if there are any.
    """
    if count := len(measures):
        subject = format_count(count, "progress measure", "progress measures")
        has, they_have = (
            choose_form(count, "has", "have"),
            choose_form(count, "it has", "they have"),
        )
        yield f"{subject} {has} no target, so {they_have} no status."


def count_note(measures: pd.DataFrame) -> str:
    """Say how many measures have a value.

    Args:
        measures: The latest value of each measure.

    Returns:
        Such as ``42 with a value``.
    """
    return f"{int(measures['value'].notna().sum())} with a known value"
