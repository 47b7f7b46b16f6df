"""The indicators of policymaking: their definitions, and how they are built."""

from workbook.indicators import Indicator, IndicatorDefinition, IndicatorValue, build_indicators
from workbook.text.grammar import format_count
from workbook.text.numbers import format_number, format_share, format_value
from workbook.topics.policymaking.figures import ConsultationFigures
from workbook.topics.policymaking.missing_reasons import missing_labels, missing_reasons
from workbook.topics.policymaking.selection import ConsultationSelection
from workbook.topics.policymaking.staffing import DAYS_A_YEAR, Staffing
from workbook.topics.policymaking.status import OPEN, WAITING

_STAFFING_INDICATORS = (
    "analysts_for_target",
    "expected_share_in_time",
    "mean_wait_days",
    "wait_probability",
)
"""Indicators that rest on assumptions alone."""

POLICYMAKING_INDICATORS = (
    IndicatorDefinition(
        "share_answered_in_time",
        "Consultations answered in time",
        "share",
        "higher",
        scenario_label="Consultations answered within {standard_days} days",
    ),
    IndicatorDefinition(
        "median_days_to_response", "Median days from closing to the first answer", "days", "lower"
    ),
    IndicatorDefinition(
        "analysts_for_target",
        "Analysts needed to answer in time",
        "count",
        scenario_label="Analysts needed to answer {target} within {standard_days} days",
    ),
    IndicatorDefinition(
        "consultations_awaiting_response", "Consultations waiting for an answer", "count", "lower"
    ),
    IndicatorDefinition("consultations_open", "Consultations open", "count"),
    IndicatorDefinition("consultations_closed", "Consultations closed", "count"),
    IndicatorDefinition("median_days_open", "Median days open", "days"),
    IndicatorDefinition(
        "share_open_long_enough",
        "Consultations open long enough",
        "share",
        "higher",
        scenario_label="Consultations open for at least {minimum_open_days} days",
    ),
    IndicatorDefinition("responses_median", "Median responses to a consultation", "count"),
    IndicatorDefinition("responses_total", "Total responses", "count"),
    IndicatorDefinition("share_online", "Responses made online", "share", "higher"),
    IndicatorDefinition("proposals_changed_share", "Proposals changed after consultation", "share"),
    IndicatorDefinition(
        "expected_share_in_time",
        "Expected share answered in time",
        "share",
        "higher",
        scenario_label="Expected share answered in time with {analysts}",
    ),
    IndicatorDefinition(
        "mean_wait_days",
        "Mean wait for an analyst",
        "days",
        "lower",
        scenario_label="Mean wait for one of {analysts}",
    ),
    IndicatorDefinition(
        "wait_probability",
        "Share of answers that wait for an analyst",
        "share",
        "lower",
        scenario_label="Share of answers that wait for one of {analysts}",
    ),
)


def policymaking_indicators(
    selection: ConsultationSelection, figures: ConsultationFigures, staffing: Staffing
) -> tuple[Indicator, ...]:
    """Build the indicators.

    Args:
        selection: The selected consultations.
        figures: Their figures.
        staffing: The queue.

    Returns:
        The indicators in the order in which pages show them.
    """
    scenario = selection.scenario
    names = [definition.name for definition in POLICYMAKING_INDICATORS]
    return build_indicators(
        POLICYMAKING_INDICATORS,
        {**_observed_values(figures), **_expected_values(staffing)},
        missing_reasons=missing_reasons(selection, figures, staffing),
        missing_labels=missing_labels(figures),
        notes=_write_notes(figures, scenario.standard_days),
        label_fields={
            "standard_days": scenario.standard_days,
            "minimum_open_days": scenario.minimum_open_days,
            "target": format_share(scenario.target_share),
            "analysts": format_count(scenario.analysts, "analyst"),
        },
        as_of={name: "" if name in _STAFFING_INDICATORS else figures.newest_day for name in names},
    )


def _observed_values(figures: ConsultationFigures) -> dict[str, IndicatorValue]:
    first_answer, responses = figures.times.first_answer, figures.responses
    return {
        "share_answered_in_time": (
            figures.in_time.share if figures.times.first_answer is not None else None
        ),
        "median_days_to_response": first_answer.median if first_answer else None,
        "consultations_awaiting_response": (
            figures.counts.get(WAITING, 0) if figures.dated else None
        ),
        "consultations_open": figures.counts.get(OPEN, 0) if figures.dated else None,
        "consultations_closed": figures.closed if figures.dated else None,
        "median_days_open": figures.median_days_open,
        "share_open_long_enough": figures.open_long_enough.share,
        "responses_median": None if responses.empty else float(responses.median()),
        "responses_total": None if responses.empty else float(responses.sum()),
        "share_online": figures.online.share,
        "proposals_changed_share": figures.changed.share,
    }


def _expected_values(staffing: Staffing) -> dict[str, IndicatorValue]:
    """What the queue gives; nothing of a queue that grows without bound."""
    queue, is_stable = staffing.queue, staffing.queue.is_stable
    return {
        "analysts_for_target": staffing.analysts_for_target,
        "expected_share_in_time": (
            queue.share_completed_within(staffing.standard_years) if is_stable else None
        ),
        "mean_wait_days": queue.mean_wait * DAYS_A_YEAR if is_stable else None,
        "wait_probability": queue.wait_probability if is_stable else None,
    }


def _write_notes(figures: ConsultationFigures, standard_days: int) -> dict[str, str]:
    """What each figure rests on."""
    return {
        "share_answered_in_time": _describe_judged(figures, standard_days),
        "median_days_to_response": _describe_median(figures),
        "consultations_awaiting_response": _describe_least_waiting(figures),
        "share_open_long_enough": _describe_total(figures.open_long_enough.total, "closed"),
        "responses_median": _describe_total(len(figures.responses), "with a count"),
        "responses_total": _describe_total(len(figures.responses), "with a count"),
        "share_online": _describe_total(figures.online_consultations, "with both counts"),
        "proposals_changed_share": (
            f"{format_number(figures.changed.count)} of {format_number(figures.changed.total)}"
            " proposals"
        ),
    }


def _describe_judged(figures: ConsultationFigures, standard_days: int) -> str:
    days = format_value(standard_days, "days")
    judged = (
        f"{figures.in_time.count:,} of {figures.in_time.total:,} that closed {days} ago or more"
    )
    if not figures.undated_answers:
        return judged
    return f"{judged}; {format_count(figures.undated_answers, 'answer')} without a date left out"


def _describe_least_waiting(figures: ConsultationFigures) -> str:
    """Say that more may wait, where answers without a date may be later."""
    if not figures.has_possibly_later_answers:
        return ""
    return f"at least: {format_count(figures.undated_answers, 'answer')} without a date left out"


def _describe_median(figures: ConsultationFigures) -> str:
    curve = figures.times.first_answer
    if curve is None:
        return ""
    answered = f"{curve.completed_count:,} answered of {curve.subject_count:,}"
    ends = (curve.median_low, curve.median_high)
    if ends == (None, None):
        return f"{answered}; too few for a confidence interval"
    low, high = ("not known yet" if end is None else format_number(end) for end in ends)
    return f"{answered}; 95% confidence interval: {low} to {high}"


def _describe_total(count: float, description: str) -> str:
    return f"{format_count(int(count), 'consultation')} {description}"
