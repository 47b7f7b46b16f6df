"""One service by itself: its windows, whether they are more than chance, its go-live, its path."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook import words
from workbook.methods.control import Control, xmr
from workbook.methods.interruption import Interruption, interruption
from workbook.quarters import QUARTERS_A_YEAR, between, later, period_end, quarter_of
from workbook.scenario import Problem, ScenarioError
from workbook.scenario import said as quoted
from workbook.topics.take_up.comparison import Comparison
from workbook.topics.take_up.counts import Counts
from workbook.topics.take_up.outlook import Outlook, outlook
from workbook.topics.take_up.scenario import TakeUp
from workbook.topics.take_up.selection import named

SAID = ("department", "organisation", "function", "funding")
LIKELY = 0.95
"""The interval in which the effect of going live is given."""


@dataclass(frozen=True, eq=False)
class Detail:
    """A service's figures: one row in ``counts``.

    ``control`` is None where it reports in no two neighbouring windows; ``go_live`` has the months
    of its phases, where they are known; ``effect`` is None where the first lies outside its
    windows.
    """

    label: str
    counts: Counts
    outlook: Outlook
    control: Control | None
    go_live: dict[str, str]
    effect: Interruption | None

    def history(self) -> pd.DataFrame:
        """A row a window: volume, digital, take-up, cost, and how it stands to the limits."""
        counts, control = self.counts, self.control
        reports = counts.reports[0]
        limits = np.full(len(reports), None, dtype=object)
        if control is not None:
            limits[reports] = "within"
            limits[control.outside] = "outside"
        rows = pd.DataFrame(
            {
                "window_end": counts.windows,
                "volume": counts.volume[0],
                "digital_volume": counts.digital[0],
                "take_up": counts.take_up(slice(None))[0],
                "cost": counts.cost[0],
                "limits": limits,
                "lower_limit": None if control is None else control.low,
                "mean": None if control is None else control.centre,
                "upper_limit": None if control is None else control.high,
            }
        )
        return rows[rows["volume"].notna()].reset_index(drop=True)

    def facts(self) -> pd.DataFrame:
        """What is known of the service, in words."""
        said = {str(name): str(value) for name, value in self.counts.services.iloc[0].items()}
        rows = [
            ("Service", self.label),
            *((name.capitalize(), said[name]) for name in SAID if said[name]),
            *self._figures(),
            *((f"In {phase} from", month) for phase, month in self.go_live.items()),
            *_effect_in_words(self.effect),
            ("Forecast", self.outlook.told()),
            ("Source", said["source"] or "the table names none"),
        ]
        return pd.DataFrame(rows, columns=["fact", "told"])

    def _figures(self) -> Iterator[tuple[str, str]]:
        """The latest window in which the service reports, and the one a year before."""
        counts, last = self.counts, self.counts.latest()
        if last is None:
            return
        year = period_end(counts.windows[last])
        yield f"Transactions in the year to {year:%B %Y}", f"{counts.volume[0, last]:,.0f}"
        share = words.percent(float(counts.take_up(last)[0]))
        yield "Of them digital", f"{counts.digital[0, last]:,.0f} ({share})"
        before = counts.ending_in(later(quarter_of(counts.windows[last]), -QUARTERS_A_YEAR))
        if before is not None and counts.reports[0, before]:
            yield "A year before", words.percent(float(counts.take_up(before)[0]))
        if not np.isnan(counts.cost[0, last]):
            yield "Cost of a transaction", words.pounds(float(counts.cost[0, last]))


def detail(
    selection: Counts, comparison: Comparison, scenario: TakeUp, go_live: pd.DataFrame
) -> Detail:
    """The figures of the scenario's service, or of the one that moved take-up most.

    Raises ScenarioError where the selection has no such service that reports.
    """
    label = scenario.service or _most_moved(comparison)
    found = named(selection, (label,))
    reports = found & selection.reports.any(axis=1)
    if not reports.any():
        raise ScenarioError([_missing(label, found=bool(found.any()))])
    first = int(np.flatnonzero(reports)[0])
    own = selection.only([first])
    months = _months(own, go_live)
    ahead = outlook(own, scenario)
    return Detail(
        str(selection.labels[first]), own, ahead, _control(own), months, _effect(ahead, months)
    )


def _most_moved(comparison: Comparison) -> str:
    services = comparison.services
    moved = services["moved"].abs().fillna(0.0)
    return str(services["service"].iloc[int(moved.to_numpy().argmax())])


def _missing(label: str, *, found: bool) -> Problem:
    why = (
        "it reports no volume with a digital volume by then"
        if found
        else "it is not among the services selected"
    )
    message = f"service is {quoted(label)}: {why}. Choose one of the list, or none."
    return Problem("service", label, message)


def _control(own: Counts) -> Control | None:
    """Limits from the windows in which it reports; None where no two are a quarter apart.

    Digital above the volume is kept as published, so that the shares may be above 1.
    """
    shares = own.take_up(slice(None))[0]
    first = quarter_of(own.windows[0])
    places = [between(first, quarter_of(end)) for end in own.windows]
    spaced = np.full(places[-1] + 1, np.nan)
    spaced[places] = shares
    if not (~np.isnan(np.diff(spaced))).any():
        return None
    found = xmr(spaced, low=0, high=max(1.0, float(np.nanmax(shares))))
    return replace(found, outside=found.outside[places])


def _months(own: Counts, go_live: pd.DataFrame) -> dict[str, str]:
    said = own.services.iloc[0]
    own_rows = (go_live["organisation"] == said["organisation"]) & (
        go_live["service"] == said["service"]
    )
    rows = go_live[own_rows].sort_values("month")
    return dict(zip(rows["phase"].astype(str), rows["month"].astype(str), strict=True))


def _effect(ahead: Outlook, months: dict[str, str]) -> Interruption | None:
    """The change of level and slope from the first window of which a month was live.

    None where no month is known, or no window lies on either side.
    """
    if not months:
        return None
    start = quarter_of(min(months.values()))
    after = [quarter >= start for quarter in ahead.panel.quarters]
    if not any(after) or all(after):
        return None
    held = ahead.panel
    return interruption(
        np.array(held.digital),
        np.array(held.volume),
        go_live=after.index(True),
        interval=LIKELY,
    )


def _effect_in_words(effect: Interruption | None) -> Iterator[tuple[str, str]]:
    """The change of the odds of being digital: at once, and a year after."""
    if effect is None:
        return
    if effect.failure:
        yield "Effect of that", f"not known: {effect.failure}"
        return
    for what, found, quarters in (
        ("Odds of a digital transaction, at once", effect.level, 1),
        ("Odds, with each further year", effect.slope, QUARTERS_A_YEAR),
    ):
        if found is None:
            continue
        times, low, high = (
            np.exp(quarters * end) for end in (found.estimate, found.low, found.high)
        )
        yield what, f"× {times:.2f} (between {low:.2f} and {high:.2f}, {LIKELY:.0%} interval)"
    now, trend = (words.percent(float(path[-1])) for path in (effect.fitted, effect.without))
    yield "Latest window, against the trend before", f"{now}, where that trend gives {trend}"
