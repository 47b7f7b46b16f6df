"""Columns of a table, each declared in one call: its type, title, meaning and rules."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

import pandera.pandas as pa

from workbook.tables.column_rules import (
    DAY_RULE,
    FINANCIAL_YEAR_RULE,
    FRACTION_RULE,
    MONTH_RULE,
    NOT_NEGATIVE_RULE,
    PERIOD_RULE,
    YEAR_RULE,
)
from workbook.text.suggestions import describe_choices

BLANK_REASON_KEY = "blank"
"""Key in a column's metadata: why no cell of it may be blank."""

EXAMPLE_KEY = "example"
"""Key in a column's metadata: a value for the template."""


class ColumnOptions(TypedDict, total=False):
    """What any column can be declared with.

    Attributes:
        nullable: Whether cells may be blank.
        required: Whether the table must have the column; it must unless this is False.
        coded: Whether a frame holds each text once (``category``): for columns of few texts.
        example: A value for the template, where none can be derived from the rules.
        blank_reason: Why no cell may be blank, for the error on one that is.
    """

    nullable: bool
    required: bool
    coded: bool
    example: str
    blank_reason: str


def text_column(
    title: str, description: str, *rules: pa.Check, **options: Unpack[ColumnOptions]
) -> pa.Column:
    """Declare a column of text.

    Args:
        title: Its title, as people read it.
        description: What a cell says, in a sentence.
        *rules: What each cell must be; ``tables.column_rules`` has the usual ones.
        **options: See ``ColumnOptions``.

    Returns:
        The column for a table's schema.
    """
    data_type = "category" if options.get("coded") else str
    return _build_column(data_type, title, description, rules, options)


def choice_column(
    title: str, description: str, choices: Sequence[str], **options: Unpack[ColumnOptions]
) -> pa.Column:
    """Declare a column of text that is one of a few. See ``text_column``."""
    blank = ", or blank" if options.get("nullable") else ""
    rule = pa.Check.isin([*choices], error=f"must be {describe_choices(choices)}{blank}")
    return text_column(title, description, rule, **options)


def period_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of years, months, quarters or days, as ISO text. See ``text_column``."""
    return text_column(title, description, PERIOD_RULE, **options)


def month_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of months such as ``2014-06``. See ``text_column``."""
    return text_column(title, description, MONTH_RULE, **options)


def day_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of days such as ``2014-06-30``. See ``text_column``."""
    return text_column(title, description, DAY_RULE, **options)


def year_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of calendar years such as ``2014``. See ``text_column``."""
    return text_column(title, description, YEAR_RULE, **options)


def financial_year_column(
    title: str, description: str, **options: Unpack[ColumnOptions]
) -> pa.Column:
    """Declare a column of financial years such as ``2014-15``. See ``text_column``."""
    return text_column(title, description, FINANCIAL_YEAR_RULE, **options)


def source_column(description: str = "Publication.", **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare the column that names where a row's figures come from. See ``text_column``."""
    return text_column("Source", description, **options)


def integer_column(
    title: str, description: str, *rules: pa.Check, **options: Unpack[ColumnOptions]
) -> pa.Column:
    """Declare a column of whole numbers. See ``text_column``."""
    return _build_column("Int64", title, description, rules, options)


def count_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of counts: whole numbers of 0 or more. See ``text_column``."""
    return integer_column(title, description, NOT_NEGATIVE_RULE, **options)


def number_column(
    title: str, description: str, *rules: pa.Check, **options: Unpack[ColumnOptions]
) -> pa.Column:
    """Declare a column of numbers, in whatever unit its description says. See ``text_column``."""
    return _build_column(float, title, description, rules, options)


def share_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of shares: fractions from 0 to 1. See ``text_column``."""
    return number_column(title, description, FRACTION_RULE, **options)


def money_column(title: str, description: str, **options: Unpack[ColumnOptions]) -> pa.Column:
    """Declare a column of pounds, of 0 or more. See ``text_column``."""
    return number_column(title, description, NOT_NEGATIVE_RULE, **options)


def signed_money_column(
    title: str, description: str, **options: Unpack[ColumnOptions]
) -> pa.Column:
    """Declare a column of pounds that may be below 0. See ``text_column``."""
    return number_column(title, description, **options)


def _build_column(
    data_type: type | str,
    title: str,
    description: str,
    rules: tuple[pa.Check, ...],
    options: ColumnOptions,
) -> pa.Column:
    texts = {EXAMPLE_KEY: options.get("example"), BLANK_REASON_KEY: options.get("blank_reason")}
    return pa.Column(
        data_type,
        [*rules],
        nullable=options.get("nullable", False),
        required=options.get("required", True),
        title=title,
        description=description,
        metadata={key: text for key, text in texts.items() if text},
    )
