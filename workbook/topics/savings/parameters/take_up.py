"""Parameters of who moves online: transactions, starting take-up and its target."""

from typing import Literal

from workbook.scenario import Scenario, parameter
from workbook.topics.reviews import reviewed_parameter
from workbook.topics.savings.parameters.sources import EFFICIENCY_REPORT

LOWEST_TAKE_UP, HIGHEST_TAKE_UP = 0.001, 0.999
"""Bounds of take-up: its logit must be finite."""

TakeUpProjection = Literal["assumed", "forecast"]

_GROUP = "Who moves online"


class TakeUpParameters(Scenario):
    """Who moves online."""

    service: str = parameter(
        "",
        label="Service",
        unit="text",
        meaning=(
            "Uses the service’s own transactions, take-up and cost. If none is chosen, the figures"
            " are those of all government."
        ),
        group=_GROUP,
    )
    curve: TakeUpProjection = parameter(
        "assumed",
        label="How take-up rises",
        unit="text",
        choice_labels={"assumed": "To the target", "forecast": "As forecast"},
        meaning=(
            "To the target, over the years below, or as the digital take-up page forecasts it,"
            " without a target."
        ),
        group=_GROUP,
    )
    volume: int = reviewed_parameter(
        909_200_000,
        label="Transactions a year",
        unit="count",
        meaning="By all channels.",
        bounds=(0, 100_000_000_000),
        range=(818_280_000, 1_000_120_000),
        source=f"{EFFICIENCY_REPORT}, figure 24; range: 10% either way",
        quality="green",
        follows="ratio",
        group=_GROUP,
    )
    take_up_now: float = reviewed_parameter(
        0.7228,
        label="Starting take-up",
        unit="share",
        meaning=(
            "Share of transactions made digitally. If it is not known, the average of 40 services"
            " is 46.1%."
        ),
        bounds=(LOWEST_TAKE_UP, HIGHEST_TAKE_UP),
        range=(0.6728, 0.7728),
        source=f"{EFFICIENCY_REPORT}, figure 8: 657 of 909 million; range: 5 points either way",
        quality="green",
        follows="difference",
        group=_GROUP,
    )
    take_up_target: float = reviewed_parameter(
        0.82,
        label="Target take-up",
        unit="share",
        meaning="Share of transactions to be made digitally.",
        bounds=(LOWEST_TAKE_UP, HIGHEST_TAKE_UP),
        source=f"{EFFICIENCY_REPORT}: the share of adults online in 2012",
        quality="green",
        group=_GROUP,
    )
    years_to_target: float = reviewed_parameter(
        4.0,
        label="Years to reach the target",
        unit="years",
        meaning="Counted from the starting take-up.",
        bounds=(1, 20),
        range=(3, 6),
        source=f"{EFFICIENCY_REPORT}: from 20% to 80% in three to five years",
        quality="amber",
        group=_GROUP,
    )
