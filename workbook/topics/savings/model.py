"""Savings: what moving people to the digital channel saves, for whom, when, and how sure we are."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.outcome import Better, Indicator, Outcome, Unit
from workbook.quarters import last_day
from workbook.scenario import ScenarioError
from workbook.topics.savings import telling
from workbook.topics.savings.accounts import by_channel, by_year, in_price_year
from workbook.topics.savings.appraise import appraised, bands, histogram
from workbook.topics.savings.cashflow import path_of
from workbook.topics.savings.cautions import cautions
from workbook.topics.savings.checks import checks
from workbook.topics.savings.published import latest, published
from workbook.topics.savings.scenario import Savings
from workbook.topics.savings.schedule import chosen, valid_rates
from workbook.topics.savings.schedule import factors as factors_of
from workbook.topics.savings.service import Service, service_of
from workbook.topics.savings.turning import break_even, switching
from workbook.topics.savings.values import draws_of, values_of
from workbook.topics.savings.ways import bottom_up, covered, ways

Figures = Mapping[str, FloatOrArray]

INDICATORS: Mapping[str, tuple[str, Unit, Better]] = {
    "annual_saving": ("Saved a year, once take-up has risen", "GBP", "higher"),
    "npv": ("Net present value", "GBP", "higher"),
    "probability_npv_positive": ("Chance that it is worth its cost", "share", "higher"),
    "benefit_cost_ratio": ("Saved for each pound spent (benefit-cost ratio)", "index", "higher"),
    "payback_years": ("Paid back after", "years", "lower"),
    "discounted_payback_years": ("Paid back after, discounted", "years", "lower"),
    "break_even_take_up": ("Take-up at which it breaks even", "share", "lower"),
    "npv_p10": ("Net present value, cautious (P10)", "GBP", "higher"),
    "npv_p50": ("Net present value, middle (P50)", "GBP", "higher"),
    "npv_p90": ("Net present value, hopeful (P90)", "GBP", "higher"),
    "total_saving": ("Saved over all years", "GBP", "higher"),
    "fiscal_saving": ("Of it for the taxpayer", "GBP", "higher"),
    "fee_payer_saving": ("Of it for fee-payers", "GBP", "higher"),
    "saving_per_point": ("Saved a year by a percentage point more", "GBP", "higher"),
    "published_saving": ("Published saving, {year}", "GBP", ""),
}
"""What each indicator is called, its unit, and which way is the better one."""


def model(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, outcomes: Mapping[str, Outcome]
) -> Outcome:
    """Outcome of one scenario; ``outcomes`` holds that of the topic ``take_up``."""
    rates, day = tables["discount_rates"], last_day(scenario.quarter)
    schedule = chosen(rates, scenario.discount_schedule, Savings().discount_schedule)
    factors = factors_of(rates, schedule, scenario.horizon, day)
    service = service_of(scenario, outcomes, float(tables["channel_costs"]["cost"].max()))
    values = values_of(scenario, service)
    now = appraised(values, service, factors)
    drawn = appraised(draws_of(scenario, service), service, factors)
    turning = _turning(values, service, factors)
    indicators = _indicators(scenario, now, drawn, turning, tables)
    take_up = _take_up(scenario, outcomes)
    path = path_of(values, service)
    start, end = float(path(0.0)), float(path(np.inf))
    own = _own_way(indicators, start, end, float(values["volume"]))
    said = {each.name: each for each in indicators}
    return Outcome(
        scenario=scenario,
        headline=telling.headline(scenario, start, end, said),
        indicators=indicators,
        tables={
            "cash_flow": by_year(scenario, values, path, factors),
            "channels": by_channel(values, path, scenario.horizon),
            "npv_distribution": _distribution(drawn["npv"]),
            "switching": switching(values, service, factors, scenario.parameters()),
            "break_even": turning,
            "ways": ways(
                own,
                bottom_up(tables["efficiency_rates"], take_up, end),
                [] if scenario.service else tables["cost_ratios"].to_dict("records"),
            ),
            "discount_rates": valid_rates(rates, schedule, day),
            "published": published(tables["published_savings"]),
            "checks": checks(scenario),
            "channel_costs": in_price_year(
                tables["channel_costs"], tables["deflator"], scenario.price_year
            ),
        },
        columns=telling.COLUMNS,
        notes=(
            *telling.of_the_answer(scenario, said),
            *telling.of_the_service(scenario, service),
            *telling.of_services(scenario, take_up),
        ),
        options=_options(tables, take_up),
        cautions=tuple(cautions(scenario, values, start, end)),
    )


def _take_up(scenario: Savings, outcomes: Mapping[str, Outcome]) -> Outcome | None:
    """The take-up topic's outcome; None where it has nothing and nothing of it is needed."""
    try:
        return outcomes["take_up"]
    except ScenarioError as error:
        if scenario.service or any(each.name != "quarter" for each in error.problems):
            raise
        return None


