"""Parameters of the appraisal: its years, prices and discount rates."""

from typing import Literal

from workbook.scenario import parameter
from workbook.topics.reviews import reviewed_parameter
from workbook.topics.savings.parameters.move_costs import MoveCostParameters
from workbook.topics.savings.parameters.sources import EFFICIENCY_REPORT

YEAR_END = "year-end"
"""Convention by which a year's take-up is that of its last day."""

Switch = Literal["yes", "no"]
TakeUpConvention = Literal["average", "year-end"]
DiscountTiming = Literal["year-end", "mid-year"]

_GROUP = "Appraisal"


class AppraisalParameters(MoveCostParameters):
    """How costs and savings are added up."""

    horizon: int = parameter(
        10,
        label="Appraisal period",
        unit="years",
        meaning="Number of years after year 0.",
        bounds=(1, 125),
        page_limit=60,
        group=_GROUP,
    )
    price_year: str = parameter(
        "2014-15",
        label="Price year",
        unit="text",
        meaning="The financial year whose prices are used, such as 2014-15. It is year 0.",
        group=_GROUP,
    )
    convert_prices: Switch = parameter(
        "yes",
        label="Convert contact costs to the price year?",
        unit="text",
        meaning=(
            "Yes: from 2012 prices, with the UK GDP deflator. No: they are in its prices already."
        ),
        group=_GROUP,
    )
    take_up_convention: TakeUpConvention = parameter(
        "average",
        label="Take-up within a year",
        unit="text",
        choice_labels={"average": "The year’s average", "year-end": "The last of the year"},
        meaning=(
            "Which take-up a year’s savings count. The last of the year is too high while take-up"
            " rises."
        ),
        group=_GROUP,
    )
    discount_timing: DiscountTiming = parameter(
        "year-end",
        label="When cash flows within a year",
        unit="text",
        choice_labels={"year-end": "At the end of the year", "mid-year": "In its middle"},
        meaning="Each year is discounted from its end, or from its middle. Year 0 never is.",
        group=_GROUP,
    )
    discount_schedule: str = parameter(
        "green-book",
        label="Discount rates",
        unit="text",
        meaning=(
            "As valid on the quarter’s last day. After their end the last rates are used, with a"
            " warning."
        ),
        group=_GROUP,
    )
    fiscal_share: float = reviewed_parameter(
        0.65,
        label="Taxpayer’s share of the saving",
        unit="share",
        meaning="The rest goes to people who pay fees.",
        bounds=(0, 1),
        range=(0.55, 0.75),
        source=f"{EFFICIENCY_REPORT}, footnote 2: approximately 65%; range: 10 points either way",
        quality="amber",
        group=_GROUP,
    )
