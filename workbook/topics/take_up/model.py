"""Is take-up really rising, service by service, and when will it reach its target?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.methods.decomposition import Decomposition
from workbook.outcome import Better, Column, Indicator, Outcome, Unit
from workbook.topics.take_up import telling
from workbook.topics.take_up.comparison import Comparison, compare
from workbook.topics.take_up.counts import Counts
from workbook.topics.take_up.detail import Detail, detail
from workbook.topics.take_up.kpis import service_indicators
from workbook.topics.take_up.outlook import CURVES, Outlook, outlook, percent
from workbook.topics.take_up.scenario import TakeUp
from workbook.topics.take_up.selection import Selection, select

INDICATORS: Mapping[str, tuple[str, Unit, Better]] = {
    "take_up": ("Take-up, as published", "share", "higher"),
    "take_up_matched": ("Take-up, like for like", "share", "higher"),
    "take_up_everything": ("Take-up, nothing left out", "share", "higher"),
    "target_quarter": ("Quarter in which the target is reached", "quarter", ""),
    "probability_of_target": ("Chance of being at the target by the end", "share", "higher"),
    "change_within": ("Change from services themselves", "share", "higher"),
    "change_mix": ("Change from the mix of services", "share", ""),
    "change_interaction": ("Change from both at once", "share", ""),
    "change_entry": ("Change from services new to reporting", "share", ""),
    "change_exit": ("Change from services gone from reporting", "share", ""),
    "services_reporting": ("Services that report", "count", ""),
    "services_matched": ("Services that report in both years", "count", ""),
    "volume_covered": ("Volume of the services that report in both years", "share", "higher"),
    "median_cost_per_transaction": ("Median cost of a transaction", "GBP", "lower"),
    "cost_index": ("Cost of the same transactions (1 is no change)", "index", "lower"),
    "total_cost_matched": ("Cost of the services with both costs", "GBP", ""),
    "forecast_error": (
        "Error of the forecast in the past (1 is that of no change)",
        "index",
        "lower",
    ),
    "interval_coverage": ("Past values inside the likely range", "share", ""),
}
"""What each indicator is called, its unit, and which way is the better one."""

COLUMNS = {
    "part": Column("Part"),
    "value": Column("Value", "share"),
    "department": Column("Department"),
    "organisation": Column("Organisation"),
    "service": Column("Service"),
    "function": Column("Function"),
    "reported": Column("Reports"),
    "window_end": Column("Twelve months to the end of"),
    "volume": Column("Transactions", "count"),
    "digital_volume": Column("Digital transactions", "count"),
    "take_up_before": Column("Take-up before", "share"),
    "take_up": Column("Take-up", "share"),
    "change": Column("Change", "points"),
    "moved": Column("Part of the change within services", "points"),
    "cost_before": Column("Cost of a transaction before", "GBP"),
    "cost": Column("Cost of a transaction", "GBP"),
    "cost_per_transaction": Column("Cost of a transaction", "GBP"),
    "cost_share": Column("Its share of the cost before", "share"),
    "index": Column("Cost of the same transactions (1 is no change)", "index"),
    "quarter": Column("Quarter"),
    "forecast": Column("Forecast", "share"),
    "probability_of_target": Column("Chance of being at the target", "share"),
    "curve": Column("Curve"),
    "windows": Column("Windows known", "count"),
    "error_relative": Column("Error (1 is that of no change)", "index"),
    "pinball": Column("Pinball loss", "share"),
    "coverage": Column("Past values inside the likely range", "share"),
    "cases": Column("Forecasts tested", "count"),
    "shown": Column("Shown"),
    "note": Column("Note"),
    "limits": Column("Against the control limits"),
    "services": Column("Services", "count"),
    "take_up_unaided": Column("Take-up without assisted digital", "share"),
    "take_up_assisted": Column("Take-up with assisted digital", "share"),
    "completion": Column("Completed of those started", "share"),
    "satisfaction_top_two": Column("Satisfied or very satisfied", "share"),
    "satisfaction_mean": Column("Mean rating, from 0 to 100%", "share"),
    "target_quarter": Column("Target reached in"),
    "lower_limit": Column("Lower limit", "share"),
    "mean": Column("Mean", "share"),
    "upper_limit": Column("Upper limit", "share"),
    "fact": Column("What"),
    "told": Column("Figure"),
    "phase": Column("Phase"),
    "month": Column("From"),
}


def model(tables: Mapping[str, pd.DataFrame], scenario: TakeUp) -> Outcome:
    """Outcome of one scenario: two windows compared, the path ahead, one service in detail.

    Raises ScenarioError where the tables have nothing for what the scenario asks.
    """
    counts = Counts.of(tables["take_up"], scenario.definition)
    selection = select(counts, scenario)
    compared = compare(selection.chosen, scenario.compare_with)
    everything = replace(compared, counts=selection.everything)
    ahead = outlook(selection.chosen, scenario)
    one = detail(selection.everything, compared, scenario, tables["service_go_live"])
    indicators = tuple(_indicators(compared, everything, ahead))
    return Outcome(
        scenario=scenario,
        headline=telling.headline(compared, ahead),
        indicators=indicators,
        tables=_tables(selection, compared, ahead, one, tables["service_kpis"]),
        columns=COLUMNS | _interval_columns(ahead),
        notes=tuple(telling.notes(scenario, selection, compared, everything, ahead, one)),
        options=_options(counts, selection),
    )


def _indicators(
    compared: Comparison, everything: Comparison, ahead: Outlook
) -> Iterator[Indicator]:
    values = {
        **_change(compared.change),
        "take_up_everything": everything.change.headline_after,
        "median_cost_per_transaction": compared.median_cost(),
        "cost_index": compared.basket.index,
        "total_cost_matched": compared.basket.total_after,
        "target_quarter": ahead.target_quarter(),
        "probability_of_target": ahead.probability,
        "forecast_error": ahead.forecast.score.error_relative,
        "interval_coverage": ahead.forecast.score.coverage,
    }
    missing = telling.missing(compared, ahead)
    for name, (text, unit, better) in INDICATORS.items():
        value = values[name]
        reason = missing[name] if value is None else ""
        label = telling.label(name, text, ahead)
        yield Indicator(
            name,
            label,
            unit,
            value,
            reason=reason,
            better=better,
            difference=name.startswith("change_"),
            absent=telling.absent(name, ahead),
        )


def _change(change: Decomposition) -> dict[str, float | str | None]:
    return {
        "take_up": change.headline_after,
        "take_up_matched": change.matched_after,
        **{f"change_{part}": getattr(change, part) for part in telling.PARTS},
        "services_reporting": change.services_after,
        "services_matched": change.services_matched,
        "volume_covered": change.volume_covered,
    }


def _tables(
    selection: Selection, compared: Comparison, ahead: Outlook, one: Detail, kpis: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    return {
        "forecast": ahead.table(),
        "services": compared.services,
        "change": _parts(compared),
        "cost": _costs(compared),
        "service_forecast": one.outlook.table(),
        "control": one.history(),
        "service": one.facts(),
        "go_live": pd.DataFrame(one.go_live.items(), columns=["phase", "month"], dtype=object),
        "windows": _windows(selection),
        "record": _record(ahead),
        "left_out": _left_out(selection, compared),
        "cost_without": _cost_without(compared),
        "service_indicators": service_indicators(kpis),
    }


def _parts(compared: Comparison) -> pd.DataFrame:
    """The headline before, the five parts, the headline after."""
    change = compared.change
    if compared.before is None:
        after = f"Year to {telling.month(compared.window_after)}"
        return pd.DataFrame([(after, change.headline_after)], columns=["part", "value"])
    rows = [
        (f"Year to {telling.month(compared.window_before)}", change.headline_before),
        *((told, getattr(change, part)) for part, told in telling.PARTS.items()),
        (f"Year to {telling.month(compared.window_after)}", change.headline_after),
    ]
    return pd.DataFrame(rows, columns=["part", "value"])


def _costs(compared: Comparison) -> pd.DataFrame:
    """The services with take-up and cost in the later window."""
    columns = ["service", "department", "volume", "take_up", "cost_before", "cost"]
    return compared.services.dropna(subset=["take_up", "cost"])[columns].reset_index(drop=True)


def _cost_without(compared: Comparison) -> pd.DataFrame:
    """The cost index, and without each of the services with the largest cost."""
    labels, basket = compared.counts.labels, compared.basket
    rows: list[tuple[str, float | None, float]] = []
    if basket.index is not None:
        rows.append(("All of them", None, basket.index))
    rows += [
        (f"Without {labels[each.position]}", each.cost_share, each.index)
        for each in basket.without
        if each.index is not None
    ]
    return pd.DataFrame(rows, columns=["part", "cost_share", "index"])


def _windows(selection: Selection) -> pd.DataFrame:
    """A row a window: how many services report, and take-up as published."""
    counts = selection.chosen
    reports = counts.reports
    digital = counts.digital.copy()
    digital[~reports] = 0.0
    volume = counts.volume.copy()
    volume[~reports] = 0.0
    rows = pd.DataFrame(
        {
            "window_end": counts.windows,
            "services": reports.sum(axis=0),
            "volume": volume.sum(axis=0),
            "digital_volume": digital.sum(axis=0),
        }
    )
    rows = rows[rows["services"] > 0].reset_index(drop=True)
    return rows.assign(take_up=rows["digital_volume"] / rows["volume"])


def _record(ahead: Outlook) -> pd.DataFrame:
    """How each curve would have done in the past, and which one is shown."""
    forecast = ahead.forecast
    rows = [
        (
            CURVES[score.candidate],
            score.error_relative,
            score.pinball,
            score.coverage,
            score.cases,
            "shown" if score.candidate == forecast.chosen else None,
            telling.remark(score, forecast),
        )
        for score in forecast.record
    ]
    shown = forecast.shown
    told = ("What would have been shown then", shown.error_relative, shown.pinball, shown.coverage)
    rows.append((*told, shown.cases, None, None))
    columns = ["curve", "error_relative", "pinball", "coverage", "cases", "shown", "note"]
    return pd.DataFrame(rows, columns=columns)


def _left_out(selection: Selection, compared: Comparison) -> pd.DataFrame:
    """What is left out, in the window of the answer."""
    out = selection.left_out
    place = out.windows.index(compared.window_after)
    volume, digital = out.volume[:, place], out.digital[:, place]
    return pd.DataFrame(
        {"service": out.labels, "volume": volume, "digital_volume": digital}
    ).assign(take_up=lambda rows: rows["digital_volume"] / rows["volume"].where(rows["volume"] > 0))


def _interval_columns(ahead: Outlook) -> dict[str, Column]:
    return {
        f"{end}_{percent(level)}": Column(f"{side} of the {level * 100:.10g}% range", "share")
        for level in ahead.levels
        for end, side in (("low", "Low end"), ("high", "High end"))
    }


def _options(counts: Counts, selection: Selection) -> dict[str, tuple[str, ...]]:
    """What the table offers for the parameters that name something in it."""
    said, labels = counts.services, tuple(sorted(counts.labels))
    reports = np.flatnonzero(selection.everything.reports.any(axis=1))
    own = selection.everything.only(reports.tolist())
    return {
        "department": tuple(sorted(set(said["department"]) - {""})),
        "function": tuple(sorted(set(said["function"]) - {""})),
        "services": labels,
        "exclude": labels,
        "service": tuple(sorted(own.labels)),
    }
