"""What does moving people to digital services save, for whom, when, and how sure are we?"""

from workbook.dependencies import Dependency, DependencyOutcomes
from workbook.first_screen import FirstScreen
from workbook.methods.calibration import LONGEST_HORIZON
from workbook.report_section import CoveredList, ReportSection
from workbook.scenario import ParameterValue
from workbook.tables.channel_costs import channel_costs
from workbook.tables.deflator import deflator
from workbook.topic import Tables, Topic
from workbook.topics.savings import charts, model
from workbook.topics.savings.covered_years import (
    describe_other_years,
    list_covered_years,
)
from workbook.topics.savings.data import (
    cost_ratios,
    discount_rates,
    efficiency_rates,
    efficiency_shares,
    published_savings,
)
from workbook.topics.savings.deferred_analyses import deferred_analyses
from workbook.topics.savings.indicators import SAVINGS_INDICATORS
from workbook.topics.savings.parameters import Savings
from workbook.topics.take_up import topic as take_up


def _take_up_overrides(scenario: Savings) -> dict[str, ParameterValue]:
    """Evaluate take-up far enough ahead, and never exclude the service that is named."""
    overrides: dict[str, ParameterValue] = {"horizon": LONGEST_HORIZON}
    return overrides | {"exclude": ""} if scenario.service else overrides


_DEPENDENCIES = (
    Dependency(
        take_up,
        parameter_map={
            "quarter": "quarter",
            "services": "service",
            "data": "take_up_data",
            "assisted_data": "assisted_data",
        },
        overrides=_take_up_overrides,
    ),
)


def _look_up_outcomes(tables: Tables, scenario: Savings) -> DependencyOutcomes:
    return DependencyOutcomes(_DEPENDENCIES, tables, scenario)


topic = Topic(
    name="savings",
    title="Savings",
    question=(
        "What does moving people to digital services save, for whom, when, and how sure are we?"
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
    indicators=SAVINGS_INDICATORS,
    model=model.evaluate_savings,
    charts={
        "cash_flow": charts.draw_cash_flow,
        "npv_distribution": charts.draw_npv_distribution,
        "break_even": charts.draw_break_even,
        "ways": charts.draw_estimates,
        "published": charts.draw_published_savings,
    },
    tornado="npv",
    deferred=deferred_analyses(_look_up_outcomes),
    dependencies=_DEPENDENCIES,
    first_screen=FirstScreen(
        chart="cash_flow",
        indicators=("npv", "probability_npv_positive", "annual_saving", "break_even_take_up"),
        levers=("service", "take_up_target", "transition_cost", "realisable_share"),
    ),
    trend=charts.draw_savings_trend,
    position=30,
    report=ReportSection(
        "cash_flow",
        ("annual_saving", "npv", "probability_npv_positive"),
        covered=CoveredList(list_covered_years, describe_other_years),
        is_required=True,
    ),
)
