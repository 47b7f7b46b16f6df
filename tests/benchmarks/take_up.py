"""Take-up: the published file, one model run, forecasts of all services, and a long table."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from itertools import chain
from multiprocessing import get_context
from time import perf_counter

import numpy as np
import pandas as pd
from scipy.special import expit
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from tests.benchmarks.timing import comparison_line, median_time, time_calls
from tests.topics.take_up.example_tables import PUBLISHED_FILE
from workbook.importers import read_table_file
from workbook.importers.published.window_headers import read_window_headers
from workbook.methods import ets
from workbook.methods.backtest import BacktestScore
from workbook.topics import take_up
from workbook.topics.take_up import forecast
from workbook.topics.take_up.data import take_up_table as table
from workbook.topics.take_up.record_tables import (
    forecast_record_table,
    forecast_reliability_table,
)
from workbook.topics.take_up.reliability import read_calibrations, reliability_rows
from workbook.topics.take_up.service_panel import ServicePanel

REPEATS, PROCESSES = 20, 9
SELECTION, ALL_SERVICES, RELIABILITY = 300.0, 120.0, 10.0
WORKERS = 2
WINDOW = {3: "April {0} to March {1}", 6: "July {0} to June {1}"}
WINDOW |= {9: "October {0} to September {1}", 12: "January {1} to December {1}"}
COPIES = 16
"""Copies of the 46 bundled services, to have as many as in the published file."""


def take_up_lines() -> Iterator[str]:
    """Lines with a figure and a ratio for each aim."""
    content = PUBLISHED_FILE.read_bytes() if PUBLISHED_FILE.exists() else example_release()
    yield reading_line(content)
    yield one_selection_line()
    yield smoothing_line()
    yield reliability_line()
    yield from every_service_lines(read_table_file(table, content, PUBLISHED_FILE.name).frame)
    yield long_table_line()


def reading_line(content: bytes) -> str:
    """Line with the time to read, check and convert the published file, compared with pandas.

    Several new processes measure both in turn, because memory layout differs by process.
    """
    fresh = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with fresh:
        measured = sorted(
            fresh.map(time_by_turns, [content] * PROCESSES), key=lambda pair: pair[0] / pair[1]
        )
    own_time, baseline_time = measured[PROCESSES // 2]
    least, most = (time / baseline for time, baseline in (measured[0], measured[-1]))
    comparison = comparison_line(
        "The published take-up file, read, checked and turned into our table",
        own_time,
        baseline_time,
        "pandas.read_csv",
        "at most 5, and under 1,000 ms",
    )
    return (
        f"{comparison}; in {PROCESSES} processes {least:.1f} to {most:.1f}, this is the middle one"
    )


def time_by_turns(content: bytes) -> tuple[float, float]:
    """Milliseconds to read the file without a cache, here and with pandas."""

    def read_afresh(_: int) -> None:
        read_window_headers.cache_clear()
        read_table_file(table, content, PUBLISHED_FILE.name)

    own_time, baseline_time = [], []
    for _ in range(REPEATS):
        own_time += time_calls(read_afresh, 1)
        baseline_time += time_calls(lambda _: pd.read_csv(BytesIO(content)), 1)
    return median_time(own_time), median_time(baseline_time)


def one_selection_line() -> str:
    """Line with the time of the model without a cache, on the longest bundled series."""
    scenario = take_up.topic.Scenario(quarter="2017-Q3")
    tables = take_up.topic.load_tables(scenario)

    def evaluate_afresh(_: int) -> None:
        forecast._backtest_panel.cache_clear()
        take_up.topic.evaluate_model(tables, scenario)

    milliseconds = median_time(time_calls(evaluate_afresh, REPEATS))
    return (
        f"Take-up's model with all its forecasts, one selection: {milliseconds:.0f} ms: "
        f"ratio {milliseconds / SELECTION:.2f} to the 300 ms aimed at (aim: under 1)"
    )


def every_service_lines(frame: pd.DataFrame) -> Iterator[str]:
    """Lines with the time and the back-test record of every service's forecast, on two cores."""
    counts = ServicePanel.from_table(frame, "published")
    parts = [list(range(start, len(counts.services), WORKERS)) for start in range(WORKERS)]
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))
    with pool:
        list(
            pool.map(service_records, [counts.subset_services(part[:1]) for part in parts])
        )  # starts the worker processes
        began = perf_counter()
        scores = list(
            chain.from_iterable(pool.map(service_records, map(counts.subset_services, parts)))
        )
        seconds = perf_counter() - began
    tested = [score for score in scores if score.case_count]
    yield (
        f"Forecast and record at all horizons of every service ({len(scores)}, {len(tested)} with "
        f"a record), two cores: {seconds:.1f} s: ratio {seconds / ALL_SERVICES:.2f} to the 120 s "
        "aimed at "
        "(aim: under 1)"
    )
    inside = sum(score.inside_count for score in tested)
    judged = sum(score.judged_count for score in tested)
    error, naive = (
        sum(getattr(score, name) for score in tested)
        for name in ("absolute_error", "absolute_error_naive")
    )
    yield (
        f"What would have been shown at each origin: {inside / judged:.1%} of {judged:,} values "
        "inside the 80% interval without a ceiling (aim: 75 to 85%), error ratio "
        f"{error / naive:.2f} to no change (aim: below 1)"
    )


