"""Days from closing to an answer, where some consultations are not answered yet (Kaplan–Meier)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.survival import SurvivalCurve, kaplan_meier
from workbook.topics.policymaking.status import ANSWERED, UNDATED_STATUSES, WAITING

FIRST_ANSWER: Final = "First answer: feedback or outcome"
OUTCOME: Final = "Outcome"

_MEDIAN_COLUMNS = (
    "answer",
    "median",
    "median_low",
    "median_high",
    "median_answered",
    "consultations",
    "completed",
    "at_risk",
)


@dataclass(frozen=True, eq=False)
class AnswerTimes:
    """How long answers take, by consultations that have closed.

    Attributes:
        first_answer: Survival of not being answered, by days since closing. None where most answers
            have no date: without them, those still waiting would weigh too much.
        outcome: The same until the outcome.
        undated: Closed consultations that were answered on a day that is not known. They are left
            out: neither answered on a day nor still waiting.
        waiting: Closed consultations without an answer.
    """

    first_answer: SurvivalCurve | None
    outcome: SurvivalCurve | None
    undated: int
    waiting: int


def estimate_answer_times(rows: pd.DataFrame) -> AnswerTimes:
    """Estimate how long answers take.

    Args:
        rows: Consultations from ``consultations_as_of``.

    Returns:
        The curves. A consultation without an answer is censored at the day of the analysis. One
        that was answered, but not with an outcome, is so for the outcome.
    """
    status = rows["status"].to_numpy(object)
    to_answer, to_outcome, since_closing, waited = (
        rows[name].to_numpy(float)
        for name in ("days_to_answer", "days_to_outcome", "days_since_closing", "days_waiting")
    )
    undated = int(np.isin(status, UNDATED_STATUSES).sum())
    waiting = status == WAITING
    is_dated = ~np.isnan(to_answer) & (status == ANSWERED)
    has_outcome = is_dated & ~np.isnan(to_outcome)
    is_without_outcome = (is_dated & ~has_outcome) | waiting
    return AnswerTimes(
        _estimate_curve(to_answer[is_dated], waited[waiting], undated),
        _estimate_curve(to_outcome[has_outcome], since_closing[is_without_outcome], undated),
        undated,
        int(waiting.sum()),
    )


def _estimate_curve(
    completed: FloatArray, censored: FloatArray, undated: int
) -> SurvivalCurve | None:
    if undated > completed.size or not (completed.size or censored.size):
        return None
    return kaplan_meier(completed, censored)


def medians_table(times: AnswerTimes) -> pd.DataFrame:
    """Median days to the first answer and to the outcome.

    Args:
        times: The estimates.

    Returns:
        A row for each with a curve: the median and its 95% confidence interval, the median of the
        answered consultations alone, and the numbers that it rests on. NaN where not reached.
    """
    rows = [
        (
            name,
            curve.median,
            curve.median_low,
            curve.median_high,
            curve.median_completed_only,
            curve.subject_count,
            curve.completed_count,
            curve.at_risk_at_median,
        )
        for name, curve in ((FIRST_ANSWER, times.first_answer), (OUTCOME, times.outcome))
        if curve
    ]
    return pd.DataFrame(rows, columns=list(_MEDIAN_COLUMNS)).astype(
        dict.fromkeys(_MEDIAN_COLUMNS[1:5], float)
    )
