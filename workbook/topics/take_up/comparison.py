"""Two windows compared: what take-up and cost did, as published and like for like."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.basket import Basket, basket
from workbook.methods.decomposition import Decomposition, decomposition
from workbook.quarters import QUARTERS_A_YEAR, later, quarter_of
from workbook.scenario import Problem, ScenarioError
from workbook.topics.take_up.counts import Counts


@dataclass(frozen=True, eq=False)
class Comparison:
    """The services' latest window (``after``) beside an earlier one (``before``).

    ``before`` is None where the table has no such window; then there is nothing to compare, and the
    figures of the change are None.
    """

    counts: Counts
    quarter_before: str
    before: int | None
    after: int

    @cached_property
    def change(self) -> Decomposition:
        """Take-up before and after, and the parts of its change."""
        return decomposition(
            self._at(self.counts.volume, self.before),
            self._at(self.counts.digital, self.before),
            self._at(self.counts.volume, self.after),
            self._at(self.counts.digital, self.after),
        )

    @cached_property
    def basket(self) -> Basket:
        """Costs of the services that have volume and cost in both windows."""
        return basket(
            self._at(self.counts.volume, self.before),
            self._at(self.counts.cost, self.before),
            self._at(self.counts.volume, self.after),
            self._at(self.counts.cost, self.after),
        )

    @property
    def window_before(self) -> str:
        """Month in which the earlier window ends; empty where there is none."""
        return "" if self.before is None else self.counts.windows[self.before]

    @property
    def window_after(self) -> str:
        """Month in which the later window ends."""
        return self.counts.windows[self.after]

    @cached_property
    def services(self) -> pd.DataFrame:
        """A row for each service that reports in either window, the largest first."""
        rows = self._rows()
        return rows.sort_values("volume", ascending=False, kind="stable", ignore_index=True)

    def median_cost(self) -> float | None:
        """Median cost per transaction of the services that have volume and cost, in £."""
        counts = self.counts
        costs = counts.cost[:, self.after][counts.volume[:, self.after] > 0]
        costs = costs[~np.isnan(costs)]
        return float(np.median(costs)) if len(costs) else None

    def _rows(self) -> pd.DataFrame:
        counts, after = self.counts, self.after
        reports = counts.reports
        before = np.full(len(reports), fill_value=False)
        if self.before is not None:
            before = reports[:, self.before]
        shown = before | reports[:, after]
        rows = pd.DataFrame({"service": counts.labels})
        rows = rows.assign(
            organisation=counts.services["organisation"],
            department=counts.services["department"],
            reported=_reported(before, reports[:, after]),
            volume=counts.volume[:, after],
            take_up_before=np.nan if self.before is None else counts.take_up(self.before),
            take_up=counts.take_up(after),
            cost_before=self._at(counts.cost, self.before),
            cost=counts.cost[:, after],
        )
        rows = rows.assign(change=rows["take_up"] - rows["take_up_before"])
        rows = rows.assign(moved=self._moved(rows, before))
        return rows[shown].reset_index(drop=True)

    def _moved(self, rows: pd.DataFrame, before: BoolArray) -> "pd.Series[float]":
        """Each matched service's part of the change within services, as a fraction of 1."""
        volume = self._at(self.counts.volume, self.before)
        matched = before & rows["take_up"].notna().to_numpy()
        weight = np.where(matched, volume, np.nan)
        return rows["change"] * weight / np.nansum(weight) if matched.any() else rows["change"]

    def _at(self, figures: FloatArray, place: int | None) -> FloatArray:
        return np.full(len(figures), np.nan) if place is None else figures[:, place]


def compare(counts: Counts, quarter_before: str) -> Comparison:
    """The latest window in which these services report beside that of ``quarter_before``.

    Blank is four quarters earlier. Raises ScenarioError where that is not before the latest, and
    ValueError where no service reports in any window.
    """
    after = counts.latest()
    if after is None:
        msg = "no service reports in any window: there is nothing to compare"
        raise ValueError(msg)
    latest = quarter_of(counts.windows[after])
    quarter_before = quarter_before or later(latest, -QUARTERS_A_YEAR)
    if quarter_before >= latest:
        message = (
            f"compare_with is {quarter_before}: the latest figures of these services are those of "
            f"{latest}, so it must be an earlier quarter."
        )
        raise ScenarioError([Problem("compare_with", quarter_before, message)])
    return Comparison(counts, quarter_before, counts.ending_in(quarter_before), after)


def _reported(before: BoolArray, after: BoolArray) -> list[str]:
    said = {(True, True): "in both", (False, True): "later only", (True, False): "earlier only"}
    return [said.get((bool(b), bool(a)), "") for b, a in zip(before, after, strict=True)]