def service_records(counts: ServicePanel) -> list[BacktestScore]:
    """Back-test score of each reporting service."""
    scenario = take_up.topic.Scenario(quarter="2018-Q4", ceiling=1.0)
    calibrations = read_calibrations(forecast_record_table.load_table(scenario.quarter))
    reporting = np.flatnonzero(counts.is_reporting.any(axis=1)).tolist()
    return [
        forecast.forecast_panel(
            counts.subset_services([service]), scenario, calibrations
        ).forecast.selection_score
        for service in reporting
    ]


def smoothing_line() -> str:
    """Line with the time of a damped trend from every origin of a service, and of statsmodels."""
    shares = 0.9 * expit(0.3 * (np.arange(19) - 9))
    origins = np.arange(5, 20)
    ceilings = np.full(len(origins), 0.98)

    def fit_with_statsmodels(_: int) -> None:
        for windows in origins:
            ETSModel(
                shares[:windows],
                trend="add",
                damped_trend=True,
                initialization_method="known",
                initial_level=shares[0],
                initial_trend=0.0,
            ).fit(disp=False).forecast(12)

    own_time = median_time(
        time_calls(lambda _: ets.forecast_damped_trend(shares, origins, 12, ceilings), REPEATS)
    )
    rival_time = median_time(time_calls(fit_with_statsmodels, 3))
    return comparison_line(
        "A damped trend from 15 origins, 12 quarters ahead",
        own_time,
        rival_time,
        "statsmodels' ETSModel",
        "at most 0.1",
    )


def reliability_line() -> str:
    """Line with the time to make the reliability table and calibrations of stored records."""

    def read_afresh(_: int) -> None:
        read_calibrations(forecast_record_table.load_table("2018-Q4"))
        reliability_rows(forecast_reliability_table.load_table("2018-Q4"))

    seconds = median_time(time_calls(read_afresh, 3)) / 1000
    return (
        f"Reliability table and calibrations from stored records: {seconds:.2f} s: ratio"
        f" {seconds / RELIABILITY:.3f} to the {RELIABILITY:.0f} s aimed at (aim: under 1)"
    )


def long_table_line() -> str:
    """Line with the time to process a table 1,000 times as long, and 100 times as long."""
    seconds, memory = {}, {}
    for times in (100, 1000):
        command = [sys.executable, "-m", "tests.benchmarks.long_table", str(times)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds[times], memory[times] = map(float, done.stdout.split())
    ratio = seconds[1000] / seconds[100] / 10
    return (
        f"Take-up's table a thousand times as long: {seconds[1000]:.0f} s and "
        f"{memory[1000]:.1f} GiB (aim: at most 4): ratio {ratio:.2f} a row to a hundred times as "
        "long (aim: about 1)"
    )


def example_release() -> bytes:
    """A file like the published one, made from the bundled table if that file is absent."""
    bundled = table.load_table("2017-Q3")
    copies = [
        bundled.assign(service=bundled["service"].astype(str) + f" ({copy})")
        for copy in range(COPIES)
    ]
    tall = pd.concat(copies).rename(columns={"digital_volume": "digital volume"})
    tall = tall.rename(columns={"cost_per_transaction": "cost per transaction (£)"})
    measures = ["volume", "digital volume", "cost per transaction (£)"]
    wide = tall.astype({"window_end": str}).pivot_table(
        index=["department", "organisation", "service"],
        columns="window_end",
        values=measures,
        observed=True,
    )
    wide.columns = [f"{window_title(end)}: {measure}" for measure, end in wide.columns]
    names = ["Department", "Body/Agency", "Name of service"]
    return wide.rename_axis(names).reset_index().to_csv(index=False).encode()


def window_title(end: str) -> str:
    """Heading of a window in the published file."""
    year, month = int(end[:4]), int(end[5:])
    return WINDOW[month].format(year - 1, year)
