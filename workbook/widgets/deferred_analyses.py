"""Analyses too slow for every key press: run after the outcome, cancelled by the next one."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import chain

from workbook.kernels.calculation_slots import take_slot
from workbook.topic import AnalysisResult

_START_DELAY_SECONDS = 0.1
"""Seconds without a change before the analyses start."""

_PAUSE_SECONDS = 0.002
"""Seconds between two steps. The kernel takes a message of the visitor in several turns of its
loop: without a pause, each turn would wait for a step."""


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
        """Replace the analyses with those of a new outcome, and cancel the older ones."""
        self._cancel()
        self._steps = steps

    def add_first(self, steps: Iterator[None]) -> None:
        """Add steps that run before those that remain, and show their results themselves."""
        self._steps = chain(steps, self._steps)

    def add_last(self, steps: Iterator[None]) -> None:
        """Add steps that run after those that remain, and show their results themselves."""
        self._steps = chain(self._steps, steps)

    def run_all(self) -> None:
        """Run the remaining analyses and show their results before returning."""
        while self._run_step():
            pass

    def start(
        self, report_error: Callable[[Exception], None], report_end: Callable[[], None]
    ) -> None:
        """Run the remaining analyses in the background, after a short time without a change.

        Args:
            report_error: Called with the exception if an analysis fails.
            report_end: Called at the end, also after a failure, but not after a newer change.
        """
        self._cancel()
        self._task = asyncio.get_running_loop().create_task(self._run(report_error, report_end))

    async def _run(
        self, report_error: Callable[[Exception], None], report_end: Callable[[], None]
    ) -> None:
        try:
            await asyncio.sleep(_START_DELAY_SECONDS)
            has_more = True
            while has_more:
                async with take_slot():
                    has_more = self._run_step()
                await asyncio.sleep(_PAUSE_SECONDS)
        except Exception as error:  # noqa: BLE001  the page must report any error
            report_error(error)
        report_end()

    def _run_step(self) -> bool:
        """Run the next step and show its result, if it has one. Return whether there was a step."""
        for result in self._steps:
            if result:
                self._show_result(result)
            return True
        return False

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None
