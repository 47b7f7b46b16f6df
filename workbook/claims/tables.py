"""The tables of claims: the facts that a report prints, and what it says with them."""

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa

from workbook.claims import expression
from workbook.tables import MONTH, NOT_NEGATIVE, Table
from workbook.tables.findings import Finding
from workbook.tables.oddities import Place

REPORT = "Government Digital Strategy quarterly progress report, July 2014"
UNITS = ["people", "share", "points", "GBP", "count", "months", "years", "days", "level"]
EXACTLY, ABOUT, OVER, FEWER = "exactly", "about", "over", "fewer than"
WORDINGS = [EXACTLY, ABOUT, OVER, FEWER]
QUALIFIERS = [ABOUT, OVER, FEWER, "target", "plan"]

FACT_ID = pa.Check.str_matches("^F[0-9]{2,}[a-z]?$", error="must be an identifier such as F26a")
CLAIM_ID = pa.Check.str_matches("^C[0-9]{2,}$", error="must be an identifier such as C05")
UNIT = pa.Check.isin(UNITS, error=f"must be one of {', '.join(UNITS)}")
WORDING = pa.Check.isin(WORDINGS, error=f"must be one of {', '.join(WORDINGS)}")
QUALIFIER = pa.Check.isin(QUALIFIERS, error=f"must be one of {', '.join(QUALIFIERS)}, or blank")


def _text(title: str, description: str, *rules: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column(str, list(rules), nullable=nullable, title=title, description=description)


def _number(title: str, description: str, *rules: pa.Check) -> pa.Column:
    return pa.Column(float, list(rules), title=title, description=description)


SECTION = _text("Section", "Heading of the report under which it is printed.")
IN_UNIT = _text("Unit", "What the value counts; shares and points are fractions of 1.", UNIT)
SOURCE = _text("Source", "Publication.")


def formulas(frame: pd.DataFrame, _: Place) -> Iterator[Finding]:
    """Formulas that are none, and claims with neither a formula nor a missing figure.

    They are told and kept: the other claims are checked all the same.
    """
    if not {"formula", "missing"} <= set(frame):
        return
    said = {
        at: "is blank: give a formula, or say in the column missing which figure is missing"
        if pd.isna(formula)
        else _fault(str(formula))
        for at, (formula, missing) in enumerate(
            zip(frame["formula"], frame["missing"], strict=True)
        )
        if not pd.isna(formula) or pd.isna(missing)
    }
    yield Finding("formula", [at for at, message in said.items() if message], said.__getitem__)


def _fault(formula: str) -> str:
    """Why this is no formula; empty where it is one."""
    try:
        expression.verify(formula)
    except expression.FormulaError as error:
        return str(error)
    return ""


report_facts = Table(
    name="report_facts",
    title="Figures printed in the quarterly progress report of July 2014, one value a row",
    period="period",
    sources=(REPORT,),
    schema=pa.DataFrameSchema(
        {
            "id": _text("Identifier", "By which formulas name it.", FACT_ID),
            "section": SECTION,
            "measure": _text("Measure", "What the figure is of."),
            "value": _number("Value", "As printed, in its unit."),
            "unit": IN_UNIT,
            "period_printed": _text("Period as printed", "When or by when."),
            "period": _text("Period", "Month in which it had ended or was stated.", MONTH),
            "qualifier": _text("Qualifier", "How it is printed.", QUALIFIER, nullable=True),
            "source": SOURCE,
        },
        unique=["id"],
    ),
)

claims = Table(
    name="claims",
    title="What the quarterly progress report of July 2014 says in figures, and how to check it",
    period="period",
    sources=(REPORT,),
    oddities=(formulas,),
    schema=pa.DataFrameSchema(
        {
            "id": _text("Identifier", "Of the claim.", CLAIM_ID),
            "section": SECTION,
            "claim": _text("Claim", "What the report says, in our words."),
            "printed_as": _text("As printed", "The figure with its words."),
            "printed": _number("Printed", "The figure as a number in its unit."),
            "unit": IN_UNIT,
            "wording": _text("Wording", "Whether it is a bound, and how close.", WORDING),
            "precision": _number(
                "Precision",
                "Place of the last digit printed, in the unit: 0.01 for a whole percentage, "
                "0.05 for a fraction in words.",
                NOT_NEGATIVE,
            ),
            "formula": _text(
                "Formula", "What it should come to, from facts and tables.", nullable=True
            ),
            "missing": _text("Missing", "The figure that checking would need.", nullable=True),
            "period": _text("Period", "Last month of the quarter reported on.", MONTH),
            "source": SOURCE,
        },
        unique=["id"],
    ),
)
