"""A million scenarios on a Dask cluster, and the throughput of two workers compared with one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from tests.dask_processes import DaskProcesses
from workbook.analysis.cluster import connect_cluster
from workbook.analysis.cluster_tasks import run_tasks
from workbook.analysis.sweep_chunks import prepare_sweep
from workbook.cli.sweep_run import evaluate_part
from workbook.topics.digital_inclusion import topic

MILLION = ("--over", "programme_starts=0:999000:1000", "--over", "dropout=0:0.999:1000")
SECONDS, GIB = 60.0, 2**20
"""Aim for a million scenarios; KiB in a GiB."""

STARTS = 1000
"""Values of each of two parameters in the test of throughput."""

BULK_PARTS, SIMULATED_PARTS = 20, 20
"""Parts of the test of throughput, after one for each worker that is not counted."""


def sweep_lines() -> Iterator[str]:
    """Lines with a figure and a ratio for each aim."""
    with tempfile.TemporaryDirectory() as folder:
        seconds, memory = time_million(Path(folder))
    yield (
        f"A million scenarios without simulations, two workers: {seconds:.1f} s and {memory:.2f}"
        f" GiB in all processes (aim: at most 2): ratio {seconds / SECONDS:.2f} to the 60 s aimed"
        " at (aim: under 1)"
    )
    for label, with_simulations in (("without", False), ("with 100", True)):
        one, two = (measure_throughput(workers, with_simulations) for workers in (1, 2))
        yield (
            f"Scenarios a second, {label} simulations, two workers: {two:,.0f} against"
            f" {one:,.0f} of one: ratio {two / one:.2f} (aim: at least 1.7)"
        )


def time_million(folder: Path) -> tuple[float, float]:
    """Seconds of the whole command, and the sum of every process's peak memory in GiB."""
    cluster = DaskProcesses(folder)
    try:
        workers = [cluster.start_worker() for _ in range(2)]
        command = [sys.executable, "-m", "workbook.cli", "sweep", topic.name]
        options = ["--without-simulations", "--cluster", cluster.address, "-o", "million.parquet"]
        began = perf_counter()
        sweep = subprocess.Popen([*command, *MILLION, *options], cwd=folder)
        _, status, usage = os.wait4(sweep.pid, 0)
        seconds = perf_counter() - began
        assert status == 0
        peaks = [read_peak_memory(process.pid) for process in (cluster.scheduler, *workers)]
        return seconds, (usage.ru_maxrss + sum(peaks)) / GIB
    finally:
        cluster.stop()


def read_peak_memory(process: int) -> int:
    """Peak memory of a running process, in KiB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(peak)


def measure_throughput(workers: int, with_simulations: bool) -> float:  # noqa: FBT001  a column
    """Scenarios a second of a number of workers, once each has its code loaded."""
    values = {
        "programme_starts": range(STARTS),
        "dropout": [value / STARTS for value in range(STARTS)],
    }
    request, tables = prepare_sweep(
        topic, topic.Scenario(draws=100), values, with_simulations=with_simulations
    )
    parts = SIMULATED_PARTS if with_simulations else BULK_PARTS
    with tempfile.TemporaryDirectory() as folder:
        cluster = DaskProcesses(Path(folder))
        try:
            for _ in range(workers):
                cluster.start_worker()
            with connect_cluster(cluster.address, topic.package) as client:
                client.wait_for_workers(workers)
                run_all(client, (request, tables), range(6 * workers))
                began = perf_counter()
                run_all(client, (request, tables), range(parts))
                return parts * request.chunk_size / (perf_counter() - began)
        finally:
            cluster.stop()


def run_all(client: object, inputs: object, numbers: Sequence[int]) -> None:
    """Run parts and drop their results."""
    for _ in run_tasks(client, evaluate_part, inputs, numbers):
        pass
