"""One service by itself: its windows, whether they are more than chance, its go-live, its path."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook.methods.control_chart import ControlLimits, xmr_limits
from workbook.methods.interrupted_time_series import InterruptedTimeSeries, fit_interrupted_series
from workbook.periods import (
    QUARTERS_PER_YEAR,
    period_end,
    quarter_of,
    quarters_between,
    shift_quarter,
)
from workbook.scenario import ParameterError, ScenarioError
from workbook.text.dates import format_month
from workbook.text.numbers import format_money, format_share
from workbook.text.quoting import quote_value
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.forecast import PanelForecast, forecast_panel
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import services_named
from workbook.topics.take_up.service_panel import ServicePanel

_DETAIL_FIELDS = ("department", "organisation", "function", "funding")
_EFFECT_LEVEL = 0.95
"""The interval in which the effect of going live is given."""


@dataclass(frozen=True, eq=False)
class ServiceDetail:
    """A service's figures: one row in ``counts``.

    ``control`` is None where it reports in no two neighbouring windows; ``go_live`` has the months
    of its phases, where they are known; ``effect`` is None where the first lies outside its
    windows.
    """

    label: str
    counts: ServicePanel
    panel_forecast: PanelForecast
    control: ControlLimits | None
    go_live_months: dict[str, str]
    go_live_effect: InterruptedTimeSeries | None

    def window_history(self) -> pd.DataFrame:
        """A row a window: volume, digital, take-up, cost, and how it stands to the limits."""
        counts, control = self.counts, self.control
        reports = counts.is_reporting[0]
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

    def fact_table(self) -> pd.DataFrame:
        """What is known of the service, in words."""
        details = {str(name): str(value) for name, value in self.counts.services.iloc[0].items()}
        rows = [
            ("Service", self.label),
            *((name.capitalize(), details[name]) for name in _DETAIL_FIELDS if details[name]),
            *self._latest_figures(),
            *((f"In {phase} from", month) for phase, month in self.go_live_months.items()),
            *_effect_facts(self.go_live_effect),
            ("Forecast", self.panel_forecast.describe_forecast()),
            ("Source", details["source"] or "the table names none"),
        ]
        return pd.DataFrame(rows, columns=["fact", "told"])

    def _latest_figures(self) -> Iterator[tuple[str, str]]:
        """The latest window in which the service reports, and the one a year before."""
        counts, last = self.counts, self.counts.latest_window()
        if last is None:
            return
        window_end = period_end(counts.windows[last])
        yield (
            f"Transactions in the year to {format_month(window_end)}",
            f"{counts.volume[0, last]:,.0f}",
        )
        share = format_share(float(counts.take_up(last)[0]))
        yield "Of them digital", f"{counts.digital[0, last]:,.0f} ({share})"
        before = counts.window_ending_in(
            shift_quarter(quarter_of(counts.windows[last]), -QUARTERS_PER_YEAR)
        )
        if before is not None and counts.is_reporting[0, before]:
            yield "A year before", format_share(float(counts.take_up(before)[0]))
        if not np.isnan(counts.cost[0, last]):
            yield "Cost of a transaction", format_money(float(counts.cost[0, last]))


def build_service_detail(
    selection: ServicePanel, comparison: WindowComparison, scenario: TakeUp, go_live: pd.DataFrame
) -> ServiceDetail:
    """The figures of the scenario's service, or of the one that moved take-up most.

    Raises ScenarioError where the selection has no such service that reports.
    """
    label = scenario.service or _largest_contributor(comparison)
    matches = services_named(selection, (label,))
    reports = matches & selection.is_reporting.any(axis=1)
    if not reports.any():
        raise ScenarioError([_missing_service_error(label, matched=bool(matches.any()))])
    first = int(np.flatnonzero(reports)[0])
    service_counts = selection.subset_services([first])
    go_live_months = _go_live_months(service_counts, go_live)
    panel_forecast = forecast_panel(service_counts, scenario)
    return ServiceDetail(
        str(selection.service_labels[first]),
        service_counts,
        panel_forecast,
        _control_limits(service_counts),
        go_live_months,
        _go_live_effect(panel_forecast, go_live_months),
    )


def _largest_contributor(comparison: WindowComparison) -> str:
    services = comparison.service_rows
    contributions = services["moved"].abs().fillna(0.0)
    return str(services["service"].iloc[int(contributions.to_numpy().argmax())])


def _missing_service_error(label: str, *, matched: bool) -> ParameterError:
    explanation = (
        "it reports no volume with a digital volume by then"
        if matched
        else "it is not among the services selected"
    )
    message = f"service is {quote_value(label)}: {explanation}. Choose one of the list, or none."
    return ParameterError("service", label, message)


def _control_limits(counts: ServicePanel) -> ControlLimits | None:
    """Limits from the windows in which it reports; None where no two are a quarter apart.

    Digital above the volume is kept as published, so that the shares may be above 1.
    """
    shares = counts.take_up(slice(None))[0]
    first = quarter_of(counts.windows[0])
    positions = [quarters_between(first, quarter_of(end)) for end in counts.windows]
    spaced = np.full(positions[-1] + 1, np.nan)
    spaced[positions] = shares
    if not (~np.isnan(np.diff(spaced))).any():
        return None
    limits = xmr_limits(spaced, low=0, high=max(1.0, float(np.nanmax(shares))))
    return replace(limits, outside=limits.outside[positions])


def _go_live_months(counts: ServicePanel, go_live: pd.DataFrame) -> dict[str, str]:
    details = counts.services.iloc[0]
    service_rows = (go_live["organisation"] == details["organisation"]) & (
        go_live["service"] == details["service"]
    )
    rows = go_live[service_rows].sort_values("month")
    return dict(zip(rows["phase"].astype(str), rows["month"].astype(str), strict=True))


def _go_live_effect(
    panel_forecast: PanelForecast, months: dict[str, str]
) -> InterruptedTimeSeries | None:
    """The change of level and slope from the first window of which a month was live.

    None where no month is known, or no window lies on either side.
    """
    if not months:
        return None
    start = quarter_of(min(months.values()))
    is_live = [quarter >= start for quarter in panel_forecast.panel.quarters]
    if not any(is_live) or all(is_live):
        return None
    panel = panel_forecast.panel
    return fit_interrupted_series(
        np.array(panel.digital),
        np.array(panel.volume),
        go_live=is_live.index(True),
        interval=_EFFECT_LEVEL,
    )


def _effect_facts(effect: InterruptedTimeSeries | None) -> Iterator[tuple[str, str]]:
    """The change of the odds of being digital: at once, and a year after."""
    if effect is None:
        return
    if effect.failure:
        yield "Effect of that", f"not known: {effect.failure}"
        return
    for description, coefficient, quarters in (
        ("Odds of a digital transaction, at once", effect.level_change, 1),
        ("Odds, with each further year", effect.slope_change, QUARTERS_PER_YEAR),
    ):
        if coefficient is None:
            continue
        odds_ratio, low, high = (
            np.exp(quarters * log_odds)
            for log_odds in (coefficient.estimate, coefficient.low, coefficient.high)
        )
        yield (
            description,
            f"× {odds_ratio:.2f} (between {low:.2f} and {high:.2f}, {_EFFECT_LEVEL:.0%} interval)",
        )
    fitted_text, trend_text = (
        format_share(float(path[-1])) for path in (effect.fitted, effect.counterfactual)
    )
    yield (
        "Latest window, against the trend before",
        f"{fitted_text}, where that trend gives {trend_text}",
    )
