"""Sentences about the record of forecasts at the horizon that is quoted."""

from collections.abc import Iterator

import pandas as pd

from workbook.methods.backtest import HorizonScore
from workbook.methods.coverage_test import CoverageVerdict, judge_coverage
from workbook.methods.overlapping_windows import count_independent_forecasts
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share
from workbook.topics.take_up.forecast_notes import calibration_sentences
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.own_record import own_record_sentences
from workbook.topics.take_up.projection import describe_panel


def own_outcomes_note(outlook: Outlook) -> Iterator[str]:
    """Note how many past outcomes of these services lay inside the interval that is quoted.

    Args:
        outlook: What is observed and forecast against the target.

    Yields:
        A note of one or two sentences. Nothing if no outcome is known as far ahead.
    """
    score = _score_at_quoted_horizon(outlook)
    if score is None or score.interval_coverage is None:
        return
    horizon, count = outlook.panel_forecast.forecast.longest_tested_horizon, score.judged_count
    ahead, outcomes = format_count(horizon, "quarter"), format_count(count, "outcome")
    sentence = (
        f"In past forecasts of {describe_panel(outlook.panel_forecast)}, {score.inside_count} of"
        f" {outcomes} {ahead} ahead lay inside the {format_share(outlook.scenario.interval)}"
        " interval."
    )
    independent = count_independent_forecasts(count, horizon)
    verdict = judge_coverage(score.interval_coverage, independent, outlook.scenario.interval)
    doubt = f" {choose_form(count, 'One is', 'They overlap, and are')} too few to judge."
    yield f"{sentence}{doubt if verdict is CoverageVerdict.TOO_FEW else ''}"


def record_note(outlook: Outlook) -> Iterator[str]:
    """Note the error of past forecasts at the horizon that is quoted, and the record of all.

    Args:
        outlook: What is observed and forecast against the target.

    Yields:
        The record of these services, then of all published services. Nothing if none is tested.
        Their outcomes have a note of their own, further up, where a headline quotes a probability.
    """
    panel_forecast, score = outlook.panel_forecast, _score_at_quoted_horizon(outlook)
    horizon = panel_forecast.forecast.longest_tested_horizon
    if not horizon:
        return
    if score is None:
        own_record = own_record_sentences(panel_forecast.quoted_rows(), outlook.scenario.interval)
    else:
        own_record = _error_sentence(score, horizon, panel_forecast.panel.services)
    outcomes = () if outlook.quotes_probability else own_outcomes_note(outlook)
    yield " ".join(
        [
            *own_record,
            *outcomes,
            *_all_services_sentence(outlook, horizon),
            *calibration_sentences(outlook.scenario, panel_forecast),
        ]
    )


def _score_at_quoted_horizon(outlook: Outlook) -> HorizonScore | None:
    """The back-test of these services as far ahead as is quoted; None if there is none."""
    forecast = outlook.panel_forecast.forecast
    horizon, scores = forecast.longest_tested_horizon, forecast.selected_score.by_horizon
    if not 0 < horizon <= len(scores) or scores[horizon - 1].relative_error is None:
        return None
    return scores[horizon - 1]


def _error_sentence(score: HorizonScore, horizon: int, service_count: int) -> Iterator[str]:
    services = choose_form(service_count, "this service", "these services")
    yield (
        f"Past forecasts of {services} {format_count(horizon, 'quarter')} ahead had"
        f" {score.relative_error:.2f} times the error of a no-change forecast."
    )


def _all_services_sentence(outlook: Outlook, horizon: int) -> Iterator[str]:
    """The record of all published services at the horizons around the one that is quoted."""
    rows = outlook.reliability
    if rows.empty:
        return
    rows = rows[
        (rows["window_end"] == rows["window_end"].max())
        & (rows["model"] == outlook.panel_forecast.record_model)
        & (rows["first_horizon"] <= horizon)
        & (rows["last_horizon"] >= horizon)
        & (rows["lowest_probability"] == 0)
        & (rows["highest_probability"] == 1)
    ]
    for _, row in rows.iterrows():
        coverage = format_share(round(float(row["coverage_80"]), 2))
        yield (
            f"In {int(row['services'])} published services the 80% interval, before the ceiling,"
            f" held {coverage} of {int(row['cases']):,} overlapping outcomes"
            f" {_describe_horizons(row)} ahead."
        )


def _describe_horizons(row: pd.Series) -> str:
    """The horizons of a row of the reliability table, in quarters."""
    first, last = int(row["first_horizon"]), int(row["last_horizon"])
    return format_count(last, "quarter") if first == last else f"{first} to {last} quarters"
