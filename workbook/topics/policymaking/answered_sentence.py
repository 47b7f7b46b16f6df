"""The first sentence of policymaking's headline: how many consultations were answered in time."""

from workbook.text.dates import format_day
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.text.numbers import format_number, format_value
from workbook.topics.policymaking.figures import ConsultationFigures
from workbook.topics.policymaking.missing_reasons import describe_not_given
from workbook.topics.policymaking.selection import ConsultationSelection
from workbook.topics.policymaking.status import WAITING


def write_answered_sentence(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    """Write how many consultations were answered in time, as far as it is known.

    Args:
        selection: The selected consultations.
        figures: Their figures.

    Returns:
        A sentence.
    """
    if not figures.total:
        return f"No consultation had opened by {format_day(selection.day)}."
    if not figures.dated:
        reason = capitalise_first(describe_not_given(selection, figures, figures.missing_dates))
        who = choose_form(figures.total, "it was", "they were")
        return f"{reason}, so how fast {who} answered is not known."
    if figures.times.first_answer is None and figures.undated_answers:
        return _undated_sentence(figures)
    if figures.in_time.share is None:
        return _too_early_sentence(figures.closed)
    return _in_time_sentence(selection, figures)


def _undated_sentence(figures: ConsultationFigures) -> str:
    if figures.has_possibly_later_answers:
        return _possibly_later_sentence(figures)
    if figures.answered == figures.closed == 1:
        return "The one closed consultation was answered on a day that is not known."
    dated = figures.answered - figures.undated_answers
    part = capitalise_first(format_part(figures.answered, figures.closed, "consultation"))
    return (
        f"{part} {choose_form(figures.answered, 'was', 'were')} answered, but"
        f" {format_count(dated, 'answer has', 'answers have', none='no', one='only one')} a"
        " date."
    )


def _in_time_sentence(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    in_time, judged = int(figures.in_time.count), int(figures.in_time.total)
    if judged == 1 and not in_time:
        return _one_late_sentence(selection, figures)
    part = capitalise_first(format_part(in_time, judged, "consultation"))
    days = format_value(selection.scenario.standard_days, "days")
    verb = choose_form(in_time or 1, "was", "were")
    return f"{part} {verb} answered within {days}{_describe_waiting(figures)}."


def _possibly_later_sentence(figures: ConsultationFigures) -> str:
    waiting, undated = figures.counts.get(WAITING, 0), figures.undated_answers
    part = format_part(waiting, figures.closed, "consultation")
    verb = choose_form(waiting or 1, "waits", "wait")
    others = format_count(undated, "answer has", "answers have", one="one")
    return f"At least {part} {verb} for an answer: {others} no date."


def _too_early_sentence(closed: int) -> str:
    if not closed:
        return "No consultation had closed, so no answer can be judged."
    if closed == 1:
        return "One consultation had closed, not long enough ago to judge its answer."
    return (
        f"{closed:,} consultations had closed, none of them long enough ago to judge the answers."
    )


def _one_late_sentence(selection: ConsultationSelection, figures: ConsultationFigures) -> str:
    """Say of the only consultation that can be judged how late its answer is."""
    rows = figures.rows
    [late] = rows[rows["in_time"].eq(other=False)].to_dict("records")
    days = format_value(selection.scenario.standard_days, "days")
    subject = "The one closed consultation" if figures.closed == 1 else "One consultation"
    if late["status"] == WAITING:
        waiting = format_value(late["days_waiting"], "days")
        return f"{subject} has waited {waiting} for an answer, longer than {days}."
    return (
        f"{subject} was not answered within {days}: it took"
        f" {format_number(late['days_to_answer'])}."
    )


def _describe_waiting(figures: ConsultationFigures) -> str:
    """How many wait for an answer, as the end of a sentence."""
    waiting = figures.counts.get(WAITING, 0)
    least = "at least " if figures.has_possibly_later_answers and waiting else ""
    text = format_count(waiting, "still waits", "still wait", none="none", one="one")
    return f", and {least}{text}"
