"""The process that draws stills for the server: Vega takes memory that no kernel should load."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from workbook.charts.theme import IS_NARROW
from workbook.exports import page_stills
from workbook.exports.page_stills import StillSize, write_request
from workbook.exports.static_svg import Spec
from workbook.serving.kernels import filter_environment

_LONGEST_LINE = 2**24
"""Bytes of a picture at most."""

_DRAWING_SECONDS = 20
"""Time after which a drawing has failed, the start of the process included."""

IDLE_SECONDS = 60
"""Time without a drawing after which the process ends."""


class StillDrawer:
    """Draws one still at a time in a process, which is started when needed and ends when idle."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._is_closed = False
        self._idle_timer: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    async def draw(self, spec: Spec, size: StillSize) -> str | None:
        """Draw a still.

        Args:
            spec: The chart's Vega-Lite specification.
            size: The layout.

        Returns:
            The SVG; None where the chart cannot be drawn, which is reported on standard error.
        """
        request = write_request(spec, size, IS_NARROW).encode()
        async with self._turn:
            if self._is_closed:
                return None
            self._cancel_end()
            try:
                return await asyncio.wait_for(self._ask(request), _DRAWING_SECONDS)
            except (OSError, TimeoutError, ValueError):  # the process has ended, or hangs
                await self._end_process()
                return None
            finally:
                self._end_when_idle()

    async def _ask(self, request: bytes) -> str | None:
        process = self._process
        if process is None or process.returncode is not None:
            command = (sys.executable, "-m", page_stills.__name__)
            process = self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                limit=_LONGEST_LINE,
                env=filter_environment(dict(os.environ)),
            )
        if self._is_closed or process.stdin is None or process.stdout is None:
            raise OSError
        process.stdin.write(request)
        await process.stdin.drain()
        picture: str | None = json.loads(await process.stdout.readline())
        return picture

    async def close(self) -> None:
        """End the process for good. A drawing that is under way fails and starts no other."""
        self._is_closed = True
        self._cancel_end()
        await self._end_process()
        if self._ending is not None:
            await self._ending

    def _end_when_idle(self) -> None:
        if not self._is_closed:
            loop = asyncio.get_running_loop()
            self._idle_timer = loop.call_later(IDLE_SECONDS, self._start_ending)

    def _start_ending(self) -> None:
        self._ending = asyncio.ensure_future(self._end_unless_drawing())

    async def _end_unless_drawing(self) -> None:
        if not self._turn.locked():
            async with self._turn:
                await self._end_process()

    def _cancel_end(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
