"""Tables of savings: published savings, costs of a contact, rates of saving and discounting."""

from datetime import date

import pandera.pandas as pa

from workbook.importers.template import EXAMPLE_KEY
from workbook.periods import is_financial_year
from workbook.tables import (
    BLANK_REASON_KEY,
    FRACTION_RULE,
    MONTH_RULE,
    NOT_NEGATIVE_RULE,
    TableSchema,
)

_REPORT_TITLE = "Cabinet Office, Digital Efficiency Report, November 2012"
NARROW_DEFINITION = "GDS and departments"
"""The definition of the £210m; savings of any other are never added to it."""

TOTAL_ROLE, COMPONENT_ROLE = "total", "component"
_WORLD_BANK_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def is_iso_date(text: object) -> bool:
    """Whether this is a day such as ``2014-06-30``."""
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


_ISO_DATE_CHECK = pa.Check(
    lambda cells: cells.map(is_iso_date), error="must be a day such as 2026-06-30"
)
_YEAR_CHECK = pa.Check.str_matches("^(19|20|21)[0-9]{2}$", error="must be a year such as 2012")
_FINANCIAL_YEAR_CHECK = pa.Check(
    lambda cells: cells.map(is_financial_year), error="must be a financial year such as 2013-14"
)
_ROLE_CHECK = pa.Check.isin(
    [TOTAL_ROLE, COMPONENT_ROLE], error=f"must be {TOTAL_ROLE} or {COMPONENT_ROLE}"
)
_GROWTH_CHECK = pa.Check.in_range(-0.5, 1, error="must be a fraction of 1, so that 2.5% is 0.025")
_SCHEDULE_YEAR_CHECK = pa.Check.ge(1, error="must be 1 or more: year 0 is not discounted")


def _text_column(
    title: str, description: str, *rules: pa.Check, nullable: bool = False, example: str = ""
) -> pa.Column:
    return pa.Column(
        str,
        list(rules),
        nullable=nullable,
        title=title,
        description=description,
        metadata={EXAMPLE_KEY: example},
    )


def _number_column(
    title: str, description: str, *rules: pa.Check, nullable: bool = False
) -> pa.Column:
    return pa.Column(float, list(rules), nullable=nullable, title=title, description=description)


def _integer_column(title: str, description: str, *rules: pa.Check) -> pa.Column:
    return pa.Column("Int64", list(rules), title=title, description=description)


_FIGURE_COLUMN = _integer_column("Figure", "Number of the figure in the report.")
_SOURCE_COLUMN = _text_column("Source", "Publication.")

published_savings = TableSchema(
    name="published_savings",
    title="Savings of digital work, as published, by financial year, definition and component",
    period="period",
    sources=(
        "Government Digital Strategy quarterly progress report, July 2014",
        "Computerworld UK, June 2014",
        "Government Digital Service, savings 2014-15",
        "Cabinet Office",
    ),
    schema=pa.DataFrameSchema(
        {
            "financial_year": _text_column(
                "Financial year", "April to March.", _FINANCIAL_YEAR_CHECK
            ),
            "period": _text_column("Ended", "Month in which the financial year ends.", MONTH_RULE),
            "definition": _text_column(
                "Definition",
                "What was counted: savings of one definition are never added to another's.",
            ),
            "role": _text_column(
                "Role", "A total is never added to the components that it holds.", _ROLE_CHECK
            ),
            "component": _text_column("Component", "What saved it."),
            "savings": _number_column("Savings", "Pounds in the year; in cash, as published."),
            "source": _SOURCE_COLUMN,
        },
        unique=["financial_year", "definition", "component"],
    ),
)

channel_costs = TableSchema(
    name="channel_costs",
    title="What a contact costs by channel, by source; not a service from end to end",
    period="year",
    sources=(
        "Socitm, Potential for channel shift in local government, 2012",
        f"{_REPORT_TITLE}: case study of the Driving Standards Agency",
        "ESD Toolkit, Customer contact profiling, 2008",
    ),
    schema=pa.DataFrameSchema(
        {
            "source": _SOURCE_COLUMN,
            "year": pa.Column(
                str,
                _YEAR_CHECK,
                title="Price year",
                description="Year in whose prices the cost is: without it the cost says nothing.",
                metadata={
                    BLANK_REASON_KEY: (
                        "an amount of money means nothing without the year of its prices"
                    )
                },
            ),
            "channel": _text_column("Channel", "How people make contact."),
            "cost": _number_column("Cost", "Pounds for each contact.", NOT_NEGATIVE_RULE),
        },
        unique=["source", "year", "channel"],
    ),
)

