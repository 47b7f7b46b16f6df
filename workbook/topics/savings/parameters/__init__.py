"""Parameters of savings: take-up, contact costs, the cost of the move and the appraisal.

Each module adds the parameters of one group to those before it, in the order of the form.
"""

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, Self

from workbook.periods import (
    financial_year,
    financial_year_of,
    is_financial_year,
    last_day_of_quarter,
)
from workbook.scenario import (
    ParameterError,
    ParameterValue,
    Quality,
    parameter,
    simulation,
    split_list,
    value_error,
)
from workbook.scenario.table_parameters import own_table_parameter, table_parameter
from workbook.text.numbers import format_share
from workbook.topics.savings.parameters.contact_costs import (
    CHANNEL_SHARE_PARAMETERS,
    rescale_other_shares,
)
from workbook.topics.savings.parameters.user_benefits import UserBenefitParameters

AuditAnswer = Literal["not known", "yes", "no"]

_AUDIT_GROUP = "Audit tests"
_SHARE_TOLERANCE = 1e-9
"""Allowed difference of the sum of shares from 1, because shares are entered with few digits."""


class Savings(UserBenefitParameters):
    """The parameters of savings, with the ranges of the simulations."""

    baseline_realistic: AuditAnswer = parameter(
        "not known",
        label="Is the baseline realistic?",
        unit="text",
        meaning="Yes if transactions and take-up would be unchanged without the work.",
        group=_AUDIT_GROUP,
    )
    quality_kept: AuditAnswer = parameter(
        "not known",
        label="Is the service as good as before?",
        unit="text",
        meaning="Yes if quality was measured before and after, and is no worse.",
        group=_AUDIT_GROUP,
    )
    not_reallocated: AuditAnswer = parameter(
        "not known",
        label="Is the saving real, not moved elsewhere?",
        unit="text",
        meaning="Yes if the cost is gone, and not moved to another budget or to users.",
        group=_AUDIT_GROUP,
    )
    take_up_data: str = table_parameter("take_up", label="Table of services")
    assisted_data: str = own_table_parameter(
        "assisted_digital_shares",
        label="Table of users at each level",
        meaning=(
            "Share of your services’ users at each level of digital inclusion. It replaces"
            " the share of people who need help."
        ),
    )
    discount_data: str = table_parameter("discount_rates", label="Table of discount rates")
    draws: int = simulation.draws_parameter()
    seed: int = simulation.seed_parameter()

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check that the channel shares add up to 1 and that the price year is a financial year."""
        values = self.values()
        total = math.fsum(float(values[name]) for name in CHANNEL_SHARE_PARAMETERS)
        if abs(total - 1) > _SHARE_TOLERANCE:
            explanation = (
                "phone, post and face to face must add up to 100%."
                f" They add up to {format_share(total)}."
            )
            for name in CHANNEL_SHARE_PARAMETERS:
                share = format_share(float(values[name]))
                message = f"{name} is {share}: {explanation}"
                yield ParameterError(name, values[name], message, explanation)
        if not is_financial_year(self.price_year):
            yield value_error(
                "price_year",
                self.price_year,
                "it must be a financial year, such as 2014-15.",
            )

    @property
    def target_year(self) -> str:
        """The financial year by the end of which take-up reaches its target."""
        return financial_year(int(self.price_year[:4]) + math.ceil(self.years_to_target))

    @property
    def target_has_ended(self) -> bool:
        """Whether that year has ended, so that what was reached is a fact and no probability."""
        current_year = financial_year_of(last_day_of_quarter(self.quarter) + timedelta(days=1))
        return self.curve == "assumed" and self.target_year < current_year

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


def starts_at_report(scenario: Savings) -> bool:
    """Whether take-up starts at the Digital Efficiency Report's figure of November 2012.

    Args:
        scenario: The scenario.

    Returns:
        True if starting take-up is the default, and no service replaces it by its own.
    """
    default = scenario.parameters()["take_up_now"].default
    return not scenario.service and scenario.take_up_now == default


def counts_governments_transition_cost(scenario: Savings) -> bool:
    """Whether one service is charged with the default transition cost of all of government.

    Args:
        scenario: The scenario.

    Returns:
        True if a service is named and the transition cost is the default.
    """
    default = scenario.parameters()["transition_cost"].default
    return bool(scenario.service) and scenario.transition_cost == default
