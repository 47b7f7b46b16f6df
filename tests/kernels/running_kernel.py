"""A real kernel for a test, and what it answers."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.asynchronous.client import AsyncKernelClient
from traitlets.config import Config

from workbook.kernels.forking import CAN_FORK, ForkedProcess
from workbook.kernels.interpreter_kernel import InterpreterKernelManager

needs_fork = pytest.mark.skipif(not CAN_FORK, reason="kernels are not forked here")

MODULES = ("numpy", "ipywidgets")
"""Modules that the tests' kernels have loaded."""


class RunningKernel:
    """A kernel that has answered, with its manager and its client."""

    def __init__(self, manager: InterpreterKernelManager, client: AsyncKernelClient) -> None:
        self.manager, self.client = manager, client

    @property
    def process_id(self) -> int:
        return self.manager.provisioner.pid

    @property
    def is_forked(self) -> bool:
        return isinstance(self.manager.provisioner.process, ForkedProcess)

    async def answer(self, code: str, printed: list[str] | None = None) -> str:
        """Run code; returns what it printed, or the name of its error.

        ``printed`` gets what the code prints, while it runs.
        """
        printed = [] if printed is None else printed

        def collect(message: dict[str, Any]) -> None:
            printed.append(message["content"].get("text", ""))

        reply = await self.client.execute_interactive(code, output_hook=collect, timeout=60)
        return reply["content"].get("ename") or "".join(printed).strip()


@asynccontextmanager
async def start_kernel(
    modules: tuple[str, ...] = MODULES, **options: Any
) -> AsyncIterator[RunningKernel]:
    """A kernel that has the modules loaded, until the block ends."""
    config = Config({"InterpreterKernelSpecManager": {"modules": list(modules)}})
    manager = InterpreterKernelManager(config=config)
    await manager.start_kernel(extra_arguments=["--log-level=ERROR"], **options)
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        yield RunningKernel(manager, client)
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


async def ask_kernel(code: str, **options: Any) -> str:
    """What a new kernel answers."""
    async with start_kernel(**options) as kernel:
        return await kernel.answer(code)


def is_running(process_id: int) -> bool:
    """Whether a process runs, and has not only not been fetched by its parent."""
    with suppress(OSError):
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


async def wait_until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 60) -> None:
    """Wait until a condition holds; fails the test if it does not in time."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result if isinstance(result, bool) else await result:
            return
        assert time.monotonic() < deadline, "it did not come about"
        await asyncio.sleep(0.1)