efficiency_rates = TableSchema(
    name="efficiency_rates",
    title="Pounds saved a year for each percentage point of digital take-up, by kind of service",
    sources=(_REPORT_TITLE,),
    schema=pa.DataFrameSchema(
        {
            "figure": _FIGURE_COLUMN,
            "dimension": _text_column("Dimension", "By what the services are told apart."),
            "category": _text_column("Category", "Which of those services."),
            "saving_per_point": _number_column(
                "Saving", "Pounds a year for each percentage point."
            ),
            "low": _number_column("Low", "Low end of the range, where published.", nullable=True),
            "high": _number_column(
                "High", "High end of the range, where published.", nullable=True
            ),
            "source": _SOURCE_COLUMN,
        },
        unique=["dimension", "category"],
    ),
)

efficiency_shares = TableSchema(
    name="efficiency_shares",
    title="What the savings of going digital are made of; as printed they add up to 101%",
    sources=(_REPORT_TITLE,),
    schema=pa.DataFrameSchema(
        {
            "figure": _FIGURE_COLUMN,
            "category": _text_column("Category", "What is saved."),
            "share": _number_column("Share", "Fraction of the savings.", FRACTION_RULE),
            "source": _SOURCE_COLUMN,
        },
        unique=["category"],
    ),
)

cost_ratios = TableSchema(
    name="cost_ratios",
    title="What a transaction costs by channel relative to others, and what moving it would save",
    sources=(_REPORT_TITLE,),
    schema=pa.DataFrameSchema(
        {
            "ratios": _text_column("Ratios", "Digital, phone and face to face."),
            "digital": _number_column("Digital", "Cost relative to the others.", NOT_NEGATIVE_RULE),
            "phone": _number_column("Phone", "Cost relative to the others.", NOT_NEGATIVE_RULE),
            "face_to_face": _number_column(
                "Face to face", "Cost relative to others.", NOT_NEGATIVE_RULE
            ),
            "base_cost": _number_column(
                "Base cost", "Pounds a year now; implied by the saving.", NOT_NEGATIVE_RULE
            ),
            "saving": _number_column("Saving", "Pounds a year at the target, as published."),
            "take_up_now": _number_column(
                "Take-up now", "Fraction of transactions.", FRACTION_RULE
            ),
            "take_up_target": _number_column("Target", "Fraction of transactions.", FRACTION_RULE),
            "source": _SOURCE_COLUMN,
        },
        unique=["ratios"],
    ),
)

discount_rates = TableSchema(
    name="discount_rates",
    title="Yearly discount rates in real terms, by schedule and the days on which it is valid",
    sources=("HM Treasury, Green Book",),
    schema=pa.DataFrameSchema(
        {
            "schedule": _text_column("Schedule", "Name of the schedule."),
            "valid_from": _text_column(
                "Valid from",
                "First day on which the rate is valid.",
                _ISO_DATE_CHECK,
                example="2003-04-01",
            ),
            "valid_to": _text_column(
                "Valid to",
                "Last such day; blank if none.",
                _ISO_DATE_CHECK,
                nullable=True,
                example="2026-06-30",
            ),
            "from_year": _integer_column(
                "From year", "First year ahead; year 0 is now.", _SCHEDULE_YEAR_CHECK
            ),
            "to_year": _integer_column("To year", "Last year ahead.", _SCHEDULE_YEAR_CHECK),
            "rate": _number_column("Rate", "Fraction a year.", FRACTION_RULE),
            "source": _SOURCE_COLUMN,
        },
        unique=["schedule", "valid_from", "from_year"],
    ),
)

deflator = TableSchema(
    name="deflator",
    title="Growth of prices by calendar year; HM Treasury's series runs by financial year",
    period="year",
    sources=("World Bank, NY.GDP.DEFL.KD.ZG, United Kingdom",),
    licence=_WORLD_BANK_LICENCE,
    schema=pa.DataFrameSchema(
        {
            "series": _text_column("Series", "Whose prices."),
            "year": _text_column("Year", "Calendar year.", _YEAR_CHECK),
            "growth": _number_column(
                "Growth", "Over the calendar year before, as a fraction.", _GROWTH_CHECK
            ),
            "source": _SOURCE_COLUMN,
        },
        unique=["series", "year"],
    ),
)
