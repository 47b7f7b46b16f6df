"""Users' time and distributional weights: benefits that are shown, and never added to savings.

The weight of £1 to users is (their income ÷ the median income) to the power of −1.3. That is the
elasticity of the marginal utility of income in the Green Book, annex A3 (HM Treasury, 2022).
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.text.numbers import format_estimate, format_share, format_simulated_range
from workbook.topics.savings.cash_flow import yearly_cash_flows
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.monte_carlo import simulation_quantiles
from workbook.topics.savings.parameters import Savings

_ELASTICITY = 1.3
_MINUTES_PER_HOUR = 60
_MAXIMUM_SIMULATIONS = 10_000

TIME_LABEL, FEE_LABEL = "Users’ time", "Savings for people who pay fees"


def distributional_weight(income: float) -> float:
    """Weight of £1 to people with an income, a multiple of the median income.

    Args:
        income: Income as a multiple of the median, above 0.

    Returns:
        The weight; 1 at the median.

    Example:
        >>> round(distributional_weight(0.5), 2)
        2.46
    """
    return float(income**-_ELASTICITY)


def user_benefits_table(
    scenario: Savings, inputs: AppraisalInputs, sampled: AppraisalInputs
) -> pd.DataFrame:
    """Present values of what users gain over the appraisal, before and after weighting.

    Args:
        scenario: The scenario.
        inputs: Point values.
        sampled: Simulations of the uncertain inputs.

    Returns:
        A row for users' time, and one for savings of fee-payers: ``benefit``, ``user_value`` in
        pounds with ``low`` and ``high``, P10 and P90 of the simulations, ``weight`` and
        ``weighted_value``. No rows if the scenario counts no time and weights nothing.
    """
    columns = ["benefit", "user_value", "low", "high", "weight", "weighted_value"]
    if not scenario.users_time_minutes and scenario.users_income == 1:
        return pd.DataFrame(columns=columns)
    central = _present_values(inputs)
    simulated = _present_values(sampled.first_draws(_MAXIMUM_SIMULATIONS))
    quantiles = simulation_quantiles(simulated)
    weight = distributional_weight(scenario.users_income)
    rows = [
        (label, float(value), *quantiles[label][[0, 2]].tolist(), weight, float(value) * weight)
        for label, value in central.items()
    ]
    return pd.DataFrame(rows, columns=columns)


def user_benefit_notes(scenario: Savings, table: pd.DataFrame) -> Iterator[str]:
    """Say what users gain, where the scenario counts it.

    Args:
        scenario: The scenario.
        table: The table of benefits.

    Yields:
        A note of one to three sentences for each option that is set.
    """
    if table.empty:
        return
    benefits = {row["benefit"]: row for row in table.to_dict("records")}
    if scenario.users_time_minutes:
        time = benefits[TIME_LABEL]
        simulated_range = format_simulated_range(time["low"], time["high"], "GBP")
        yield (
            f"Users’ time saved would be worth {format_estimate(time['user_value'], 'GBP')} at"
            f" present value (8 in 10 simulations: {simulated_range}). It releases no cash, and is"
            " not added to the savings."
            f"{_time_prices_sentence(scenario)}"
        )
    if scenario.users_income != 1:
        weight = format_estimate(distributional_weight(scenario.users_income), "index")
        time_value, fee_value = (
            format_estimate(benefits[label]["weighted_value"], "GBP")
            for label in (TIME_LABEL, FEE_LABEL)
        )
        yield (
            f"At {format_share(scenario.users_income)} of the median income, £1 to users has the"
            f" Green Book’s weight {weight}. Savings for people who pay fees would then count as"
            f" {fee_value}, and users’ time as {time_value}, at present value. No other figure is"
            " weighted."
        )


def _time_prices_sentence(scenario: Savings) -> str:
    """Say in whose prices the published value of time is; empty for a value of the user's own."""
    if scenario.value_of_time != Savings().value_of_time:
        return ""
    return " The published value of time is in 2002 prices, which understates it."


def _present_values(inputs: AppraisalInputs) -> dict[str, FloatArray]:
    """Present value of each benefit, one number or one for each simulation."""
    hour_value = inputs["users_time_minutes"] / _MINUTES_PER_HOUR * inputs["value_of_time"]
    moved, saving = np.zeros(()), np.zeros(())
    for year, factor in zip(yearly_cash_flows(inputs), inputs.discount_factors, strict=True):
        moved = moved + inputs["volume"] * (year.take_up - inputs.initial_take_up) * factor
        saving = saving + year.net_saving * factor
    return {TIME_LABEL: moved * hour_value, FEE_LABEL: saving * (1 - inputs["fiscal_share"])}
