"""Define the two tables of a report: the figures that it prints, and its claims."""

from collections.abc import Callable, Iterator

import pandas as pd
import pandera.pandas as pa

from workbook.claims import formula
from workbook.claims.notes import note_formulas
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import (
    choice_column,
    month_column,
    number_column,
    source_column,
    text_column,
)
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel

_FIGURE_UNITS = ["people", "share", "points", "GBP", "count", "months", "years", "days", "level"]
EXACTLY, ABOUT, OVER, FEWER = "exactly", "about", "over", "fewer than"
WORDINGS = [EXACTLY, ABOUT, OVER, FEWER]
SINGLE_FIGURE, PLAN, REVISED_DATA, RANGE, SHARE_OF_COUNT, OPEN_DEFINITION = (
    "figure",
    "plan",
    "revised data",
    "range",
    "share of a count",
    "open definition",
)
CHECKS = [SINGLE_FIGURE, PLAN, REVISED_DATA, RANGE, SHARE_OF_COUNT, OPEN_DEFINITION]
"""How a claim is checked.

``figure``: the formula gives the published figure. ``plan``: the formula gives the outcome, once it
is due. ``revised data``: the two formulas give the figure by data of two dates, between which the
report was written. ``range``: they give its lowest and its highest value. ``share of a count``: the
formula gives the whole number that the published share is of. ``open definition``: the formula
gives the figure by one reading of what the report leaves undefined.
"""

_QUALIFIER_TEXTS = [ABOUT, OVER, FEWER, "target", "plan"]

_FACT_ID_CHECK = pa.Check.str_matches(
    "^F[0-9]{2,}[a-z]?$", error="must be an identifier such as F26a"
)
_CLAIM_ID_CHECK = pa.Check.str_matches("^C[0-9]{2,}$", error="must be an identifier such as C05")
_SECTION_COLUMN = text_column("Section", "Heading in the report.")
_UNIT_COLUMN = choice_column(
    "Unit", "Unit of the value. Shares and points are fractions of 1.", _FIGURE_UNITS
)
_CHECK_COLUMNS = {
    "check": choice_column(
        "Check",
        "How the figure is checked: by a formula, as a plan, by data of two dates, by a"
        " range, as a share of a whole number, or by one reading of an open definition.",
        CHECKS,
    ),
    "formula": text_column(
        "Formula", "How to recompute the figure from facts and tables.", nullable=True
    ),
    "other_formula": text_column(
        "Other formula",
        "The figure by data of a later date, or its highest value.",
        nullable=True,
    ),
    "due": month_column("Due", "Month by whose end a plan was to be carried out.", nullable=True),
    "missing": text_column(
        "Missing",
        "What the check needs and the tables do not hold, or what the report leaves undefined.",
        nullable=True,
    ),
    "note": text_column(
        "Note", "What limits the finding, with formulas in {braces}.", nullable=True
    ),
    "early_note": text_column(
        "Early note",
        "The note for a quarter in which a figure of the note is not known yet.",
        nullable=True,
        required=False,
    ),
    "conflict": text_column(
        "Conflict",
        "What else the report or its strategy says that the figure does not agree with, where no"
        " data can settle it. Formulas stand in {braces}.",
        nullable=True,
        required=False,
    ),
}
"""How each claim is checked."""


