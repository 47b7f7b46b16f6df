"""Parameters of savings: take-up, contact costs, transition costs and appraisal."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

from workbook.periods import is_financial_year
from workbook.scenario import (
    NameList,
    ParameterError,
    ParameterValue,
    Quality,
    Scenario,
    parameter,
    simulation,
    split_list,
    value_error,
)
from workbook.scenario.table_parameters import table_parameter
from workbook.text.numbers import format_share
from workbook.topics.reviews import reviewed_parameter

_EFFICIENCY_REPORT = "Digital Efficiency Report, November 2012"
EFFICIENCY_REPORT_QUARTER = "2012-Q4"
"""The quarter of November 2012, when the Digital Efficiency Report appeared."""
_PUBLISHED_COST_SOURCE = (
    "Published costs of a contact for councils and one agency, 2008 to 2012 (table of channel"
    " costs); the value is in 2012 prices"
)
_UNSOURCED_ASSUMPTION = "Assumption: no published figure found"

FACE_TO_FACE_SHARE = "face_to_face_share"
CHANNEL_SHARE_PARAMETERS = ("phone_share", "post_share", FACE_TO_FACE_SHARE)
"""Shares of the contacts that are not online. Only the share of face to face has a range."""

OTHER_CHANNELS = ("phone", "post", "face_to_face")
CHANNEL_COST_PARAMETERS = tuple(f"cost_{channel}" for channel in OTHER_CHANNELS)
_SHARE_TOLERANCE = 1e-9
"""Allowed difference of the sum of shares from 1, because shares are entered with few digits."""

LOWEST_TAKE_UP, HIGHEST_TAKE_UP = 0.001, 0.999
"""Bounds of take-up: its logit must be finite."""

PUBLISHED_OPTIMISM_BIAS = 2.0
"""Upper bound for equipment and development, before mitigation. Source: Mott MacDonald (2002)."""

YEAR_END = "year-end"
"""Convention by which a year's take-up is that of its last day."""

TakeUpProjection = Literal["assumed", "forecast"]
TakeUpConvention = Literal["average", "year-end"]
DiscountTiming = Literal["year-end", "mid-year"]
Switch = Literal["yes", "no"]
AuditAnswer = Literal["not known", "yes", "no"]


