"""Labels and units of the columns of the take-up result tables."""

from workbook.result_table import Column
from workbook.topics.take_up.forecast import PanelForecast, interval_suffix

TAKE_UP_COLUMNS = {
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


def interval_columns(panel_forecast: PanelForecast) -> dict[str, Column]:
    """Columns of the ends of each prediction interval of a forecast, by name."""
    return {
        f"{end}_{interval_suffix(level)}": Column(
            f"{side} of the {level * 100:.10g}% range", "share"
        )
        for level in panel_forecast.levels
        for end, side in (("low", "Low end"), ("high", "High end"))
    }
