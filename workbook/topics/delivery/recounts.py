"""The figures of commitments that are computed from the exemplars' tables, by their names."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from workbook.quarters import last_day, later, quarter_of
from workbook.topics.delivery.accounts import printed
from workbook.topics.delivery.exemplars import known_to, listed, recounted, time_to_live
from workbook.topics.delivery.phases import DISCOVERY, LIVE


class Known(NamedTuple):
    """A value with the month or day of which it is, and what the quarter up to then added."""

    value: float
    period: str
    added: float | None = None


Recount = Callable[[date], Known | None]
"""What is known by a day; None where nothing is."""


def recounts(
    commitments: pd.DataFrame, phases: pd.DataFrame, milestones: pd.DataFrame
) -> Mapping[str, Recount]:
    """Each figure's recount, by the name by which a commitment rests on it."""

    def discovery_printed(_: date) -> Known | None:
        said = printed(commitments)
        return said and Known(said.counts[DISCOVERY], f"{said.day:%Y-%m}")

    def live_listed(day: date) -> Known | None:
        found = listed(phases, day)
        if found.empty:
            return None
        return Known(int((found["phase"] == LIVE).sum()), str(found["as_of"].iloc[0]))

    def live_by_milestones(day: date) -> Known | None:
        live = _live(milestones, day)
        if live is None:
            return None
        period = known_to(milestones, day)
        before = _live(milestones, last_day(later(quarter_of(period), -1)))
        return Known(live, period, None if before is None else live - before)

    def median_months_to_live(day: date) -> Known | None:
        found = time_to_live(milestones, day)
        if found is None or found.median is None:
            return None
        return Known(found.median, known_to(milestones, day))

    own = (discovery_printed, live_listed, live_by_milestones, median_months_to_live)
    return {f"exemplars.{recount.__name__}": recount for recount in own}


def _live(milestones: pd.DataFrame, day: date) -> int | None:
    dated = recounted(milestones, day)
    return None if dated.empty else int((dated == LIVE).sum())
