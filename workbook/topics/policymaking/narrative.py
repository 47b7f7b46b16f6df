"""Sentences about policymaking: the headline and the notes."""

from collections.abc import Iterator

from workbook.text.dates import format_day
from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    format_count,
)
from workbook.text.numbers import format_number, format_share, format_value
from workbook.topics.policymaking.answered_sentence import write_answered_sentence
from workbook.topics.policymaking.figures import ConsultationFigures
from workbook.topics.policymaking.missing_reasons import (
    describe_growing_queue,
    describe_unreachable_target,
)
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.selection import ConsultationSelection
from workbook.topics.policymaking.staffing import Staffing
from workbook.topics.policymaking.status import DATES_MISSING, WAITING

_STANDARD_YEAR = 2016
"""Year of the first Consultation Principles that set a time for the answer."""


def write_policymaking_headline(
    selection: ConsultationSelection, figures: ConsultationFigures, staffing: Staffing
) -> str:
    """Write the main result in at most 35 words.

    Args:
        selection: The selected consultations.
        figures: Their figures.
        staffing: The queue.

    Returns:
        How many were answered in time, as far as it is known, and how many analysts are needed.
    """
    answered = write_answered_sentence(selection, figures)
    return f"{answered} {_staffing_sentence(staffing, selection.scenario)}"


def _staffing_sentence(staffing: Staffing, scenario: Policymaking) -> str:
    needed, year = staffing.analysts_for_target, scenario.consultations_a_year
    if needed is None:
        most = format_share(staffing.most_share)
        return f"By assumption, no number of analysts answers more than {most} in time."
    return (
        f"By assumption, {format_count(year, 'consultation')} a year"
        f" {choose_form(year, 'needs', 'need')} {format_count(needed, 'analyst')} to answer"
        f" {format_share(staffing.target_share)} in time."
    )


def write_policymaking_notes(
    selection: ConsultationSelection, figures: ConsultationFigures, staffing: Staffing
) -> Iterator[str]:
    """Write the notes, the most important first: only the first three stand beside the answer.

    Args:
        selection: The selected consultations.
        figures: Their figures.
        staffing: The queue.

    Yields:
        A note of one or more sentences.
    """
    yield from _missing_dates_note(selection, figures)
    yield from _open_without_closing_date_note(figures)
    yield _queue_note(staffing, selection)
    yield from _undated_answers_note(selection, figures)
    yield from _not_due_note(selection, figures)
    yield from _slow_answers_note(figures)
    yield from _later_note(selection)
    yield from _standard_note(selection)
    yield (
        "The staffing figures are a model: each analyst answers one consultation at a time, in the"
        " order in which they close. Times vary at random. Teams that share or split the work will"
        " differ."
    )


def _missing_dates_note(
    selection: ConsultationSelection, figures: ConsultationFigures
) -> Iterator[str]:
    missing = figures.counts.get(DATES_MISSING, 0)
    if not missing:
        return
    if missing < figures.total:
        subject = format_count(missing, "consultation has", "consultations have", one="One")
        counts = choose_form(missing, "counts", "count")
        dates = figures.missing_dates.replace("dates", choose_form(missing, "date", "dates"))
        dates = "usable dates" if figures.missing_dates == "dates" else dates
        yield f"{subject} no {dates} and {counts} as neither open nor closed."
        return
    them = choose_form(missing, "this consultation", f"these {missing:,} consultations")
    yield (
        f"{selection.source} gives no {figures.missing_dates} for {them}. It gives no responses, no"
        " channels and no answers either. Upload your own table of consultations to see how long"
        " they take."
        if figures.responses.empty
        else f"{selection.source} gives no {figures.missing_dates} for {them}."
    )


def _open_without_closing_date_note(figures: ConsultationFigures) -> Iterator[str]:
    if count := figures.open_without_closing_date:
        subject = format_count(count, "consultation has", "consultations have", one="One")
        yield (
            f"{subject} opened and {choose_form(count, 'has', 'have')} no closing date."
            f" {choose_form(count, 'It counts', 'They count')} as open."
        )


def _queue_note(staffing: Staffing, selection: ConsultationSelection) -> str:
    queue = staffing.queue
    analysts = format_count(queue.servers, "analyst")
    if not queue.is_stable:
        return f"{capitalise_first(describe_growing_queue(staffing))}."
    share = format_share(queue.share_completed_within(staffing.standard_years))
    days = format_value(selection.scenario.standard_days, "days")
    text = (
        f"With {analysts}, {share} of answers are expected within {days}. The analysts are busy for"
        f" {format_share(queue.utilisation)} of their time."
    )
    if staffing.analysts_for_target is None:
        return f"{text} The target is out of reach: {describe_unreachable_target(staffing)}."
    return text


def _undated_answers_note(
    selection: ConsultationSelection, figures: ConsultationFigures
) -> Iterator[str]:
    undated = figures.undated_answers
    if not undated:
        return
    subject = format_count(undated, "answer has", "answers have", one="One")
    them = choose_form(undated, "It is", "They are")
    left_out = f"{them} left out of the time to answer and of the share answered in time"
    if figures.has_possibly_later_answers:
        waiting = format_count(
            figures.counts.get(WAITING, 0), "consultation waits", "consultations wait"
        )
        yield (
            f"{subject} no date. {choose_form(undated, 'It', 'They')} may have been published after"
            f" {format_day(selection.day)}, so at least {waiting}. {left_out}."
        )
        return
    yield (
        f"{subject} no date. {left_out}, and {choose_form(undated, 'does', 'do')} not count as"
        " waiting."
    )


def _not_due_note(selection: ConsultationSelection, figures: ConsultationFigures) -> Iterator[str]:
    if not figures.not_due:
        return
    days = format_value(selection.scenario.standard_days, "days")
    closed = format_count(figures.not_due, "consultation", one="One")
    yield (
        f"{closed} closed less than {days} before {format_day(selection.day)}."
        f" {choose_form(figures.not_due, 'It does', 'They do')} not count in the share answered in"
        " time yet, whether answered or not."
    )


def _slow_answers_note(figures: ConsultationFigures) -> Iterator[str]:
    curve = figures.times.first_answer
    if curve is None or curve.median is None or curve.median_completed_only is None:
        return
    waiting = curve.subject_count - curve.completed_count
    if not waiting or curve.median == curve.median_completed_only:
        return
    yield (
        f"The median time to an answer is {format_value(curve.median, 'days')}. The answered"
        f" consultations alone would show {format_number(curve.median_completed_only)}, because the"
        " slowest are still waiting."
    )


def _later_note(selection: ConsultationSelection) -> Iterator[str]:
    if selection.opened_later and len(selection.rows):
        later = format_count(selection.opened_later, "consultation", one="One")
        yield (
            f"{later} in the table opened after {format_day(selection.day)} and"
            f" {choose_form(selection.opened_later, 'is', 'are')} not known yet. Choose a later"
            " quarter to include more."
        )


def _standard_note(selection: ConsultationSelection) -> Iterator[str]:
    """Say that a standard is applied to years before it was published."""
    scenario = selection.scenario
    is_default = scenario.standard_days == scenario.parameters()["standard_days"].default
    if is_default and selection.day.year < _STANDARD_YEAR:
        yield (
            f"The 12 weeks to answer in were first published in {_STANDARD_YEAR}. Earlier"
            " consultations are measured against them, although no time had been set then."
        )
