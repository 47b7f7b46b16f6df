"""Labels and units of the columns of the take-up result tables."""

from workbook.result_table import Column
from workbook.topics.take_up.forecast import PanelForecast, interval_suffix

TAKE_UP_COLUMNS = {
    "part": Column("Part"),
    "value": Column("Value", unit_column="unit"),
    "unit": Column("Unit"),
    "department": Column("Department"),
    "organisation": Column("Organisation"),
    "service": Column("Service"),
    "function": Column("Function"),
    "reported": Column("Reported in"),
    "window_end": Column("12 months to the end of"),
    "volume": Column("Transactions", "count"),
    "digital_volume": Column("Digital transactions", "count"),
    "take_up_before": Column("Take-up, earlier year", "share"),
    "take_up": Column("Take-up", "share"),
    "change": Column("Change", "points"),
    "moved": Column("Contribution to the within-service effect", "points"),
    "cost_before": Column("Cost of a transaction, earlier year", "GBP"),
    "cost": Column("Cost of a transaction", "GBP"),
    "cost_per_transaction": Column("Cost of a transaction", "GBP"),
    "cost_share": Column("Share of the earlier cost", "share"),
    "index": Column("Index at earlier volumes (Laspeyres), cash", "index"),
    "index_paasche": Column("Index at later volumes (Paasche), cash", "index"),
    "index_fisher": Column("Mean index (Fisher), cash", "index"),
    "index_real": Column("Laspeyres, real terms", "index"),
    "index_paasche_real": Column("Paasche, real terms", "index"),
    "index_fisher_real": Column("Fisher, real terms", "index"),
    "quarter": Column("Quarter"),
    "forecast": Column("Forecast", "share"),
    "forecast_alone": Column("Forecast of the service alone", "share"),
    "forecast_quarter": Column("Quarter of the forecast"),
    "level": Column("Level"),
    "group": Column("Group of services"),
    "probability_of_target": Column("Probability of meeting the target", "share"),
    "curve": Column("Forecast method"),
    "windows": Column("12-month periods used", "count"),
    "error_relative": Column("Back-test error relative to no change", "index"),
    "pinball": Column("Interval loss, lower is better (pinball)", "share"),
    "coverage": Column("Past values inside the prediction interval", "share"),
    "cases": Column("Forecasts tested", "count"),
    "shown": Column("Selected"),
    "note": Column("Note"),
    "limits": Column("Control limits"),
    "services": Column("Services", "count"),
    "take_up_unaided": Column("Take-up, assisted digital excluded", "share"),
    "take_up_assisted": Column("Take-up, assisted digital included", "share"),
    "completion": Column("Completion rate", "share"),
    "satisfaction_top_two": Column("Satisfied or very satisfied", "share"),
    "satisfaction_mean": Column("Mean satisfaction, from 0% to 100%", "share"),
    "target_quarter": Column("Target reached in"),
    "lower_limit": Column("Lower limit", "share"),
    "mean": Column("Mean", "share"),
    "upper_limit": Column("Upper limit", "share"),
    "fact": Column("Item"),
    "told": Column("Value"),
    "horizons": Column("Quarters ahead"),
    "probabilities": Column("Probability of the target"),
    "mean_probability": Column("Mean probability", "share"),
    "observed_share": Column("Reached the target", "share"),
    "brier": Column("Brier score (0 is perfect)", "index"),
    "brier_naive": Column("Brier score of a no-change forecast", "index"),
    "coverage_50": Column("Inside the 50% interval", "share"),
    "coverage_80": Column("Inside the 80% interval", "share"),
    "coverage_95": Column("Inside the 95% interval", "share"),
    "above_ceiling": Column("Above the default ceiling of 98%", "share"),
    "phase": Column("Phase"),
    "month": Column("First month"),
}


def interval_columns(panel_forecast: PanelForecast) -> dict[str, Column]:
    """Columns of the ends of each prediction interval of a forecast, by name."""
    return {
        f"{end}_{interval_suffix(level)}": Column(
            f"{level * 100:.10g}% prediction interval, {end}", "share"
        )
        for level in panel_forecast.levels
        for end in ("low", "high")
    }
