"""Whether take-up has reached its target, or would, as far as forecasts are tested."""

from dataclasses import dataclass

import pandas as pd

from workbook.methods.backtest import NAIVE_MODEL
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to
from workbook.topics.take_up.reached import ObservedTakeUp, observe_take_up
from workbook.topics.take_up.service_panel import ServicePanel


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is observed and forecast of take-up against its target.

    Attributes:
        scenario: The scenario.
        panel_forecast: The forecast of the services that reported in every period.
        observed: Take-up of all services that report, and of those services.
        reliability: The table of the reliability of forecasts of all published services, as known
            at the scenario's quarter.
    """

    scenario: TakeUp
    panel_forecast: PanelForecast
    observed: ObservedTakeUp
    reliability: pd.DataFrame

    @property
    def quoted_quarter(self) -> str:
        """The last quarter for which the forecast is tested; the last of all if none is."""
        return self.panel_forecast.tested_quarter or self.panel_forecast.forecast_quarters[-1]

    @property
    def is_out_of_date(self) -> bool:
        """Whether the quarters that can be quoted had ended by the scenario's quarter."""
        return self.quoted_quarter <= self.scenario.quarter

    @property
    def has_forecast_passed(self) -> bool:
        """Whether all quarters of the forecast had ended by the scenario's quarter."""
        return self.panel_forecast.forecast_quarters[-1] <= self.scenario.quarter

    @property
    def quotes_probability(self) -> bool:
        """Whether the target is ahead for all services, and how likely it is can be quoted."""
        target, observed = self.scenario.target, self.observed
        histories = (observed.all_reporting, observed.throughout)
        is_reached = any(history.reached_quarter(target) is not None for history in histories)
        is_tested = self.panel_forecast.tested_probability is not None
        return is_tested and not is_reached and not self.is_out_of_date

    @property
    def target_quarter(self) -> str | None:
        """The quarter from which the services are at the target, as far as it can be quoted.

        Observed, or by the central forecast as far as it is tested. None if there is none.
        """
        quarter = self.panel_forecast.target_quarter()
        if quarter is None or quarter <= self.panel_forecast.panel.quarters[-1]:
            return quarter
        is_quoted = quarter <= self.quoted_quarter and self.panel_forecast.tested_quarter
        return quarter if is_quoted and not self.is_out_of_date else None

    @property
    def probability_in_target_quarter(self) -> float | None:
        """Probability of the target in ``target_quarter``, None if that is observed or unknown."""
        quarter, forecast_quarters = self.target_quarter, self.panel_forecast.forecast_quarters
        if quarter not in forecast_quarters:
            return None
        probabilities = self.panel_forecast.forecast.distribution.probability_at_least(
            self.panel_forecast.target
        )
        return float(probabilities[forecast_quarters.index(quarter)])

    @property
    def target_probability(self) -> float | None:
        """Probability of the target when the forecast ends, None if it is not known."""
        return None if self.is_out_of_date else self.panel_forecast.target_probability

    @property
    def relative_error(self) -> float | None:
        """Back-test error relative to no change, None for a forecast of no change itself."""
        forecast = self.panel_forecast.forecast
        is_no_change = forecast.selected_model == NAIVE_MODEL
        return None if is_no_change else forecast.selected_score.relative_error

    @property
    def interval_coverage(self) -> float | None:
        """Share of past values inside the interval, None where no interval is tested."""
        if not self.panel_forecast.tested_quarter:
            return None
        return self.panel_forecast.forecast.selected_score.interval_coverage

    @property
    def unknown_reason(self) -> str:
        """Why there is no probability when the forecast ends, empty if there is one."""
        if not self.is_out_of_date:
            return self.panel_forecast.untested_reason
        if self.has_forecast_passed:
            end = format_end_month(self.panel_forecast.forecast_quarters[-1])
            return f"{end} has passed and its outcome is not published"
        return (
            f"the figures end with {format_year_to(self.panel_forecast.panel.quarters[-1])}, and a"
            f" forecast from them can be quoted only up to {format_end_month(self.quoted_quarter)}"
        )


def build_outlook(
    scenario: TakeUp,
    counts: ServicePanel,
    panel_forecast: PanelForecast,
    reliability: pd.DataFrame,
) -> Outlook:
    """Gather what is observed and forecast of take-up.

    Args:
        scenario: The scenario.
        counts: The panel of the selected services.
        panel_forecast: Their forecast.
        reliability: The table of the reliability of forecasts.

    Returns:
        The outlook.
    """
    observed = observe_take_up(counts, panel_forecast.panel)
    return Outlook(scenario, panel_forecast, observed, reliability)
