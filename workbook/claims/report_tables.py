"""The two tables of a report: the figures that it prints, and what it claims with them."""

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa

from workbook.claims import formula
from workbook.tables import MONTH_RULE, NOT_NEGATIVE_RULE, TableSchema
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel

_FIGURE_UNITS = ["people", "share", "points", "GBP", "count", "months", "years", "days", "level"]
EXACTLY, ABOUT, OVER, FEWER = "exactly", "about", "over", "fewer than"
WORDINGS = [EXACTLY, ABOUT, OVER, FEWER]
_QUALIFIER_TEXTS = [ABOUT, OVER, FEWER, "target", "plan"]

_FACT_ID_CHECK = pa.Check.str_matches(
    "^F[0-9]{2,}[a-z]?$", error="must be an identifier such as F26a"
)
_CLAIM_ID_CHECK = pa.Check.str_matches("^C[0-9]{2,}$", error="must be an identifier such as C05")
_UNIT_CHECK = pa.Check.isin(_FIGURE_UNITS, error=f"must be one of {', '.join(_FIGURE_UNITS)}")
_WORDING_CHECK = pa.Check.isin(WORDINGS, error=f"must be one of {', '.join(WORDINGS)}")
_QUALIFIER_CHECK = pa.Check.isin(
    _QUALIFIER_TEXTS, error=f"must be one of {', '.join(_QUALIFIER_TEXTS)}, or blank"
)


def _text_column(
    title: str, description: str, *checks: pa.Check, nullable: bool = False
) -> pa.Column:
    return pa.Column(str, list(checks), nullable=nullable, title=title, description=description)


def _number_column(title: str, description: str, *checks: pa.Check) -> pa.Column:
    return pa.Column(float, list(checks), title=title, description=description)


_SECTION_COLUMN = _text_column("Section", "Heading of the report under which it is printed.")
_UNIT_COLUMN = _text_column(
    "Unit", "What the value counts; shares and points are fractions of 1.", _UNIT_CHECK
)
_SOURCE_COLUMN = _text_column("Source", "Publication.")


def check_formulas(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Find invalid formulas, and claims with neither a formula nor a missing figure.

    They are warnings: such a claim is not checkable, and the other claims are checked.

    Args:
        frame: The table of claims, perhaps with columns missing.

    Yields:
        A finding for the column ``formula``.
    """
    if not {"formula", "missing"} <= set(frame):
        return
    messages = {
        position: "is blank: give a formula, or say in the column missing which figure is missing"
        if pd.isna(formula_text)
        else _formula_error(str(formula_text))
        for position, (formula_text, missing) in enumerate(
            zip(frame["formula"], frame["missing"], strict=True)
        )
        if not pd.isna(formula_text) or pd.isna(missing)
    }
    yield CellFinding(
        "formula",
        [position for position, message in messages.items() if message],
        messages.__getitem__,
    )


def _formula_error(formula_text: str) -> str:
    """Say why a formula is invalid; empty where it is valid."""
    try:
        formula.validate_formula(formula_text)
    except formula.FormulaError as error:
        return str(error)
    return ""


def define_facts_table(name: str, title: str, report_title: str) -> TableSchema:
    """Define the table of the figures that a report prints.

    Args:
        name: The name of the table, and of its file.
        title: What the table holds.
        report_title: The title of the publication, which is the table's source.

    Returns:
        The schema: one row for each printed value, identified by ``id``.
    """
    return TableSchema(
        name=name,
        title=title,
        period="period",
        sources=(report_title,),
        schema=pa.DataFrameSchema(
            {
                "id": _text_column("Identifier", "By which formulas name it.", _FACT_ID_CHECK),
                "section": _SECTION_COLUMN,
                "measure": _text_column("Measure", "What the figure is of."),
                "value": _number_column("Value", "As printed, in its unit."),
                "unit": _UNIT_COLUMN,
                "period_printed": _text_column("Period as printed", "When or by when."),
                "period": _text_column(
                    "Period", "Month in which it had ended or was stated.", MONTH_RULE
                ),
                "qualifier": _text_column(
                    "Qualifier", "How it is printed.", _QUALIFIER_CHECK, nullable=True
                ),
                "source": _SOURCE_COLUMN,
            },
            unique=["id"],
        ),
    )


def define_claims_table(name: str, title: str, report_title: str) -> TableSchema:
    """Define the table of what a report claims in figures, and how to check it.

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
        sources=(report_title,),
        warning_checks=(check_formulas,),
        schema=pa.DataFrameSchema(
            {
                "id": _text_column("Identifier", "Of the claim.", _CLAIM_ID_CHECK),
                "section": _SECTION_COLUMN,
                "claim": _text_column("Claim", "What the report says, in our words."),
                "printed_as": _text_column("As printed", "The figure with its words."),
                "printed": _number_column("Printed", "The figure as a number in its unit."),
                "unit": _UNIT_COLUMN,
                "wording": _text_column(
                    "Wording", "Whether it is a bound, and how close.", _WORDING_CHECK
                ),
                "precision": _number_column(
                    "Precision",
                    "Place of the last digit printed, in the unit: 0.01 for a whole percentage, "
                    "0.05 for a fraction in words.",
                    NOT_NEGATIVE_RULE,
                ),
                "formula": _text_column(
                    "Formula", "What it should come to, from facts and tables.", nullable=True
                ),
                "missing": _text_column(
                    "Missing", "The figure that checking would need.", nullable=True
                ),
                "period": _text_column(
                    "Period", "Last month of the quarter reported on.", MONTH_RULE
                ),
                "source": _SOURCE_COLUMN,
            },
            unique=["id"],
        ),
    )
