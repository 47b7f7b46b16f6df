"""Result tables of savings: the appraisal and the published figures behind it."""

from collections.abc import Iterator, Mapping

import pandas as pd

from workbook.methods.arrays import FloatOrArray
from workbook.result_table import ResultTable
from workbook.topics.savings.appraisal_setup import AppraisalSetup
from workbook.topics.savings.audit_tests import audit_tests_table
from workbook.topics.savings.break_even import break_even_by_cost_gap
from workbook.topics.savings.cash_flow_tables import (
    cash_flow_by_year,
    convert_to_price_year,
    saving_by_channel,
)
from workbook.topics.savings.columns import SAVINGS_COLUMNS
from workbook.topics.savings.findings import Findings
from workbook.topics.savings.monte_carlo import npv_histogram
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import reconcile_published_savings
from workbook.topics.savings.switching_values import switching_values_table


def appraisal_tables(findings: Findings, npv_draws: FloatOrArray) -> Iterator[ResultTable]:
    """Build the tables of the appraisal, and of what users gain where the scenario counts it.

    Args:
        findings: What the appraisal has found.
        npv_draws: Net present value of each simulation, in pounds.

    Yields:
        The tables in the order in which pages show them.
    """
    scenario, inputs = findings.scenario, findings.inputs
    yield _result_table(
        "cash_flow", "Cash flow by year", cash_flow_by_year(inputs, scenario.price_year)
    )
    yield _result_table("channels", "Saving by channel, net of help", saving_by_channel(inputs))
    yield _result_table(
        "npv_distribution",
        "Net present value: share of simulations by amount",
        npv_histogram(npv_draws),
    )
    yield _result_table(
        "switching",
        "Switching values: where the net present value is zero",
        switching_values_table(inputs, scenario.parameters()),
    )
    yield _result_table(
        "break_even", "Break-even take-up by cost gap", break_even_by_cost_gap(inputs)
    )
    yield _result_table("ways", "Comparison of estimates of the annual saving", findings.estimates)
    if not findings.user_benefits.empty:
        yield _result_table(
            "users", "Users’ benefits, not added to savings", findings.user_benefits
        )


def source_tables(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, setup: AppraisalSetup
) -> Iterator[ResultTable]:
    """Build the tables of published figures and of the audit tests.

    Args:
        tables: The topic's tables.
        scenario: The scenario.
        setup: What the figures are calculated from.

    Yields:
        The tables in the order in which pages show them.
    """
    yield _result_table(
        "discount_rates", "Discount rates used, and when they are valid", setup.discount_rates
    )
    yield _result_table(
        "published",
        "Published savings",
        reconcile_published_savings(tables["published_savings"]),
    )
    yield _result_table("checks", "Audit tests", audit_tests_table(scenario, setup.inputs))
    yield _result_table(
        "channel_costs",
        "Cost of a contact, by source",
        convert_to_price_year(tables["channel_costs"], setup.conversion),
    )


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, SAVINGS_COLUMNS)
