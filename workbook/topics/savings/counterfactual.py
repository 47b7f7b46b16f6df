"""The counterfactual: what take-up is assumed to be without the move."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.numbers import format_points
from workbook.topics.savings.findings import Findings


def counterfactual_notes(findings: Findings) -> Iterator[str]:
    """Say that the whole change of take-up counts as due to the move, and what it did by itself.

    Args:
        findings: What the note is written from.

    Yields:
        A note, or none if take-up stays as it is.
    """
    if findings.is_level:
        return
    change, start = "rise" if findings.is_rising else "fall", findings.take_up_ends[0]
    sentences = (
        f"The whole {change} is counted as due to the move.",
        f"Without it, take-up is assumed to stay at {start}, which nothing here shows.",
        *_recent_change_sentence(findings),
    )
    yield " ".join(sentences)


def _recent_change_sentence(findings: Findings) -> Iterator[str]:
    """How take-up has changed within services, where it has."""
    take_up, latest = findings.take_up, findings.latest_take_up
    if take_up is None or latest is None:
        return
    points = format_points(take_up["change_within"].number or 0.0)
    size = points.lstrip("+−")
    if points == size:
        return
    subject = "Its" if findings.scenario.service else "At unchanged mix,"
    verb = "rose" if points.startswith("+") else "fell"
    unit = "point" if size == "1.0" else "points"
    yield (
        f"{subject} reported take-up {verb} by {size} {unit} in the year to"
        f" {format_month(latest.window_end)}."
    )
