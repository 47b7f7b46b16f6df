"""Sentences about savings: the headline and the notes."""

import math
from collections.abc import Iterator, Mapping

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.periods import financial_year, quarter_of
from workbook.text.numbers import format_money, format_probability, format_share, format_years
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.service_inputs import ServiceInputs

_CONTACT_COST_NOTE = (
    "These are costs of a contact. The Digital Efficiency Report counts services from end to end, "
    "£6 to £9 billion a year: the two are not the same money."
)
_CASH_RELEASING_NOTE = (
    "Only what releases cash is counted. What frees time and space beside it stands with the "
    "figures of each year, and is never added."
)


def write_savings_headline(
    scenario: Savings, inputs: AppraisalInputs, indicators: Mapping[str, Indicator]
) -> str:
    """Write the main results in two sentences.

    Args:
        scenario: The scenario.
        inputs: Point values.
        indicators: The indicators by name.

    Returns:
        The annual saving, and the net present value with its probability of being positive.
    """
    return " ".join(
        [
            _annual_saving_sentence(scenario, inputs, indicators),
            _npv_sentence(scenario, indicators),
        ]
    )


def appraisal_notes(scenario: Savings, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """Note who gains, how the simulations are spread, and in which prices the figures are.

    Args:
        scenario: The scenario.
        indicators: The indicators by name.

    Yields:
        A note of one or two sentences.
    """
    total, fiscal, fee_payers = (
        format_money(float(indicators[name].value or 0))
        for name in ("total_saving", "fiscal_saving", "fee_payer_saving")
    )
    yield (
        f"Of the {total} over all years {fiscal} would be the taxpayer’s and {fee_payers}"
        " fee-payers’: two different things."
    )
    npv, median = (float(indicators[name].value or 0) for name in ("npv", "npv_p50"))
    if median < npv:
        yield (
            f"Half of the draws lie below {format_money(median)}, less than the scenario itself: "
            "costs may turn out higher by more than they may turn out lower."
        )
    yield (
        f"Costs of a contact are taken as published, in prices of 2008 to 2012, and everything "
        f"else as given, in those of {scenario.price_year}: nothing is converted."
    )
    if not scenario.service:
        yield _CONTACT_COST_NOTE
    yield _CASH_RELEASING_NOTE


def service_input_notes(scenario: Savings, service: ServiceInputs) -> Iterator[str]:
    """Note which figures come from the take-up topic.

    Args:
        scenario: The scenario.
        service: Figures from the take-up topic.

    Yields:
        A note of one or two sentences.
    """
    if service.unused_parameters:
        parameters = scenario.parameters()
        labels = "; ".join(
            parameters[name].label for name in parameters if name in service.unused_parameters
        )
        yield f"Taken from the take-up topic, so that the form’s own say nothing: {labels}."
    if scenario.service:
        yield (
            f"How {scenario.service} is paid for is not looked up: the share that is the "
            "taxpayer’s is that of all of government until it is set."
        )
    if service.note:
        yield service.note
    if scenario.curve == "forecast":
        yield (
            "Take-up goes as the take-up topic forecasts it, in each draw at one level of its "
            "range, for ten years at most, and then stays. For all of government that is the path "
            "of the services that report."
        )


def reporting_service_notes(scenario: Savings, take_up: Outcome | None) -> Iterator[str]:
    """Note if no service reports, or if the latest figures are from an earlier quarter.

    Args:
        scenario: The scenario.
        take_up: Outcome of the take-up topic, if there is one.

    Yields:
        A note, or none.
    """
    if take_up is None:
        yield f"No service reports by {scenario.quarter}: the way service by service is absent."
        return
    latest_window_end = str(take_up.frame("windows")["window_end"].iloc[-1])
    if quarter_of(latest_window_end) != scenario.quarter:
        subject = f"of {scenario.service}" if scenario.service else "of services"
        yield f"The latest figures {subject} are of the year to {latest_window_end}."


def _annual_saving_sentence(
    scenario: Savings, inputs: AppraisalInputs, indicators: Mapping[str, Indicator]
) -> str:
    start, end = float(inputs.initial_take_up), float(inputs.final_take_up)
    annual_saving = float(indicators["annual_saving"].value or 0)
    if format_share(start) == format_share(end):
        subject = f"{scenario.service}: take-up" if scenario.service else "Take-up"
        no_change = "is not forecast to move" if scenario.curve == "forecast" else "does not move"
        return f"{subject} {no_change} from {format_share(start)}, and nothing is saved."
    moved_subject = f"{scenario.service}: moving" if scenario.service else "Moving"
    take_up_range = f"{format_share(start)} to {format_share(end)}"
    if scenario.curve == "forecast":
        timing = f"as forecast over {format_years(scenario.horizon)}"
    else:
        first_year = int(scenario.price_year[:4])
        timing = f"by {financial_year(first_year + math.ceil(scenario.years_to_target))}"
    verb = "saves" if annual_saving >= 0 else "is a loss of"
    return (
        f"{moved_subject} take-up from {take_up_range} {timing} {verb}"
        f" {format_money(abs(annual_saving))} a year."
    )


def _npv_sentence(scenario: Savings, indicators: Mapping[str, Indicator]) -> str:
    npv = float(indicators["npv"].value or 0)
    probability = format_probability(float(indicators["probability_npv_positive"].value or 0))
    verdict = "is worth" if npv >= 0 else "costs"
    comparison = "more than it costs" if npv >= 0 else "more than it saves"
    low, high = (
        _format_gain_or_loss(float(indicators[name].value or 0)) for name in ("npv_p10", "npv_p90")
    )
    opening = f"Over {format_years(scenario.horizon)} that {verdict}"
    return (
        f"{opening} {format_money(abs(npv))} {comparison}, at present value in"
        f" {scenario.price_year} prices (likely between {low} and {high}); the chance that it is"
        f" worth its cost is {probability}."
    )


def _format_gain_or_loss(amount: float) -> str:
    return f"a {'gain' if amount >= 0 else 'loss'} of {format_money(abs(amount))}"
