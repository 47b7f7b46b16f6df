"""Everything that the headline, the notes and the tables of a scenario are written from.

An analysis of many scenarios reads indicators only. So what they do not need is calculated when it
is first read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.text.numbers import format_share
from workbook.topics.savings.bottom_up_estimate import BottomUpEstimate, estimate_bottom_up
from workbook.topics.savings.comparison_phrases import NetBenefit, describe_simulations
from workbook.topics.savings.estimates import compare_estimates, estimate_by_channel
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.on_forecast import ForecastAnswer
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.suspect_services import SuspectServices, find_suspect_services
from workbook.topics.savings.target_year import (
    ObservedTakeUp,
    read_latest_take_up,
    read_target_year_take_up,
)
from workbook.topics.savings.user_benefits import user_benefits_table


@dataclass(frozen=True, eq=False)
class Findings:
    """What an appraisal has found.

    Attributes:
        scenario: The scenario.
        inputs: Point values.
        sampled: Simulations of the uncertain inputs.
        indicators: The indicators by name.
        on_forecast: The second answer, None where there is no forecast.
        take_up: Outcome of the take-up topic, None if it has no data.
        tables: The topic's tables.
    """

    scenario: Savings
    inputs: AppraisalInputs
    sampled: AppraisalInputs
    indicators: Mapping[str, Indicator]
    on_forecast: ForecastAnswer | None
    take_up: Outcome | None
    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def suspects(self) -> SuspectServices | None:
        """Services whose digital count is probably missing, None where there are none."""
        return find_suspect_services(self.take_up, self.tables.get("take_up"))

    @cached_property
    def bottom_up_estimate(self) -> BottomUpEstimate | None:
        """Estimate of the annual saving of the services that report, None where none does."""
        target = float(self.inputs.final_take_up)
        return estimate_bottom_up(
            self.tables["efficiency_rates"], self.take_up, target, self.suspects
        )

    @cached_property
    def estimates(self) -> pd.DataFrame:
        """Estimates of the annual saving by method."""
        return compare_estimates(
            estimate_by_channel(self.indicators["annual_saving"], self.inputs),
            self.bottom_up_estimate,
            [] if self.scenario.service else self.tables["cost_ratios"].to_dict("records"),
        )

    @cached_property
    def user_benefits(self) -> pd.DataFrame:
        """What users gain; without rows where it is not counted."""
        return user_benefits_table(self.scenario, self.inputs, self.sampled)

    @cached_property
    def latest_take_up(self) -> ObservedTakeUp | None:
        """Latest observed take-up, None where no service reports."""
        return read_latest_take_up(self.take_up)

    @property
    def target_year_take_up(self) -> ObservedTakeUp | None:
        """Observed take-up in the target year, None where no figures reach it."""
        return read_target_year_take_up(self.take_up, self.scenario.target_year)

    @property
    def take_up_ends(self) -> tuple[str, str]:
        """Take-up at the start and at the end, as percentages."""
        start, end = self.inputs.initial_take_up, self.inputs.final_take_up
        return format_share(float(start)), format_share(float(end))

    @property
    def is_level(self) -> bool:
        """Whether take-up stays as it is, as readers see it."""
        start, end = self.take_up_ends
        return start == end

    @property
    def is_rising(self) -> bool:
        """Whether take-up at the end is above its start."""
        return float(self.inputs.final_take_up) > float(self.inputs.initial_take_up)

    @property
    def follows_forecast(self) -> bool:
        """Whether take-up follows a forecast that changes."""
        return self.scenario.curve == "forecast" and not self.is_level

    @property
    def is_above_target(self) -> bool:
        """Whether take-up is above its target already."""
        return self.scenario.curve == "assumed" and not (self.is_rising or self.is_level)

    @property
    def annual_saving(self) -> float:
        """The saving at the end in pounds a year, below zero for a loss."""
        return self.indicators["annual_saving"].number or 0.0

    def describe_saving_range(self) -> str:
        """The range of the annual saving, or of the loss, in brackets."""
        saving = self.indicators["annual_saving"]
        low, high = saving.low or 0.0, saving.high or 0.0
        return describe_simulations(*((-high, -low) if self.annual_saving < 0 else (low, high)))

    @property
    def net_benefit(self) -> NetBenefit:
        """The net present value, with what the simulations say about it."""
        npv, low, high = (
            self.indicators[name].number or 0.0 for name in ("npv", "npv_p10", "npv_p90")
        )
        probability = self.indicators["probability_npv_positive"].number
        return NetBenefit(npv, low, high, probability, is_past=self.scenario.target_has_ended)
