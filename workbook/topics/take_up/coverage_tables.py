"""Result tables of reliability: windows, back-tests and excluded services."""

import pandas as pd

from workbook.methods.backtest import BacktestScore
from workbook.methods.forecast import Forecast
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.forecast import PanelForecast, forecast_method_name
from workbook.topics.take_up.selection import ServiceSelection


def window_table(selection: ServiceSelection) -> pd.DataFrame:
    """Services that report in each window, and their take-up.

    Args:
        selection: The selected services.

    Returns:
        A row for each window in which a service reports.
    """
    counts = selection.included
    reports = counts.is_reporting
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


def backtest_table(panel_forecast: PanelForecast) -> pd.DataFrame:
    """Back-test of each forecast method, and of the choice between them.

    Args:
        panel_forecast: The forecast of the selected services.

    Returns:
        A row for each method with its error relative to a no-change forecast, its pinball loss and
        the coverage of its interval. The last row is for the method selected at each origin.
    """
    forecast = panel_forecast.forecast
    rows = [
        (
            forecast_method_name(forecast, score.model_name),
            score.relative_error,
            score.mean_pinball_loss,
            score.interval_coverage,
            score.case_count,
            "selected" if score.model_name == forecast.selected_model else None,
            _score_note(score, forecast),
        )
        for score in forecast.model_scores
    ]
    shown_score = forecast.selection_score
    shown_label = (
        "Method selected at the time",
        shown_score.relative_error,
        shown_score.mean_pinball_loss,
        shown_score.interval_coverage,
    )
    rows.append((*shown_label, shown_score.case_count, None, None))
    columns = ["curve", "error_relative", "pinball", "coverage", "cases", "shown", "note"]
    return pd.DataFrame(rows, columns=columns)


def excluded_services_table(
    selection: ServiceSelection, comparison: WindowComparison
) -> pd.DataFrame:
    """Services that are left out, in the latest window.

    Args:
        selection: The selected services.
        comparison: The two windows compared.

    Returns:
        A row for each service: volume, digital volume and take-up.
    """
    excluded = selection.excluded
    window = excluded.windows.index(comparison.window_after)
    volume, digital = excluded.volume[:, window], excluded.digital[:, window]
    return pd.DataFrame(
        {"service": excluded.service_labels, "volume": volume, "digital_volume": digital}
    ).assign(take_up=lambda rows: rows["digital_volume"] / rows["volume"].where(rows["volume"] > 0))


def _score_note(score: BacktestScore, forecast: Forecast) -> str | None:
    """Why a method failed, or why it is selected."""
    if score.failure:
        return score.failure
    if score.model_name == forecast.selected_model:
        return forecast.selection_reason
    if score.failed_origin_count:
        return f"failed in {score.failed_origin_count} of the tests"
    return None
