"""Notes on commitments: which are not on track, why others cannot be judged, and the sources."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_month
from workbook.text.grammar import (
    choose_form,
    format_count,
    format_part,
    lower_first,
)
from workbook.topics.delivery.commitments.headline import was_due
from workbook.topics.delivery.commitments.kinds import COMMITMENT
from workbook.topics.delivery.commitments.status import (
    MISSED_PREFIX,
    OFF_TRACK,
    STATUS_UNKNOWN,
)


def commitment_notes(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note which commitments are off track, and why the status of others is not known.

    Args:
        assessed: Assessed commitments.
        day: The day of the assessment.

    Yields:
        A note of one or more sentences.
    """
    for row in assessed[assessed["on_course"] == OFF_TRACK].to_dict("records"):
        label = "Missed" if was_due(row["target_date"], day) else "Off track"
        commitment = lower_first(str(row["commitment"]))
        reason = str(row["why"]).removeprefix(MISSED_PREFIX)
        yield f"{label}: {commitment}. {reason} {row['reported']}".strip()
    yield from _unknown_status_notes(assessed, day)


def _unknown_status_notes(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    commitments = assessed[assessed["kind"] == COMMITMENT]
    status_unknown = commitments[commitments["on_course"] == STATUS_UNKNOWN]
    without_target = int(status_unknown["target"].isna().sum())
    sentences = []
    if with_target := len(status_unknown) - without_target:
        subject = format_count(with_target, "commitment has", "commitments have", one="One")
        sentences.append(f"{subject} a target but cannot be judged.")
        sentences += _explain_unknown(status_unknown[status_unknown["target"].notna()], day)
    if without_target:
        part = format_part(without_target, len(commitments), "commitment")
        sentences.append(f"The report gives no target for {part}, so progress cannot be assessed.")
    if sentences:
        yield " ".join(sentences)


def _explain_unknown(with_target: pd.DataFrame, day: date) -> Iterator[str]:
    """Say why targets cannot be judged: those that were due, then the others."""
    due = sum(was_due(target_date, day) for target_date in with_target["target_date"])
    others = len(with_target) - due
    undated = int(with_target["target_date"].fillna("").eq("").sum())
    if due and not others:
        yield "This workbook holds no outcome at the due date."
    elif due:
        verb = choose_form(due, "was", "were")
        yield f"For {due} that {verb} due, this workbook holds no outcome."
    if others and others == undated:
        subject = format_count(others, "has", "have", one="one")
        yield f"The other {subject} no due date." if due else "The report gives no due date."
    elif others:
        one = choose_form(others, "the other", "one of the others") if due else "one"
        yield (
            f"To judge {one} we need its current value, its due date and more than one quarter’s"
            " rate."
        )


def followed_note(assessed: pd.DataFrame) -> Iterator[str]:
    """Note how many figures and events the report follows beside its commitments.

    Args:
        assessed: Assessed commitments.

    Yields:
        One note, if there are any.
    """
    if followed := int((assessed["kind"] != COMMITMENT).sum()):
        subject = format_count(followed, "figure or event", "figures and events")
        pronoun = choose_form(followed, "It has", "They have")
        yield (
            f"The report also follows {subject}. {pronoun} no status, because nothing was promised."
        )


def report_vintage_note(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note the newest report and the end of all information, if they are from before a day.

    Args:
        assessed: Assessed commitments.
        day: The day of the assessment.

    Yields:
        One note, if the newest published figure is from before.
    """
    rests_on_dashboard = assessed["rests_on"].str.contains("exemplars.", regex=False)
    published, derived = assessed[~rests_on_dashboard], assessed[rests_on_dashboard]
    if published.empty or (report_end := _newest_period_end(published)) >= day:
        return
    newest_source = published["source"].iloc[published["period"].map(period_end).argmax()]
    month = format_month(report_end)
    sentences = [f"The latest report held is the {newest_source}, with figures to {month}."]
    information_end = report_end
    if len(derived) and (dashboard_end := _newest_period_end(derived)) > report_end:
        sentences.append("Later figures come only from the dashboard.")
        information_end = dashboard_end
    if f"{information_end:%Y-%m}" < f"{day:%Y-%m}":
        month = format_month(information_end)
        sentences.append(f"No information on commitments or services after {month} is held.")
    yield " ".join(sentences)


def _newest_period_end(assessed: pd.DataFrame) -> date:
    newest: date = assessed["period"].map(period_end).max()
    return newest
