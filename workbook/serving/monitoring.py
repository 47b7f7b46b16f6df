"""Request handlers for those who run the server: the health check, and metrics for Prometheus."""

import asyncio
import os
from collections.abc import Iterator
from http import HTTPStatus

from jupyter_server.base.handlers import JupyterHandler
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from workbook.serving.kernels import PageKernelManager
from workbook.serving.page_record import PageRecord
from workbook.serving.process_memory import measure_memory
from workbook.serving.ready_pages import notebook_name


class MonitoringHandler(JupyterHandler):
    """Handler that reads the state of the pages, and starts no kernel."""

    def initialize(self, page_record: PageRecord) -> None:
        """Take the record of the pages."""
        self.page_record = page_record

    def update_record(self) -> None:
        """Record the pages that wait for a visitor."""
        for topic in self.page_record.topics:
            pages = self.page_kernels.settled_pages(notebook_name(topic))
            self.page_record.update(topic, pages)

    @property
    def page_kernels(self) -> PageKernelManager:
        """The manager of the pages' kernels."""
        manager: PageKernelManager = self.kernel_manager  # type: ignore[assignment]
        return manager


class HealthHandler(MonitoringHandler):
    """The health check, open to all: whether a page of every topic has been made."""

    def prepare(self) -> None:  # type: ignore[override]  # no login is needed
        """Answer ``ok``, or name the topics whose pages cannot be opened."""
        self.update_record()
        problems = list(self.page_record.describe_problems())
        if problems:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish("\n".join(problems) or "ok")


class MetricsHandler(MonitoringHandler):
    """Metrics in the text format of Prometheus."""

    async def get(self) -> None:
        """Write the metrics."""
        self.update_record()
        memory = await asyncio.to_thread(measure_memory, os.getpid())
        self.set_header("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)
        self.set_header("Cache-Control", "no-store")
        self.finish(generate_latest(PageMetrics(self.page_record, self.page_kernels, memory)))


class PageMetrics(Collector):
    """The metrics of one moment.

    Args:
        page_record: The record of the pages.
        page_kernels: The manager of the pages' kernels.
        memory: Memory of the server and its kernels in bytes, None if unknown.
    """

    def __init__(
        self, page_record: PageRecord, page_kernels: PageKernelManager, memory: int | None
    ) -> None:
        self._record, self._kernels, self._memory = page_record, page_kernels, memory

    def collect(self) -> Iterator[Metric]:
        """Collect the metrics.

        Yields:
            Each metric, with a value for each topic.
        """
        sessions = GaugeMetricFamily("workbook_sessions", "Open pages.", labels=["topic"])
        waiting = GaugeMetricFamily(
            "workbook_waiting_kernels", "Kernels that wait for a visitor.", labels=["topic"]
        )
        made = GaugeMetricFamily(
            "workbook_page_made", "1 if the last page was made, 0 if not.", labels=["topic"]
        )
        failures = CounterMetricFamily(
            "workbook_failed_pages", "Pages that failed, in part or whole.", labels=["topic"]
        )
        for topic in self._record.topics:
            waiting_count, session_count = self._kernels.count_kernels(notebook_name(topic))
            sessions.add_metric([topic], session_count)
            waiting.add_metric([topic], waiting_count)
            made.add_metric([topic], self._record.is_made(topic))
            failures.add_metric([topic], self._record.failure_counts[topic])
        yield from (sessions, waiting, made, failures)
        if self._memory is not None:
            yield GaugeMetricFamily(
                "workbook_memory_bytes",
                "Memory of the server and its kernels, with shared memory counted once.",
                self._memory,
            )