class Savings(Scenario):
    """The parameters of savings, with the ranges of the simulations."""

    service: str = parameter(
        "",
        label="Service",
        unit="text",
        meaning=(
            "Uses the service’s own transactions, take-up and cost from the digital take-up topic. "
            "Without a service, the figures below apply to all of government."
        ),
        group="Who moves online",
    )
    curve: TakeUpProjection = parameter(
        "assumed",
        label="How take-up rises",
        unit="text",
        meaning=(
            "Assumed: from take-up now to the target, over the years below. "
            "Forecast: as the digital take-up topic forecasts. The target and years are not used."
        ),
        group="Who moves online",
    )
    volume: int = reviewed_parameter(
        909_200_000,
        label="Transactions a year",
        unit="count",
        meaning="By all channels.",
        bounds=(0, 100_000_000_000),
        range=(818_280_000, 1_000_120_000),
        source=f"{_EFFICIENCY_REPORT}, figure 24; range: 10% either way",
        quality="green",
        follows="ratio",
        group="Who moves online",
    )
    take_up_now: float = reviewed_parameter(
        0.7228,
        label="Take-up now",
        unit="share",
        meaning=(
            "Share of transactions made digitally now. "
            "If it is not known, the average of 40 services is 46.1%."
        ),
        bounds=(LOWEST_TAKE_UP, HIGHEST_TAKE_UP),
        range=(0.6728, 0.7728),
        source=f"{_EFFICIENCY_REPORT}, figure 8: 657 of 909 million; range: 5 points either way",
        quality="green",
        follows="difference",
        group="Who moves online",
    )
    take_up_target: float = reviewed_parameter(
        0.82,
        label="Target take-up",
        unit="share",
        meaning="Share of transactions to be made digitally.",
        bounds=(LOWEST_TAKE_UP, HIGHEST_TAKE_UP),
        source=f"{_EFFICIENCY_REPORT}: the share of adults online in 2012",
        quality="green",
        group="Who moves online",
    )
    years_to_target: float = reviewed_parameter(
        4.0,
        label="Years to reach the target",
        unit="years",
        meaning="Years from take-up now to the target.",
        bounds=(1, 20),
        range=(3, 6),
        source=f"{_EFFICIENCY_REPORT}: from 20% to 80% in three to five years",
        quality="amber",
        group="Who moves online",
    )
    cost_digital: float = reviewed_parameter(
        0.15,
        label="Cost of a digital contact",
        unit="GBP",
        meaning="Cost of one contact online, in pounds.",
        bounds=(0, 10_000),
        range=(0.08, 0.22),
        source=_PUBLISHED_COST_SOURCE,
        quality="amber",
        group="Contact costs",
    )
    cost_phone: float = reviewed_parameter(
        2.83,
        label="Cost of a phone contact",
        unit="GBP",
        meaning="Cost of one contact by phone, in pounds.",
        bounds=(0, 10_000),
        range=(2.83, 4.11),
        source=_PUBLISHED_COST_SOURCE,
        quality="amber",
        group="Contact costs",
    )
    cost_post: float = reviewed_parameter(
        6.62,
        label="Cost of a postal contact",
        unit="GBP",
        meaning="Cost of one contact by post, in pounds.",
        bounds=(0, 10_000),
        range=(6.62, 12.10),
        source=_PUBLISHED_COST_SOURCE,
        quality="amber",
        group="Contact costs",
    )
    cost_face_to_face: float = reviewed_parameter(
        8.62,
        label="Cost of a face-to-face contact",
        unit="GBP",
        meaning="Cost of one contact face to face, in pounds.",
        bounds=(0, 10_000),
        range=(8.62, 10.53),
        source=_PUBLISHED_COST_SOURCE,
        quality="amber",
        group="Contact costs",
    )
    phone_share: float = reviewed_parameter(
        0.8,
        label="Share of offline contacts by phone",
        unit="share",
        meaning="The shares by phone, by post and face to face must add up to 100%.",
        bounds=(0, 1),
        source=_EFFICIENCY_REPORT,
        quality="green",
        group="Contact costs",
    )
    post_share: float = reviewed_parameter(
        0.0,
        label="Share of offline contacts by post",
        unit="share",
        meaning="Share of the contacts that are not online.",
        bounds=(0, 1),
        source=_EFFICIENCY_REPORT,
        quality="green",
        group="Contact costs",
    )
    face_to_face_share: float = reviewed_parameter(
        0.2,
        label="Share of offline contacts face to face",
        unit="share",
        meaning="Share of the contacts that are not online.",
        bounds=(0, 1),
        range=(0, 0.5),
        source=_EFFICIENCY_REPORT,
        quality="green",
        group="Contact costs",
    )
    realisable_share: float = reviewed_parameter(
        0.78,
        label="Cash-releasing share of the saving",
        unit="share",
        meaning=(
            "Share of the difference in cost that can be taken out of a budget, which is staff. "
            "The rest frees time and space and is shown separately."
        ),
        bounds=(0, 1),
        range=(0.5, 1),
        source=f"{_EFFICIENCY_REPORT}, figure 6: staff’s share of savings",
        quality="amber",
        group="Contact costs",
    )
    assisted_share: float = reviewed_parameter(
        0.18,
        label="Share of people moving online who need help",
        unit="share",
        meaning="Share of the people who need someone’s help each time.",
        bounds=(0, 1),
        range=(0.10, 0.30),
        source="Assumption: the share of adults offline in 2012",
        quality="red",
        group="Cost of the move",
    )
    assisted_cost: float = reviewed_parameter(
        2.83,
        label="Cost of help each time",
        unit="GBP",
        meaning="Added to the cost of the digital contact, in pounds.",
        bounds=(0, 10_000),
        range=(1, 6),
        source="Assumption: the cost of a phone contact",
        quality="red",
        group="Cost of the move",
    )
    transition_cost: int = reviewed_parameter(
        500_000_000,
        label="Transition cost",
        unit="GBP",
        meaning="Cost of building and changing the services, before optimism bias, in pounds.",
        bounds=(0, 1_000_000_000_000),
        range=(400_000_000, 600_000_000),
        source=f"{_UNSOURCED_ASSUMPTION}; range: 20% either way, beside the optimism bias",
        quality="red",
        follows="ratio",
        group="Cost of the move",
    )
    transition_years: int = parameter(
        3,
        label="Years of transition",
        unit="years",
        meaning="The cost is spread equally over these years, from year 0.",
        bounds=(1, 10),
        group="Cost of the move",
    )
    dual_running_years: float = reviewed_parameter(
        1.0,
        label="Years of running old and new services together",
        unit="years",
        meaning="Dual running: how long the old channel is paid for after a transaction moves.",
        bounds=(0, 10),
        range=(0, 2),
        source=_UNSOURCED_ASSUMPTION,
        quality="red",
        group="Cost of the move",
    )
    optimism_bias: float = reviewed_parameter(
        0.5,
        label="Optimism bias left after mitigation",
        unit="share",
        meaning=(
            "How much more than planned the transition is expected to cost. The published starting "
            "value for equipment and development is 200%. Measures that mitigate the risk reduce "
            "it, and must be named below."
        ),
        bounds=(0, 5),
        range=(0.10, 2.00),
        source=(
            "Assumption of what is left of the 200% upper bound of Mott MacDonald, Review of Large "
            "Public Procurement: equipment and development"
        ),
        quality="red",
        group="Cost of the move",
    )
    optimism_mitigations: NameList = parameter(
        "",
        label="Measures that mitigate optimism bias",
        unit="list",
        meaning=(
            "Names of the measures, separated by semicolons, such as “alpha tested with users; "
            "fixed price”. They change no figure. They document why the bias is below 200%."
        ),
        group="Cost of the move",
    )
    horizon: int = parameter(
        10,
        label="Appraisal period",
        unit="years",
        meaning="Number of years after year 0.",
        bounds=(1, 125),
        group="Appraisal",
    )
    price_year: str = parameter(
        "2014-15",
        label="Price year",
        unit="text",
        meaning="The financial year whose prices are used, such as 2014-15. It is year 0.",
        group="Appraisal",
    )
    convert_prices: Switch = parameter(
        "yes",
        label="Convert contact costs to the price year?",
        unit="text",
        meaning=(
            "Yes: contact costs are in 2012 prices and are converted with the GDP deflator. "
            "No: they are already in the prices of the price year."
        ),
        group="Appraisal",
    )
    take_up_convention: TakeUpConvention = parameter(
        "average",
        label="Take-up within a year",
        unit="text",
        meaning=(
            "Average: a year’s saving is that of its average take-up. "
            "Year-end: as if the year’s last take-up had held all year, which is too high while "
            "take-up rises."
        ),
        group="Appraisal",
    )
    discount_timing: DiscountTiming = parameter(
        "year-end",
        label="When cash flows within a year",
        unit="text",
        meaning="Each year is discounted from its end, or from its middle. Year 0 never is.",
        group="Appraisal",
    )
    discount_schedule: str = parameter(
        "green-book",
        label="Discount rates",
        unit="text",
        meaning=(
            "The schedule of rates, as valid on the last day of the quarter. After its end the "
            "last rates are used, with a warning."
        ),
        group="Appraisal",
    )
    fiscal_share: float = reviewed_parameter(
        0.65,
        label="Taxpayer’s share of the saving",
        unit="share",
        meaning="The rest goes to people who pay fees.",
        bounds=(0, 1),
        range=(0.55, 0.75),
        source="Implied: no split between taxpayers and fee-payers is published",
        quality="amber",
        group="Appraisal",
    )
    users_time_minutes: float = parameter(
        0.0,
        label="Minutes that a user saves online",
        unit="count",
        meaning="For each transaction that moves online. 0 leaves users’ time out.",
        bounds=(-600, 600),
        group="Users (shown apart, never added)",
    )
    value_of_time: float = parameter(
        4.46,
        label="Value of an hour of users’ time",
        unit="GBP",
        meaning="Value of people’s own time, in pounds. It is not converted to the price year.",
        bounds=(0, 1_000),
        source=(
            "Department for Transport, TAG unit 3.5.6: non-working time other than commuting, in "
            "2002 prices"
        ),
        quality="amber",
        group="Users (shown apart, never added)",
    )
    users_income: float = parameter(
        1.0,
        label="Users’ income, as a multiple of the median",
        unit="index",
        meaning="Gives what goes to users a Green Book weight: income to the power of −1.3.",
        bounds=(0.1, 10),
        source="Green Book, annex A3: elasticity of the marginal utility of income",
        quality="green",
        group="Users (shown apart, never added)",
    )
    baseline_realistic: AuditAnswer = parameter(
        "not known",
        label="Is the baseline realistic?",
        unit="text",
        meaning="Answer yes if transactions and take-up would be unchanged without the work.",
        group="Audit tests",
    )
    quality_kept: AuditAnswer = parameter(
        "not known",
        label="Is the service as good as before?",
        unit="text",
        meaning="Answer yes if quality was measured before and after, and is no worse.",
        group="Audit tests",
    )
    not_reallocated: AuditAnswer = parameter(
        "not known",
        label="Is the saving real, not moved elsewhere?",
        unit="text",
        meaning="Answer yes if the cost is gone, and not moved to another budget or to users.",
        group="Audit tests",
    )
    take_up_data: str = table_parameter("take_up", label="Table of services")
    discount_data: str = table_parameter("discount_rates", label="Table of discount rates")
    draws: int = simulation.draws_parameter()
    seed: int = simulation.seed_parameter()

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check that the channel shares add up to 1 and that the price year is a financial year."""
        values = self.values()
        total = math.fsum(float(values[name]) for name in CHANNEL_SHARE_PARAMETERS)
        if abs(total - 1) > _SHARE_TOLERANCE:
            for name in CHANNEL_SHARE_PARAMETERS:
                share = format_share(float(values[name]))
                yield ParameterError(
                    name,
                    values[name],
                    f"{name} is {share}: phone, post and face to face must add up to 100%. "
                    f"They add up to {format_share(total)}.",
                )
        if not is_financial_year(self.price_year):
            yield value_error(
                "price_year",
                self.price_year,
                "it must be a financial year, such as 2014-15.",
            )

    def quality_of(self, name: str) -> Quality:
        """Quality of a parameter's source; optimism bias is amber once a mitigation is named."""
        if name == "optimism_bias" and split_list(self.optimism_mitigations):
            return "amber"
        return super().quality_of(name)

    def with_value(self, name: str, value: ParameterValue) -> Self:
        """Change one parameter; rescale the other channel shares so that they add up to 1."""
        if name not in CHANNEL_SHARE_PARAMETERS:
            return super().with_value(name, value)
        return self.replace(**{name: value, **rescale_other_shares(self.values(), name, value)})


def rescale_other_shares(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  a number or draws
    """Rescale two shares of the other channels after a change of the third.

    Args:
        values: Each parameter by name.
        name: The share that changes.
        value: Its new value: one number, or simulations.

    Returns:
        The other two shares, in the same proportion as before; if both were 0, the first of them
        takes the remainder.
    """
    first, second = (other for other in CHANNEL_SHARE_PARAMETERS if other != name)
    previous_total = float(values[first]) + float(values[second])
    first_fraction = float(values[first]) / previous_total if previous_total else 1.0
    return {first: (1 - value) * first_fraction, second: (1 - value) * (1 - first_fraction)}


def counts_governments_transition_cost(scenario: Savings) -> bool:
    """Whether one service is charged with the default transition cost of all of government.

    Args:
        scenario: The scenario.

    Returns:
        True if a service is named and the transition cost is the default.
    """
    default = scenario.parameters()["transition_cost"].default
    return bool(scenario.service) and scenario.transition_cost == default
