"""Columns that the tables of commitments, progress measures and events share."""

import pandera.pandas as pa

from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import month_column, number_column, source_column, text_column

MEASURE_UNITS = ("count", "people", "share", "GBP", "months")


def subject_columns(subject: str) -> dict[str, pa.Column]:
    """Declare the columns that identify a row and say whose it is.

    Args:
        subject: What the table lists, such as ``commitment``.

    Returns:
        The columns by name.
    """
    return {
        "id": text_column(
            "Identifier",
            f"A short name for the {subject}. Rows with the same identifier are the same {subject}"
            " in different months.",
        ),
        "programme": text_column("Programme", f"Programme that the {subject} belongs to."),
        "department": text_column(
            "Department", "Department responsible; blank for all of government.", nullable=True
        ),
        "organisation": text_column(
            "Organisation", "Body that acts; blank for all of government.", nullable=True
        ),
    }


def amount_column(title: str, description: str, *, required: bool = True) -> pa.Column:
    """Declare a number in the row's unit, or blank."""
    return number_column(title, description, NOT_NEGATIVE_RULE, nullable=True, required=required)


def optional_text_column(title: str, description: str) -> pa.Column:
    """Declare a column of text that a table may leave out."""
    return text_column(title, description, nullable=True, required=False)


def optional_month_column(title: str, description: str) -> pa.Column:
    """Declare a column of months that a table may leave out."""
    return month_column(title, description, nullable=True, required=False, example="2014-06")


def reference_columns() -> dict[str, pa.Column]:
    """Declare the columns that link a value to indicators and to the facts that it rests on."""
    return {
        "indicator": optional_text_column(
            "Indicator", "Indicator of this workbook that the row gives, if any."
        ),
        "rests_on": optional_text_column(
            "Based on",
            "Identifiers of report facts, or the name of a derived value (exemplars.…).",
        ),
    }


def closing_columns() -> dict[str, pa.Column]:
    """Declare the columns that end each row: what else is reported, and the source."""
    return {
        "reported": optional_text_column("Also reported", "What else is reported, or is missing."),
        "source": source_column(),
    }
