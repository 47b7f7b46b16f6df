"""What does moving people to the digital channel save, for whom, when, and how sure are we?"""

from workbook.scenario import Value
from workbook.topic import Need, Topic
from workbook.topics.savings import charts, model
from workbook.topics.savings.scenario import Savings
from workbook.topics.savings.tables import (
    channel_costs,
    cost_ratios,
    deflator,
    discount_rates,
    efficiency_rates,
    efficiency_shares,
    published_savings,
)
from workbook.topics.take_up import topic as take_up

LONGEST_FORECAST = 40
"""Quarters: as far as the take-up topic goes."""


def _also(scenario: Savings) -> dict[str, Value]:
    """A service that is asked for is never left out, whatever is left out of all of them."""
    longest: dict[str, Value] = {"horizon": LONGEST_FORECAST}
    return longest | {"exclude": ""} if scenario.service else longest


topic = Topic(
    name="savings",
    title="Savings",
    question=(
        "What does moving people to the digital channel save, for whom, when, and how sure are we?"
    ),
    Scenario=Savings,
    tables=(
        published_savings,
        channel_costs,
        efficiency_rates,
        efficiency_shares,
        cost_ratios,
        discount_rates,
        deflator,
    ),
    model=model.model,
    charts={
        "cash_flow": charts.cash_flow,
        "npv_distribution": charts.npv_distribution,
        "break_even": charts.break_even,
        "ways": charts.ways,
        "published": charts.published,
    },
    swing="npv",
    needs=(
        Need(
            take_up,
            passed={"quarter": "quarter", "services": "service", "data": "take_up_data"},
            also=_also,
        ),
    ),
)
