"""Titles and descriptions of charts that have nothing to show, which say what is missing."""

from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_day

_OWN_TABLE = "Upload your own table of consultations to draw it."


def describe_nothing(outcome: Outcome, what: str) -> tuple[str, str]:
    """Say why a chart is empty.

    Args:
        outcome: The outcome.
        what: What no consultation has, such as ``dates``.

    Returns:
        The chart's title and its description.
    """
    day = format_day(last_day_of_quarter(outcome.scenario.quarter))
    count = len(outcome.frame("consultations"))
    if not count:
        text = f"No consultation had opened by {day}"
        return text, f"{text}. Choose a later quarter, or another table of consultations."
    who = "The one consultation has" if count == 1 else f"None of {count:,} consultations has"
    if count == 1:
        return f"{who} no {what}", f"{who} no {what}. {_OWN_TABLE}"
    return f"{who} {what}", f"{who} {what}, so nothing can be drawn. {_OWN_TABLE}"
