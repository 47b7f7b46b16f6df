"""Whether take-up has reached its target, or would, as far as forecasts are tested."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_share
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.forecast_notes import ONE_WINDOW_CAVEAT
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.projection import describe_panel, projection_sentences
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to
from workbook.topics.take_up.reached import ObservedTakeUp, observe_take_up
from workbook.topics.take_up.record_notes import record_sentences
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

    @cached_property
    def record(self) -> str:
        """How past forecasts did at the horizon that is quoted; empty if none is tested."""
        return record_sentences(self.panel_forecast, self.reliability, self.scenario.interval)

    @property
    def unknown_reason(self) -> str:
        """Why there is no probability when the forecast ends, empty if there is one."""
        if not self.is_out_of_date:
            return self.panel_forecast.untested_reason
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


def outlook_sentences(outlook: Outlook) -> str:
    """Tell since when take-up has been at the target, or whether it would reach it.

    Args:
        outlook: What is observed and forecast.

    Returns:
        One to four sentences.
    """
    if outlook.panel_forecast.forecast.window_count == 1:
        return f"{capitalise_first(ONE_WINDOW_CAVEAT)}."
    sentences = _reached_sentences(outlook) or _current_sentences(outlook)
    return f"{_out_of_date_sentence(outlook)}{sentences}"


def coherence_note(panel_forecast: PanelForecast) -> Iterator[str]:
    """Note how the forecasts of services relate to the forecast of their total.

    Args:
        panel_forecast: The forecast of the total.

    Yields:
        A note, or none if the total is one service.
    """
    if panel_forecast.panel.services > 1:
        yield (
            "In the tables of services and totals, forecasts of services are adjusted so that they"
            " add up to this one. In past forecasts the total alone was no less accurate than the"
            " sum of its services. The forecast of the service in detail is not adjusted."
        )


def _reached_sentences(outlook: Outlook) -> str:
    """Since when take-up has been at the target; empty if it is below it in both populations."""
    observed, target = outlook.observed, outlook.scenario.target
    since_all = observed.all_reporting.describe_reached(target)
    since_panel = observed.throughout.describe_reached(target)
    services, target_text = describe_panel(outlook.panel_forecast), format_share(target)
    if outlook.panel_forecast.panel.volume_share == 1 and since_all == since_panel:
        return (since_all and f"Take-up has been {target_text} or more since {since_all}.") or ""
    now_all, now_panel = (
        format_share(history.take_up[-1])
        for history in (observed.all_reporting, observed.throughout)
    )
    has_been = "had been" if outlook.is_out_of_date else "has been"
    if since_all and since_panel:
        return (
            f"Across all services that report, take-up {has_been} {target_text} or more since"
            f" {since_all}. In {services} it {has_been} since {since_panel}."
        )
    if since_panel:
        return (
            f"Across all services that report, take-up was {now_all}, below {target_text}. In"
            f" {services} it was {now_panel}, and {target_text} or more since {since_panel}."
        )
    if since_all:
        return (
            f"Across all services that report, take-up was {now_all}, and {target_text} or more"
            f" since {since_all}. In {services} it was {now_panel}."
        )
    return ""


def _out_of_date_sentence(outlook: Outlook) -> str:
    if not outlook.is_out_of_date:
        return ""
    latest = outlook.panel_forecast.panel.quarters[-1]
    return (
        f"The latest figures are for {format_year_to(latest)}, so take-up in"
        f" {format_end_month(outlook.scenario.quarter)} is not known. "
    )


def _current_sentences(outlook: Outlook) -> str:
    """Take-up below the target now, and whether it would reach it."""
    panel_forecast = outlook.panel_forecast
    latest = format_share(panel_forecast.panel.take_up[-1])
    services, target = describe_panel(panel_forecast), format_share(panel_forecast.target)
    if outlook.is_out_of_date:
        return f"In {services} it was {latest} then, below {target}."
    return (
        f"In {services}, take-up is {latest}."
        f" {projection_sentences(panel_forecast, outlook.scenario.interval)}"
    )
