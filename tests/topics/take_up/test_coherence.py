"""Tests that forecasts of services add up to totals and stay below their ceilings."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings

from tests import ROOT
from tests.topics.take_up.example_tables import run_to_end
from tests.topics.take_up.test_properties import example_tables
from workbook.topics import take_up
from workbook.topics.take_up.coherent_forecasts import forecast_coherently
from workbook.topics.take_up.forecast_totals import totals_table
from workbook.topics.take_up.reliability import read_calibrations
from workbook.topics.take_up.selection import select_services
from workbook.topics.take_up.service_forecasts import service_forecast_table
from workbook.topics.take_up.service_panel import ServicePanel

QUARTERS = [
    f"{year}-Q{quarter}"
    for year in range(2013, 2018)
    for quarter in range(1, 5)
    if "2013-Q4" <= f"{year}-Q{quarter}" <= "2017-Q3"
]
ROUNDING = 1e-9


@cache
def forecast_quarter(quarter):
    scenario = take_up.topic.Scenario(quarter=quarter)
    tables = take_up.topic.load_tables(scenario)
    counts = select_services(ServicePanel.from_table(tables["take_up"], "published"), scenario)
    calibrations = read_calibrations(tables["forecast_record"])
    return run_to_end(forecast_coherently(counts.included, scenario, calibrations))


def assert_within_ceilings(panel_forecast, ceiling):
    """An assumed ceiling cannot undo what has been observed: the latest share replaces it."""
    highest = max(ceiling, min(panel_forecast.panel.take_up[-1], 1.0))
    shares = panel_forecast.forecast.distribution.central_forecast
    assert (shares <= highest + ROUNDING).all()
    assert (shares >= 0).all()


def assert_adds_up(forecasts):
    latest = forecasts.volume[forecasts.is_member]
    total = forecasts.total.forecast.distribution.central_forecast
    together = latest @ forecasts.central_paths[forecasts.is_member] / latest.sum()
    assert together == pytest.approx(total, abs=ROUNDING)
    table = totals_table(forecasts).dropna(subset=["forecast"])
    table = table.assign(digital=table["volume"] * table["forecast"])
    everybody = table[table["group"] == "All services that report"].set_index("quarter")["digital"]
    for level in ("Department", "Function"):
        added = table[table["level"] == level].groupby("quarter")["digital"].sum()
        assert added.to_numpy() == pytest.approx(everybody.to_numpy(), rel=ROUNDING)
    services = service_forecast_table(forecasts)
    added = float(services["volume"] @ services["forecast"])
    assert added == pytest.approx(everybody.iloc[-1], rel=ROUNDING)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_services_add_up_to_totals_and_no_forecast_is_above_its_ceiling(quarter):
    forecasts = forecast_quarter(quarter)
    for panel_forecast in (forecasts.total, *forecasts.services, *forecasts.single):
        assert_within_ceilings(panel_forecast, ceiling=0.98)
    assert_adds_up(forecasts)


@given(example_tables())
@settings(max_examples=40, deadline=None)
def test_any_table_adds_up(frame):
    counts = ServicePanel.from_table(frame, "published")
    if counts.latest_window() is None or (counts.digital > counts.volume).any():
        return  # a count above the volume counts as all of it, for a service but not for a total
    scenario = take_up.topic.Scenario(exclude="")
    forecasts = run_to_end(forecast_coherently(counts, scenario, {}))
    assert_adds_up(forecasts)
    for panel_forecast in forecasts.services:
        assert_within_ceilings(panel_forecast, ceiling=0.98)


def test_2015_q1_no_longer_forecasts_that_the_total_reaches_100_percent():
    """The audit: 100% by 2016-Q3 against 83.7% from the services. 82.4% came true in 2015-Q4."""
    table = totals_table(forecast_quarter("2015-Q1")).dropna(subset=["forecast"])
    [december] = table[
        (table["group"] == "All services that report") & (table["quarter"] == "2015-Q4")
    ]["forecast"]
    assert december == pytest.approx(0.824, abs=0.02)


def test_only_services_of_the_total_move_and_all_in_one_direction():
    forecasts = forecast_quarter("2016-Q4")
    moves = forecasts.central_paths - np.stack(
        [service.forecast.distribution.central_forecast for service in forecasts.single]
    )
    assert (moves[~forecasts.is_member] == 0).all()
    first = moves[forecasts.is_member][:, 0]
    assert (np.sign(first[first != 0]) == np.sign(first[first != 0][0])).all()


def past_errors():
    """Errors in points: of the total alone, of the sum of its services, and of no change.

    A case needs nine tenths of the total's transactions in services that still report.
    """
    tables = take_up.topic.load_tables(take_up.topic.Scenario(quarter="2017-Q3"))
    later = ServicePanel.from_table(tables["take_up"], "published")
    keys = ["organisation", "service"]
    places = later.services.reset_index().set_index(keys)["index"]
    errors = []
    for quarter in QUARTERS[:-1]:
        forecasts = forecast_quarter(quarter)
        members = forecasts.counts.services[forecasts.is_member]
        rows = places.loc[list(members[keys].itertuples(index=False, name=None))].to_numpy()
        volume = forecasts.volume[forecasts.is_member]
        single = np.stack(
            [
                service.forecast.distribution.central_forecast
                for service, is_member in zip(forecasts.single, forecasts.is_member, strict=True)
                if is_member
            ]
        )
        total = forecasts.total.forecast.distribution.central_forecast
        for ahead, forecast_quarter_end in enumerate(forecasts.total.forecast_quarters):
            window = later.window_ending_in(forecast_quarter_end)
            if window is None:
                break
            reports = later.is_reporting[rows, window]
            if volume[reports].sum() < 0.9 * volume.sum():
                continue
            digital, everything = (
                counts[rows[reports], window].sum() for counts in (later.digital, later.volume)
            )
            shares = (
                total[ahead],
                volume @ single[:, ahead] / volume.sum(),
                forecasts.total.panel.take_up[-1],
            )
            errors.append([abs(share - digital / everything) * 100 for share in shares])
    return np.array(errors)


def test_the_total_alone_is_as_accurate_as_the_sum_of_its_services():
    """Why services are reconciled to the total. The figures are those of the method's page."""
    errors = past_errors()
    total, added, no_change = errors.mean(axis=0)
    assert total < added < no_change
    page = (ROOT / "docs" / "method" / "take_up.md").read_text(encoding="utf-8")
    assert (
        f"Over {len(errors)} past forecasts of the total it was wrong by {total:.1f} points on"
        f" average. The sum of its services was wrong by {added:.1f} and no change by"
        f" {no_change:.1f}." in page.replace("\n", " ")
    )