def check_formulas(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Find invalid formulas, and claims with neither a formula nor a missing figure.

    These are warnings: the claim is not checkable, and other claims are still checked.

    Args:
        frame: The table of claims, perhaps with columns missing.

    Yields:
        A finding for each of the columns with formulas.
    """
    if {"formula", "missing"} <= set(frame):
        yield _formula_finding(frame)
    for column, find_error in (
        ("other_formula", _formula_error),
        ("note", _note_error),
        ("early_note", _note_error),
        ("conflict", _note_error),
    ):
        if column in frame:
            yield _text_finding(frame, column, find_error)


def _text_finding(
    frame: pd.DataFrame, column: str, find_error: Callable[[str], str]
) -> CellFinding:
    messages = {
        position: find_error(str(text))
        for position, text in enumerate(frame[column])
        if not pd.isna(text)
    }
    faulty = [position for position, message in messages.items() if message]
    return CellFinding(column, faulty, messages.__getitem__)


def _formula_finding(frame: pd.DataFrame) -> CellFinding:
    messages = {
        position: 'is blank: give a formula, or name the missing figure in column "missing"'
        if pd.isna(formula_text)
        else _formula_error(str(formula_text))
        for position, (formula_text, missing) in enumerate(
            zip(frame["formula"], frame["missing"], strict=True)
        )
        if not pd.isna(formula_text) or pd.isna(missing)
    }
    return CellFinding(
        "formula",
        [position for position, message in messages.items() if message],
        messages.__getitem__,
    )


def _formula_error(formula_text: str) -> str:
    """Describe what is wrong with a formula; empty if it is valid."""
    try:
        formula.validate_formula(formula_text)
    except formula.FormulaError as error:
        return str(error)
    return ""


def _note_error(note: str) -> str:
    """Describe what is wrong with the first invalid formula of a note; empty if all are valid."""
    return next(filter(None, map(_formula_error, note_formulas(note))), "")


def define_facts_table(name: str, title: str, report_title: str, *other_titles: str) -> TableSchema:
    """Define the table of the figures that a report prints.

    Args:
        name: The name of the table, and of its file.
        title: What the table holds.
        report_title: The title of the publication, which is the table's source.
        *other_titles: Other publications whose figures its claims rest on.

    Returns:
        The schema: one row for each printed value, identified by ``id``.
    """
    return TableSchema(
        name=name,
        title=title,
        period="period",
        licence=OPEN_GOVERNMENT_LICENCE,
        sources=(report_title, *other_titles),
        schema=pa.DataFrameSchema(
            {
                "id": text_column("Identifier", "Name of the figure in formulas.", _FACT_ID_CHECK),
                "section": _SECTION_COLUMN,
                "measure": text_column("Measure", "What the figure measures."),
                "value": number_column("Value", "Published figure in its unit."),
                "unit": _UNIT_COLUMN,
                "period_printed": text_column(
                    "Period as printed", "Period as the report words it."
                ),
                "period": month_column(
                    "Period",
                    "Month in which the period had ended or the figure was stated.",
                    blank_reason="give the month in which the figure was stated: without a date no"
                    " claim can rest on it",
                ),
                "qualifier": choice_column(
                    "Qualifier", "Word that qualifies the figure.", _QUALIFIER_TEXTS, nullable=True
                ),
                "source": source_column(
                    "Publication. A figure of another one than the report is data from outside it."
                ),
            },
            unique=["id"],
        ),
    )


def define_claims_table(name: str, title: str, report_title: str) -> TableSchema:
    """Define the table of a report's claims in figures, and of how to check them.

    Args:
        name: The name of the table, and of its file.
        title: What the table holds.
        report_title: The title of the publication, which is the table's source.

    Returns:
        The schema: one row for each claim, identified by ``id``.
    """
    return TableSchema(
        name=name,
        title=title,
        period="period",
        licence=OPEN_GOVERNMENT_LICENCE,
        sources=(report_title,),
        warning_checks=(check_formulas,),
        schema=pa.DataFrameSchema(
            {
                "id": text_column("Identifier", "Identifier of the claim.", _CLAIM_ID_CHECK),
                "section": _SECTION_COLUMN,
                "claim": text_column("Claim", "What the report says, in our words."),
                "printed_as": text_column("As printed", "The figure as the report words it."),
                "printed": number_column("Published figure", "The figure as a number in its unit."),
                "unit": _UNIT_COLUMN,
                "wording": choice_column(
                    "Wording", "Whether the figure is exact, rounded or a bound.", WORDINGS
                ),
                "precision": number_column(
                    "Precision",
                    "Place value of the last printed digit, in the unit: 0.01 for a whole "
                    "percentage, 0.05 for a fraction in words.",
                    NOT_NEGATIVE_RULE,
                ),
                **_CHECK_COLUMNS,
                "period": month_column("Period", "Last month of the report's quarter."),
                "source": source_column(),
            },
            unique=["id"],
        ),
    )
