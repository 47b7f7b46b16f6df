"""Sentences about the record of forecasts at the horizon that is quoted."""

import pandas as pd

from workbook.methods.backtest import HorizonScore
from workbook.methods.coverage_test import CoverageVerdict, judge_coverage
from workbook.methods.overlapping_windows import count_independent_forecasts
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share
from workbook.topics.take_up.forecast import PanelForecast


def record_sentences(
    panel_forecast: PanelForecast, reliability: pd.DataFrame, interval: float
) -> str:
    """Give the record of these services, then of all published services.

    Args:
        panel_forecast: The forecast.
        reliability: The table of the reliability of forecasts of all published services.
        interval: Level of the prediction interval, between 0 and 1.

    Returns:
        One to four sentences, empty if no horizon is tested.
    """
    forecast = panel_forecast.forecast
    horizon = forecast.longest_tested_horizon
    if not horizon:
        return ""
    scores = forecast.selected_score.by_horizon
    past = _describe_score(scores[horizon - 1], horizon, interval) if horizon <= len(scores) else ""
    if not past:
        ahead = format_count(horizon, "quarter")
        past = f"No past forecast of these services could be tested {ahead} ahead."
    return f"{past}{_all_services_sentence(panel_forecast, reliability, horizon)}"


def _describe_score(score: HorizonScore, horizon: int, interval: float) -> str:
    """Error and coverage of past forecasts at one horizon, empty if there is none."""
    if score.relative_error is None:
        return ""
    error = (
        f"Past forecasts of these services {format_count(horizon, 'quarter')} ahead had"
        f" {score.relative_error:.2f} times the error of a no-change forecast."
    )
    count, coverage = score.judged_count, score.interval_coverage
    if coverage is None:
        return error
    outcomes = format_count(count, "outcome")
    record = f"{error} Of {outcomes}, {score.inside_count} lay inside the prediction interval."
    independent = count_independent_forecasts(count, horizon)
    if judge_coverage(coverage, independent, interval) is not CoverageVerdict.TOO_FEW:
        return record
    few = choose_form(count, "One is", "They overlap, and are")
    return f"{record} {few} too few to judge."


def _all_services_sentence(panel_forecast: PanelForecast, rows: pd.DataFrame, horizon: int) -> str:
    """The record of all published services at the horizons around the one that is quoted."""
    if rows.empty:
        return ""
    rows = rows[rows["window_end"] == rows["window_end"].max()]
    rows = rows[
        (rows["model"] == panel_forecast.record_model)
        & (rows["first_horizon"] <= horizon)
        & (rows["last_horizon"] >= horizon)
        & (rows["lowest_probability"] == 0)
        & (rows["highest_probability"] == 1)
    ]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    return (
        f" The 80% interval, before the ceiling, held"
        f" {format_share(round(float(row['coverage_80']), 2))} of {int(row['cases']):,} outcomes"
        f" {_describe_horizons(row)} ahead, of {int(row['services'])} published services."
    )


def _describe_horizons(row: pd.Series) -> str:
    """The horizons of a row of the reliability table, in quarters."""
    first, last = int(row["first_horizon"]), int(row["last_horizon"])
    return format_count(last, "quarter") if first == last else f"{first} to {last} quarters"
