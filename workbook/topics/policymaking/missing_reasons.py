"""Why an indicator of policymaking has no value: what exactly is not given."""

from workbook.text.dates import format_day
from workbook.text.grammar import choose_form, format_count, format_part, lower_first
from workbook.text.numbers import format_share, format_value
from workbook.topics.policymaking.figures import ConsultationFigures
from workbook.topics.policymaking.selection import ConsultationSelection
from workbook.topics.policymaking.staffing import Staffing

_NOT_REACHED = "not reached"


def missing_reasons(
    selection: ConsultationSelection, figures: ConsultationFigures, staffing: Staffing
) -> dict[str, str]:
    """Say why an indicator has no value, should it have none.

    Args:
        selection: The selected consultations.
        figures: Their figures.
        staffing: The queue.

    Returns:
        Reasons by indicator, also of those with a value.
    """
    no_dates = describe_not_given(selection, figures, figures.missing_dates)
    none_closed = _none_closed(selection, figures)
    no_responses = describe_not_given(selection, figures, "numbers of responses")
    no_changes = describe_not_given(selection, figures, "numbers of proposals changed")
    unstable = describe_growing_queue(staffing)
    return {
        **dict.fromkeys(
            ("consultations_open", "consultations_closed", "consultations_awaiting_response"),
            no_dates,
        ),
        "median_days_open": none_closed,
        "share_open_long_enough": none_closed,
        "median_days_to_response": _no_median_reason(selection, figures),
        "share_answered_in_time": _no_share_in_time_reason(selection, figures),
        "responses_median": no_responses,
        "responses_total": no_responses,
        "share_online": describe_not_given(selection, figures, "numbers of online responses"),
        "proposals_changed_share": no_changes,
        **dict.fromkeys(("expected_share_in_time", "mean_wait_days", "wait_probability"), unstable),
        "analysts_for_target": describe_unreachable_target(staffing),
    }


def missing_labels(figures: ConsultationFigures) -> dict[str, str]:
    """Say that a median is not reached, rather than not known.

    Args:
        figures: The figures.

    Returns:
        Labels by indicator, where they are not those of the definition.
    """
    has_curve = figures.times.first_answer is not None
    return {
        "expected_share_in_time": "cannot keep up",
        "mean_wait_days": "grows without end",
        "wait_probability": "cannot keep up",
        "analysts_for_target": "cannot be reached",
    } | ({"median_days_to_response": _NOT_REACHED} if has_curve else {})


def describe_growing_queue(staffing: Staffing) -> str:
    """Say that the analysts are too few for the consultations.

    Args:
        staffing: The queue.

    Returns:
        The reason, as a clause.
    """
    queue = staffing.queue
    analysts = format_count(queue.servers, "analyst")
    return (
        f"{analysts} {choose_form(queue.servers, 'is', 'are')} too few: the queue grows without"
        f" bound, and at least {staffing.fewest_analysts:,} are needed to keep up"
    )


def describe_unreachable_target(staffing: Staffing) -> str:
    """Say that the work on one answer alone takes too long for the target.

    Args:
        staffing: The queue.

    Returns:
        The reason, as a clause.
    """
    return (
        f"even if no consultation waits, {format_share(staffing.most_share)} are answered in time,"
        f" fewer than {format_share(staffing.target_share)}"
    )


def _describe_these(figures: ConsultationFigures) -> str:
    """Name the selected consultations: ``the 4 consultations listed``."""
    return f"the {format_count(figures.total, 'consultation', one='one')} listed"


def describe_not_given(
    selection: ConsultationSelection, figures: ConsultationFigures, what: str
) -> str:
    """Say what the report or the table does not give for any of the consultations.

    Args:
        selection: The selected consultations.
        figures: Their figures.
        what: What is not given, such as ``dates``.

    Returns:
        The reason, as a clause.
    """
    if not figures.total:
        return f"no consultation had opened by {format_day(selection.day)}"
    source = lower_first(selection.source)
    return f"{source} gives no {what} for {_describe_these(figures)}"


def _none_closed(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    """Say that no consultation is known to have been open for some days and closed."""
    if not figures.dated:
        return describe_not_given(selection, figures, figures.missing_dates)
    if not figures.closed:
        return f"none had closed by {format_day(selection.day)}"
    return describe_not_given(selection, figures, "opening dates")


def _no_median_reason(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    curve, undated = figures.times.first_answer, figures.undated_answers
    if curve is not None:
        verb = choose_form(curve.completed_count or 1, "has", "have")
        return (
            f"{curve.completed_count:,} of {curve.subject_count:,} {verb} been answered on a known"
            " date, and a median needs half"
        )
    if undated:
        return _undated_reason(selection, figures)
    return _none_closed(selection, figures)


def _undated_reason(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    dated, answers = figures.answered - figures.undated_answers, figures.answered
    if answers == 1:
        return f"{lower_first(selection.source)} gives no date for the one answer"
    return (
        f"{lower_first(selection.source)} gives a date for {format_part(dated, answers, 'answer')}"
    )


def _no_share_in_time_reason(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    if figures.times.first_answer is None and figures.undated_answers:
        return _undated_reason(selection, figures)
    if figures.closed and figures.not_due:
        days = format_value(selection.scenario.standard_days, "days")
        return f"no consultation had been closed for {days} by {format_day(selection.day)}"
    return _none_closed(selection, figures)
