"""Tables of savings: published savings, costs of a contact, rates of saving and discounting."""

import pandera.pandas as pa

from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import (
    choice_column,
    day_column,
    financial_year_column,
    integer_column,
    money_column,
    month_column,
    number_column,
    share_column,
    signed_money_column,
    source_column,
    text_column,
)

_REPORT_TITLE = "Cabinet Office, Digital Efficiency Report, November 2012"
NARROW_DEFINITION = "GDS and departments"
"""Definition of the £210 million. Savings of other definitions are never added to it."""

TOTAL_ROLE, COMPONENT_ROLE = "total", "component"
_SCHEDULE_YEAR_CHECK = pa.Check.ge(1, error="must be 1 or more: year 0 is not discounted")
_FIGURE_COLUMN = integer_column("Figure", "Number of the figure in the report.")


def _ratio_column(title: str, description: str) -> pa.Column:
    return number_column(title, description, NOT_NEGATIVE_RULE)


published_savings = TableSchema(
    name="published_savings",
    title="Published savings from digital work, by financial year, definition and component",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(
        JULY_2014_REPORT_TITLE,
        "Computerworld UK, June 2014",
        "Government Digital Service, savings 2014-15",
        "Cabinet Office",
    ),
    schema=pa.DataFrameSchema(
        {
            "financial_year": financial_year_column("Financial year", "April to March."),
            "period": month_column("Ended", "Month in which the financial year ends."),
            "definition": text_column(
                "Definition",
                "What was counted. Savings of different definitions are never added.",
            ),
            "role": choice_column(
                "Role",
                "A total is never added to its own components.",
                (TOTAL_ROLE, COMPONENT_ROLE),
            ),
            "component": text_column("Component", "Source of the saving."),
            "savings": signed_money_column(
                "Savings", "Pounds in the year, in cash terms as published."
            ),
            "source": source_column(),
        },
        unique=["financial_year", "definition", "component"],
    ),
)

efficiency_rates = TableSchema(
    name="efficiency_rates",
    title="Annual saving for each percentage point of digital take-up, by kind of service",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(_REPORT_TITLE,),
    schema=pa.DataFrameSchema(
        {
            "figure": _FIGURE_COLUMN,
            "dimension": text_column("Dimension", "How the services are grouped."),
            "category": text_column("Category", "Group of services."),
            "saving_per_point": signed_money_column(
                "Saving", "Pounds a year for each percentage point."
            ),
            "low": signed_money_column(
                "Low", "Low end of the range, where published.", nullable=True
            ),
            "high": signed_money_column(
                "High", "High end of the range, where published.", nullable=True
            ),
            "source": source_column(),
        },
        unique=["dimension", "category"],
    ),
)

efficiency_shares = TableSchema(
    name="efficiency_shares",
    title="Shares of the savings from going digital; as published they add up to 101%",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(_REPORT_TITLE,),
    schema=pa.DataFrameSchema(
        {
            "figure": _FIGURE_COLUMN,
            "category": text_column("Category", "What is saved."),
            "share": share_column("Share", "Fraction of the savings."),
            "source": source_column(),
        },
        unique=["category"],
    ),
)

cost_ratios = TableSchema(
    name="cost_ratios",
    title="Relative cost of a transaction by channel, and the saving from moving online",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(_REPORT_TITLE,),
    schema=pa.DataFrameSchema(
        {
            "ratios": text_column("Ratios", "Digital, phone and face to face."),
            "digital": _ratio_column("Digital", "Cost relative to the others."),
            "phone": _ratio_column("Phone", "Cost relative to the others."),
            "face_to_face": _ratio_column("Face to face", "Cost relative to the others."),
            "base_cost": money_column("Base cost", "Pounds a year now, implied by the saving."),
            "saving": signed_money_column("Saving", "Pounds a year at the target, as published."),
            "take_up_now": share_column("Take-up now", "Fraction of transactions."),
            "take_up_target": share_column("Target", "Fraction of transactions."),
            "source": source_column(),
        },
        unique=["ratios"],
    ),
)

discount_rates = TableSchema(
    name="discount_rates",
    title="Annual discount rates in real terms, by schedule and dates of validity",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=("HM Treasury, Green Book",),
    schema=pa.DataFrameSchema(
        {
            "schedule": text_column("Schedule", "Name of the schedule."),
            "valid_from": day_column(
                "Valid from",
                "First day on which the rate is valid.",
                example="2003-04-01",
            ),
            "valid_to": day_column(
                "Valid to",
                "Last day on which the rate is valid; blank if there is none.",
                nullable=True,
                example="2026-06-30",
            ),
            "from_year": integer_column(
                "From year", "First year of the appraisal; year 0 is now.", _SCHEDULE_YEAR_CHECK
            ),
            "to_year": integer_column(
                "To year", "Last year of the appraisal.", _SCHEDULE_YEAR_CHECK
            ),
            "rate": share_column("Rate", "Fraction a year."),
            "source": source_column(),
        },
        unique=["schedule", "valid_from", "from_year"],
    ),
)
