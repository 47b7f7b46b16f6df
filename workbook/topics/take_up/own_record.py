"""How far ahead forecasts of the same services could be tested, and what intervals rest on."""

from collections.abc import Iterator

import pandas as pd

from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share

INTERVAL_BASIS = "The interval rests on past forecasts of all published services."
"""What the width of every interval is taken from, however far the same services were tested."""


def own_tested_horizon(quoted: pd.DataFrame) -> int:
    """Quarters ahead as far as past forecasts of the same services were compared with outcomes.

    Args:
        quoted: The rows of a forecast that may be quoted, from the first quarter ahead, with
            ``cases``: the outcomes as far ahead.

    Returns:
        The number of quarters, 0 if no forecast could be tested.
    """
    ahead = pd.Series(range(1, len(quoted) + 1), index=quoted.index)
    return int(ahead[quoted["cases"] > 0].max() if (quoted["cases"] > 0).any() else 0)


def own_record_sentences(quoted: pd.DataFrame, interval: float) -> Iterator[str]:
    """Tell how the same services' past forecasts did, as far ahead as they could be tested.

    Args:
        quoted: The rows of a forecast that may be quoted, from the first quarter ahead, with
            ``cases``, ``coverage`` and ``services``.
        interval: Level of the interval that the outcomes are compared with, between 0 and 1.

    Yields:
        At the horizon that is quoted, if it could be tested; or over all those that could.
    """
    horizon, tested = len(quoted), own_tested_horizon(quoted)
    if not tested:
        services = choose_form(int(quoted["services"].iloc[0]), "this service", "these services")
        yield f"No past forecast of {services} could be tested."
        return
    judged = quoted.iloc[horizon - 1 :] if tested == horizon else quoted.iloc[:tested]
    ahead = format_count(tested, "quarter")
    if tested < horizon:
        owner = choose_form(int(quoted["services"].iloc[0]), "Its", "Their")
        yield f"{owner} own past forecasts could be tested only up to {ahead} ahead."
        ahead = ahead if tested == 1 else f"1 to {ahead}"
    count = int(judged["cases"].sum())
    inside = round(float((judged["cases"] * judged["coverage"].fillna(0.0)).sum()))
    outcomes = f"{count:,} overlapping outcomes" if count > 1 else "1 outcome"
    yield (
        f"Of {outcomes} {ahead} ahead, {inside:,} lay inside the {format_share(interval)} interval."
    )
