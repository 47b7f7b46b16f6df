"""Take-up of each service now, and its forecast as far as forecasts are tested."""

import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, build_once, make_figure
from workbook.charts.theme import BLUE, TURQUOISE
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.charts.forecast_rows import forecast_row_template
from workbook.topics.take_up.charts.service_rows import MOST_SHOWN, SERVICE_CLICK_TARGET
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.quarter_labels import format_end_month

_KIND_COLOURS = {"at the target now": TURQUOISE, "below the target now": BLUE}


def draw_service_forecasts(table: pd.DataFrame, scenario: TakeUp) -> Figure:
    """Draw take-up now and forecast of the largest services, the highest forecast first."""
    target_text = format_share(scenario.target)
    shown = table.head(MOST_SHOWN).sort_values(
        "forecast", ascending=False, kind="stable", ignore_index=True
    )
    last_quarter = str(table["forecast_quarter"].max()) if len(table) else ""
    is_past = last_quarter <= scenario.quarter
    return make_figure(
        _build_template(),
        {
            "rows": _build_rows(shown, scenario.target, is_past=is_past),
            "goal": pd.DataFrame({"take_up": [scenario.target]}),
        },
        title=_write_title(table, target_text, last_quarter, is_past=is_past),
        subtitle=_write_subtitle(table, target_text, last_quarter),
        description=_write_description(table, scenario.target, last_quarter, is_past=is_past),
        click_target=SERVICE_CLICK_TARGET,
    )


@build_once
def _build_template() -> ChartTemplate:
    return forecast_row_template("service", "kind", _KIND_COLOURS)


def _build_rows(shown: pd.DataFrame, target: float, *, is_past: bool) -> pd.DataFrame:
    at_target = (shown["take_up"] >= target).tolist()
    kinds = list(_KIND_COLOURS)
    texts = [
        f"{format_share(share)} in the latest year, forecast {format_share(forecast)}"
        + ("" if is_past else f"; probability of the target: {_describe_probability(probability)}")
        for share, forecast, probability in shown[
            ["take_up", "forecast", "probability_of_target"]
        ].itertuples(index=False)
    ]
    names = [
        name if pd.isna(quarter) else f"{name}: {_describe_reached(quarter, is_met=is_met)}"
        for name, quarter, is_met in zip(
            shown["service"], shown["target_quarter"], at_target, strict=True
        )
    ]
    return shown[["service", "take_up", "forecast"]].assign(
        name=names,
        place=range(len(shown)),
        kind=[kinds[0] if is_met else kinds[1] for is_met in at_target],
        text=texts,
    )


def _describe_probability(probability: float) -> str:
    return "not tested" if pd.isna(probability) else format_probability(probability)


def _describe_reached(quarter: str, *, is_met: bool) -> str:
    month = format_end_month(quarter)
    return f"since {month}" if is_met else month


def _write_title(table: pd.DataFrame, target_text: str, last_quarter: str, *, is_past: bool) -> str:
    if table.empty:
        return "No service reported"
    count, reaching = len(table), int(table["target_quarter"].notna().sum())
    if table["probability_of_target"].isna().all():
        return (
            f"{reaching} of {count} services are at {target_text}; there is too little data to"
            " forecast the others"
        )
    verbs = ("were", "were forecast to reach") if is_past else ("are", "would reach")
    return (
        f"{reaching} of {count} services {verbs[0]} at {target_text} or {verbs[1]} it by"
        f" {format_end_month(last_quarter)}"
    )


def _write_subtitle(table: pd.DataFrame, target_text: str, last_quarter: str) -> str:
    if table.empty:
        return "No forecast"
    if table["probability_of_target"].isna().all():
        return f"Latest year, and no change from it. Line: target, {target_text}"
    scope = f". {MOST_SHOWN} largest of {len(table)} services" if len(table) > MOST_SHOWN else ""
    return (
        f"Ring: latest year. Dot: forecast for {format_end_month(last_quarter)}. Line: target,"
        f" {target_text}{scope}"
    )


def _write_description(
    table: pd.DataFrame, target: float, last_quarter: str, *, is_past: bool
) -> str:
    if table["probability_of_target"].isna().all():
        return "No service has a forecast that could be tested, so there are no probabilities."
    reaching = table[table["target_quarter"].notna()]
    now_count, volume = int((reaching["take_up"] >= target).sum()), table["volume"].sum()
    share = format_share(float(reaching["volume"].sum() / volume) if volume else 0.0)
    verbs = ("were", "then", "were forecast to") if is_past else ("are", "now", "would")
    return (
        f"{now_count} of {len(table)} services {verbs[0]} at {format_share(target)} {verbs[1]}. By"
        f" {format_end_month(last_quarter)} {len(reaching) - now_count} more {verbs[2]} reach it,"
        f" at the central forecast. Together they have {share} of transactions."
    )
