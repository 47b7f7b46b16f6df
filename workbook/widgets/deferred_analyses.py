"""Analyses that take longer than a key press: run after the outcome, dropped by the next one."""

import asyncio
from collections.abc import Callable, Iterator

from workbook.topic import AnalysisResult

_START_DELAY_SECONDS = 0.1
"""Seconds without a further change before the analyses begin."""


class DeferredAnalyses:
    """The analyses of one outcome, run step by step.

    Args:
        show_result: Shows the result of an analysis.
    """

    def __init__(self, show_result: Callable[[AnalysisResult], None]) -> None:
        self._show_result = show_result
        self._steps: Iterator[AnalysisResult | None] = iter(())
        self._task: asyncio.Task[None] | None = None

    def replace(self, steps: Iterator[AnalysisResult | None]) -> None:
        """Take a new outcome's analyses; those left of an older outcome never run."""
        self._cancel()
        self._steps = steps

    def run_all(self) -> None:
        """Run the analyses that are left and show their results, before returning."""
        for _ in self._show_steps():
            pass

    def start(
        self, report_error: Callable[[Exception], None], report_end: Callable[[], None]
    ) -> None:
        """Begin to run the analyses that are left, once nothing has changed for a moment.

        Args:
            report_error: Called with the exception if an analysis fails.
            report_end: Called at the end, after a failure too, unless a change came before.
        """
        self._cancel()
        self._task = asyncio.get_running_loop().create_task(self._run(report_error, report_end))

    async def _run(
        self, report_error: Callable[[Exception], None], report_end: Callable[[], None]
    ) -> None:
        try:
            await asyncio.sleep(_START_DELAY_SECONDS)
            for _ in self._show_steps():
                await asyncio.sleep(0)  # whatever the visitor did meanwhile comes first
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so
            report_error(error)
        report_end()

    def _show_steps(self) -> Iterator[None]:
        """Perform the steps that are left, one each time, and show each result."""
        for result in self._steps:
            if result:
                self._show_result(result)
            yield

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None
