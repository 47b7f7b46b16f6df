"""Memory and speed of a server with many open pages: ``python -m tests.benchmarks.sizing``.

Each visit changes a control every few seconds. The visits are made by this program, on the same
machine, and take processor time as well. The processor time of a change is shown beside the time
that a visitor waits, since it hardly depends on what else the machine does. The table in
``docs/guide/deployment.md`` is from here.
"""

import argparse
import contextlib
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

import psutil

from tests.benchmarks.timing import median_time, percentile_95
from tests.browser.server import serve_workbook, wait_for_answer
from tests.soak.protocol_client import ProtocolVisit

MEMORY: Final = "workbook_memory_bytes "
VALUES: Final = {
    "digital_inclusion": ("programme_starts", ("300000", "500000", "700000", "900000")),
    "savings": ("reduction_target", ("20", "25", "30", "35")),
    "take_up": ("target", ("70", "75", "80", "85")),
}
"""A control of each topic that can be measured, and what is typed there."""

OPENED_AT_ONCE: Final = 4

OPENED_BETWEEN_ANSWERS: Final = 20
"""Visits that are opened until all answer the server's signs of life, as a browser does at once."""

ANSWER_SECONDS: Final = 0.01
"""Time in which a visit answers what has come."""


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Args:
        sessions: Number of open pages.
        megabytes: Memory of the servers with their kernels.
        seconds: Duration of each change.
        server_seconds: Processor time of the servers' own processes during these changes.
        kernel_seconds: The same of the kernels and the other processes that the servers started.
    """

    sessions: int
    megabytes: float
    seconds: Sequence[float]
    server_seconds: float
    kernel_seconds: float

    def __str__(self) -> str:
        if not self.seconds:
            return f"| {self.sessions} | {self.megabytes:,.0f} MB | | | | | |"
        times = [1000 * seconds for seconds in self.seconds]
        return (
            f"| {self.sessions} | {self.megabytes:,.0f} MB "
            f"| {median_time(times):.0f} ms | {percentile_95(times):.0f} ms "
            f"| {1000 * self.server_seconds / len(times):.0f} ms "
            f"| {1000 * self.kernel_seconds / len(times):.0f} ms | {len(times)} |"
        )


class Servers:
    """Servers of this machine, as they are and as they were when they were looked at last.

    Args:
        sites: Their addresses.
    """

    def __init__(self, sites: Sequence[str]) -> None:
        self.sites = sites
        ports = {site.rpartition(":")[2] for site in sites}
        children = psutil.Process().children()
        self._processes = [child for child in children if ports.intersection(child.cmdline())]
        self._times = self._read_times()

    def measure_memory(self) -> float:
        """Megabytes of the servers with their kernels: shared memory is counted once."""
        return sum(map(_read_memory, self.sites)) / 2**20

    def measure_use(self) -> tuple[float, float]:
        """Processor time that servers and their other processes have taken since the last look."""
        before, self._times = self._times, self._read_times()
        return self._times[0] - before[0], self._times[1] - before[1]

    def _read_times(self) -> tuple[float, float]:
        others = [
            child for process in self._processes for child in process.children(recursive=True)
        ]
        return sum(map(_processor_time, self._processes)), sum(map(_processor_time, others))


def _read_memory(site: str) -> float:
    with urllib.request.urlopen(f"{site}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(MEMORY))


def _processor_time(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def change_at_intervals(
    visit: ProtocolVisit, topic: str, start: float, interval: float, count: int
) -> list[float]:
    """Change a control at intervals; returns how long each change took."""
    parameter, texts = VALUES[topic]
    durations = []
    for number, text in enumerate(islice(cycle(texts), count)):
        time.sleep(max(0.0, start + number * interval - time.monotonic()))
        began = time.monotonic()
        visit.change(parameter, text)
        durations.append(time.monotonic() - began)
    return durations


def measure_changes(
    visits: Sequence[ProtocolVisit], topic: str, interval: float, count: int
) -> list[float]:
    """Let every visit change a control at intervals, the visits evenly one after the other."""
    start = time.monotonic() + 1
    with ThreadPoolExecutor(len(visits)) as pool:
        results = [
            pool.submit(
                change_at_intervals,
                visit,
                topic,
                start + interval * number / len(visits),
                interval,
                count,
            )
            for number, visit in enumerate(visits)
        ]
        return [seconds for result in results for seconds in result.result()]


def open_visits(
    sites: Sequence[str], topic: str, count: int, present: Sequence[ProtocolVisit]
) -> list[ProtocolVisit]:
    """Open visits until there are this many, a few at a time and evenly over the servers.

    The server ends a connection whose visitor gives no sign of life for a minute.
    """
    visits = [*present]
    with ThreadPoolExecutor(OPENED_AT_ONCE) as pool:
        while len(visits) < count:
            numbers = range(len(visits), min(count, len(visits) + OPENED_BETWEEN_ANSWERS))
            addresses = [sites[number % len(sites)] for number in numbers]
            visits += pool.map(lambda site: ProtocolVisit(site, topic), addresses)
            for visit in visits:
                visit.stay(ANSWER_SECONDS)
    return visits


def measure_rows(
    sites: Sequence[str], topic: str, counts: Sequence[int], interval: float, changes: int
) -> Iterator[Row]:
    """A row for the servers at rest, and one for each number of sessions, which stay open."""
    servers = Servers(sites)
    yield Row(0, servers.measure_memory(), (), 0.0, 0.0)
    visits: list[ProtocolVisit] = []
    for count in counts:
        began = time.monotonic()
        visits = open_visits(sites, topic, count, visits)
        print(f"{count} pages are open, the last of them after {time.monotonic() - began:.1f} s")
        measure_changes(visits, topic, interval, 1)  # the first change of a kernel takes longer
        servers.measure_use()
        seconds = measure_changes(visits, topic, interval, changes)
        use = servers.measure_use()
        yield Row(count, servers.measure_memory(), seconds, *use)
    for visit in visits:
        visit.close()


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[10, 25, 50])
    parser.add_argument("--topic", choices=VALUES, default="digital_inclusion")
    parser.add_argument("--processes", type=int, default=1, help="servers that share the visits")
    parser.add_argument("--interval", type=float, default=5, help="seconds between two changes")
    parser.add_argument("--changes", type=int, default=5, help="changes that are measured")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        sites = [
            stack.enter_context(serve_workbook(options=["--browser-wait=300"]))
            for _ in range(options.processes)
        ]
        for site in sites:
            wait_for_answer(f"{site}/health")
        print(
            f"{options.topic}, {options.processes} process(es), {psutil.cpu_count()} processors, "
            f"load {psutil.getloadavg()[0]:.1f} before the visits"
        )
        print("| Open pages | Memory | Median | 95th percentile | Server | Kernels | Changes |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        rows = (sites, options.topic, options.sessions, options.interval, options.changes)
        for row in measure_rows(*rows):
            print(row, flush=True)


if __name__ == "__main__":
    main()