def _options(
    tables: Mapping[str, pd.DataFrame], take_up: Outcome | None
) -> dict[str, tuple[str, ...]]:
    schedules = tuple(sorted(tables["discount_rates"]["schedule"].astype(str).unique()))
    services = take_up.options["services"] if take_up else ()
    return {"service": services, "discount_schedule": schedules}


def _turning(values: Mapping[str, Any], service: Service, factors: FloatArray) -> pd.DataFrame:
    """The break-even take-up by cost gap; nothing where take-up goes as it is forecast."""
    if service.forecast is not None:
        return pd.DataFrame({"cost_gap": [], "take_up": []}, dtype=float)
    return break_even(values, service, factors)


def _own_way(
    indicators: tuple[Indicator, ...], start: float, end: float, volume: float
) -> dict[str, Any]:
    saved = next(each for each in indicators if each.name == "annual_saving")
    return {
        "way": "Costs by channel (this scenario)",
        "take_up_from": start,
        "take_up_to": end,
        "annual_saving": saved.value,
        "low": saved.low,
        "high": saved.high,
        "covers": covered(volume),
        "why": telling.OWN_WAY,
    }


def _distribution(draws: FloatOrArray) -> pd.DataFrame:
    """NPV in even steps: ``npv_from`` and ``npv_to`` in pounds, the share of ``draws`` between."""
    edges, shares = histogram(np.asarray(draws))
    return pd.DataFrame({"npv_from": edges[:-1], "npv_to": edges[1:], "draws_share": shares})


def _indicators(
    scenario: Savings,
    now: Figures,
    drawn: Figures,
    turning: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
) -> tuple[Indicator, ...]:
    """The figures with what they are called, their likely range, and why one is missing."""
    likely = bands(drawn)
    ends = dict(zip(("npv_p10", "npv_p50", "npv_p90"), likely["npv"].tolist(), strict=True))
    found = latest(tables["published_savings"])
    values: dict[str, float] = {
        **{name: float(value) for name, value in now.items()},
        **ends,
        "probability_npv_positive": float(np.mean(drawn["npv"] > 0)),
        "break_even_take_up": math.nan if turning.empty else float(turning["take_up"].iloc[0]),
        "published_saving": found.value if found else math.nan,
    }
    missing, lost = telling.missing(scenario), telling.lost(drawn)

    def indicator(name: str, label: str, unit: Unit, better: Better) -> Indicator:
        label = label.format(year=found.financial_year if found else "none yet")
        if not math.isfinite(values[name]):
            absent, why = missing[name]
            return Indicator(name, label, unit, None, reason=why, better=better, absent=absent)
        band = _band(likely[name]) if name in likely else (None, None)
        return Indicator(name, label, unit, values[name], *band, lost.get(name, ""), better)

    return tuple(indicator(name, *described) for name, described in INDICATORS.items())


def _band(likely: FloatArray) -> tuple[float | None, float | None]:
    """P10 and P90; None where an end is without bound, as where some draws are never paid back."""
    low, _, high = likely.tolist()
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (None, None)
