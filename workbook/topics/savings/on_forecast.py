"""The second answer: the net present value if take-up follows its forecast."""

from dataclasses import dataclass

import numpy as np

from workbook.methods.appraisal import net_present_value
from workbook.outcome import Outcome
from workbook.text.numbers import format_share
from workbook.topics.savings.appraisal import simulate_npv
from workbook.topics.savings.cash_flow import yearly_cash_flows
from workbook.topics.savings.comparison_phrases import NetBenefit
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.monte_carlo import simulation_quantiles
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.sampling import sample_forecast_level
from workbook.topics.savings.take_up_forecast import TakeUpForecast, read_take_up_forecast

MAXIMUM_SIMULATIONS = 100_000
"""Most simulations of the second answer. With these a probability has a standard error of at most
0.2 points."""


@dataclass(frozen=True, eq=False)
class ForecastAnswer:
    """Appraisal of the scenario with the take-up topic's forecast in place of its target.

    Attributes:
        forecast: The forecast.
        initial_take_up: The scenario's starting take-up.
        final_take_up: Central forecast of take-up at the end of the appraisal.
        npv: Net present value at the central forecast, in pounds.
        interval: P10 and P90 of the simulations, in pounds.
        probability: Share of simulations with a positive net present value. None if take-up is held
            level beyond the tested horizon, as the simulations leave out how it may change there.
        undiscounted: Benefits less costs at the central forecast, not discounted, in pounds.
    """

    forecast: TakeUpForecast
    initial_take_up: float
    final_take_up: float
    npv: float
    interval: tuple[float, float]
    probability: float | None
    undiscounted: float

    @property
    def is_level(self) -> bool:
        """Whether take-up stays as it is, as readers see it."""
        return format_share(self.initial_take_up) == format_share(self.final_take_up)

    @property
    def net_benefit(self) -> NetBenefit:
        """The net present value, with what the simulations say about it."""
        return NetBenefit(self.npv, *self.interval, self.probability)


def appraise_on_forecast(
    scenario: Savings, inputs: AppraisalInputs, sampled: AppraisalInputs, take_up: Outcome | None
) -> ForecastAnswer | None:
    """Appraise a scenario with the take-up topic's forecast.

    Args:
        scenario: The scenario.
        inputs: Point values.
        sampled: Simulations of the uncertain inputs.
        take_up: Outcome of the take-up topic, if there is one.

    Returns:
        The answer; None if there is no forecast.
    """
    forecast = None if take_up is None else read_take_up_forecast(take_up, scenario)
    if forecast is None:
        return None
    central = inputs.follow_forecast(forecast)
    level = sample_forecast_level(scenario, forecast)
    npv_draws = simulate_npv(
        sampled.follow_forecast(forecast, level).first_draws(MAXIMUM_SIMULATIONS)
    )
    low, _, high = simulation_quantiles({"npv": npv_draws})["npv"].tolist()
    net = [float(year.net_saving - year.total_cost) for year in yearly_cash_flows(central)]
    return ForecastAnswer(
        forecast,
        float(central.initial_take_up),
        float(central.final_take_up),
        float(net_present_value(net, central.discount_factors)),
        (low, high),
        float(np.mean(npv_draws > 0)) if forecast.is_tested else None,
        sum(net),
    )
