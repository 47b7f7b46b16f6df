"""Result tables of the service in detail: its windows, facts and phases."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.periods import QUARTERS_PER_YEAR, period_end, quarter_of, shift_quarter
from workbook.text.dates import format_month
from workbook.text.numbers import format_money, format_share
from workbook.topics.take_up.go_live_notes import describe_go_live_effect
from workbook.topics.take_up.projection import describe_forecast
from workbook.topics.take_up.service_detail import ServiceDetail
from workbook.topics.take_up.service_panel import ServicePanel

_DETAIL_FIELDS = ("department", "organisation", "function", "funding")


def window_history_table(detail: ServiceDetail) -> pd.DataFrame:
    """Figures of the service by window, against its control limits.

    Args:
        detail: The service.

    Returns:
        A row for each window with a volume: volume, digital volume, take-up, cost, the limits, and
        whether take-up lies within them.
    """
    counts, control = detail.counts, detail.control
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
            "limits": pd.Series(limits, dtype="str"),
            "lower_limit": np.nan if control is None else control.low,
            "mean": np.nan if control is None else control.centre,
            "upper_limit": np.nan if control is None else control.high,
        }
    )
    return rows[rows["volume"].notna()].reset_index(drop=True)


def service_fact_table(detail: ServiceDetail) -> pd.DataFrame:
    """Facts about the service, in words.

    Args:
        detail: The service.

    Returns:
        A row for each fact: ``fact`` and ``told``.
    """
    fields = {str(name): str(value) for name, value in detail.counts.services.iloc[0].items()}
    rows = [
        ("Service", detail.label),
        *((name.capitalize(), fields[name]) for name in _DETAIL_FIELDS if fields[name]),
        *_latest_figures(detail.counts),
        *(
            (f"{phase.capitalize()} from", format_month(month))
            for phase, month in detail.go_live_months.items()
        ),
        *describe_go_live_effect(detail.go_live_effect),
        ("Forecast", describe_forecast(detail.panel_forecast, detail.quarter)),
        ("Source", fields["source"] or "not named in the table"),
    ]
    return pd.DataFrame(rows, columns=["fact", "told"])


def go_live_table(detail: ServiceDetail) -> pd.DataFrame:
    """The month in which the service entered each phase."""
    return pd.DataFrame(detail.go_live_months.items(), columns=["phase", "month"], dtype=object)


def _latest_figures(counts: ServicePanel) -> Iterator[tuple[str, str]]:
    """The latest window in which the service reports, and take-up a year before."""
    last = counts.latest_window()
    if last is None:
        return
    window_end = period_end(counts.windows[last])
    yield (
        f"Transactions in the year to {format_month(window_end)}",
        f"{counts.volume[0, last]:,.0f}",
    )
    share = format_share(float(counts.take_up(last)[0]))
    yield "Digital transactions", f"{counts.digital[0, last]:,.0f} ({share})"
    before = counts.window_ending_in(
        shift_quarter(quarter_of(counts.windows[last]), -QUARTERS_PER_YEAR)
    )
    if before is not None and counts.is_reporting[0, before]:
        yield "Take-up a year earlier", format_share(float(counts.take_up(before)[0]))
    if not np.isnan(counts.cost[0, last]):
        yield "Cost of a transaction", format_money(float(counts.cost[0, last]))
