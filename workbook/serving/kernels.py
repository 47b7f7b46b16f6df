"""Kernels of the pages: their environment, and which of them may be culled."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Float, Int, TraitError, Unicode

from workbook.kernels.calculation_slots import SLOTS_VARIABLE
from workbook.kernels.fork_server import MEMORY_VARIABLE
from workbook.kernels.forking import ONE_THREAD
from workbook.scenario.store import FOLDER_VARIABLE
from workbook.widgets.widget import SERVED_SCRIPTS_VARIABLE

_ALLOWED_PREFIXES = (
    *("APPDATA", "COMSPEC", "HOME", "LANG", "LC_", "LD_LIBRARY_PATH", "LOCALAPPDATA", "NUMBER_OF"),
    *("IPYTHONDIR", "JUPYTER_CONFIG", "JUPYTER_DATA", "JUPYTER_PATH", "JUPYTER_PLATFORM"),
    *("JUPYTER_RUNTIME",),
    *("OMP_", "OPENBLAS", "PATH", "PROCESSOR", "PROGRAM", "PYTHON", "SERVER_", "SYSTEMDRIVE"),
    *("SYSTEMROOT", "TEMP", "TMP", "TZ", "USERPROFILE", "VIRTUAL_ENV", "VOILA_", "WINDIR"),
    FOLDER_VARIABLE,
)
"""Prefixes of the environment variables that a kernel gets: those that Python needs."""

_SECRET_PARTS = ("KEY", "PASSWORD", "SECRET", "TOKEN")
"""Parts of variable names that a kernel never gets, whatever their prefix."""

_VISIT_NICENESS = 5
"""How much lower the priority of a visitor's kernel is than the server's."""

_OPENING_SECONDS = 2
"""Time after a browser connects until its page is open, even on a busy machine."""

_QUIET_ARGUMENTS = ["--log-level=ERROR"]
"""A kernel logs errors only: its warnings are for people who start kernels by hand."""


def filter_environment(environment: dict[str, str]) -> dict[str, str]:
    """Environment variables of the server that a visitor's kernel may see."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper().startswith(_ALLOWED_PREFIXES)
        and not any(part in name.upper() for part in _SECRET_PARTS)
    }


def lower_priority(process_id: int | None) -> None:
    """Let a process calculate only when the server and the pages that open do not.

    Args:
        process_id: The process; None if it is not known. Nothing happens if it has ended, or where
            there are no priorities.
    """
    if process_id is not None and hasattr(os, "setpriority"):
        with suppress(OSError):
            niceness = os.getpriority(os.PRIO_PROCESS, 0) + _VISIT_NICENESS
            os.setpriority(os.PRIO_PROCESS, process_id, niceness)


class PageKernelManager(AsyncMappingKernelManager):
    """Manager of kernels with a small environment; kernels in Voilà's pool are never culled."""

    browser_seconds = Float(30, help="time for a browser to connect to its page", config=True)
    reconnect_seconds = Float(120, help="time for a page to connect again", config=True)
    visit_memory = Int(0, help="megabytes that a visit may use; 0 for no limit", config=True)
    slots_folder = Unicode(help="folder of the slots for long calculations", config=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  traits
        self._restarted_kernels: set[str] = set()
        self._visits: dict[str, str] = {}
        self._end_timers: dict[str, asyncio.TimerHandle] = {}
        self._endings: set[asyncio.Task[None]] = set()
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]

    async def start_kernel(  # type: ignore[override]  # as the class above it does
        self,
        *,
        env: dict[str, str] | None = None,
        **kwargs: Any,  # noqa: ANN401  passed on
    ) -> str:
        """Start a kernel with the allowed part of the environment."""
        kwargs.setdefault("extra_arguments", _QUIET_ARGUMENTS)
        kernel_env = {**filter_environment(env or dict(os.environ)), **ONE_THREAD}
        kernel_env[SERVED_SCRIPTS_VARIABLE] = "1"
        if self.slots_folder:
            kernel_env[SLOTS_VARIABLE] = self.slots_folder
        if self.visit_memory:
            kernel_env[MEMORY_VARIABLE] = str(self.visit_memory)
        kernel_id: str = await super().start_kernel(env=kernel_env, **kwargs)
        self.add_restart_callback(kernel_id, lambda: self._restarted_kernels.add(kernel_id))
        return kernel_id

    def end_unless_visited(self, kernel_id: str | None, notebook: str) -> None:
        """End the kernel of a page that was sent, unless a browser connects to it in time.

        Args:
            kernel_id: The kernel; None for a page without one, whose browser may have come and
                gone already.
            notebook: Name of the page's notebook.
        """
        if kernel_id is None:
            return
        running = {known: name for known, name in self._visits.items() if known in self}
        self._visits = {**running, kernel_id: notebook}
        if kernel_id not in self._end_timers:
            self._end_unless_connected(kernel_id, self.browser_seconds)

    @property
    def unvisited_count(self) -> int:
        """Number of the kernels to whose pages no browser is connected, or not yet."""
        return len(self._end_timers)

    def _end_unless_connected(self, kernel_id: str, seconds: float) -> None:
        """End a kernel after this time, unless it has a connection by then."""
        if self._kernel_connections.get(kernel_id, 0) <= 0:
            self._cancel_end(kernel_id)
            self._end_timers[kernel_id] = asyncio.get_running_loop().call_later(
                seconds, self._end_unvisited, kernel_id
            )

    def _cancel_end(self, kernel_id: str) -> bool:
        """Let a kernel live on; returns whether it was to end."""
        timer = self._end_timers.pop(kernel_id, None)
        if timer is not None:
            timer.cancel()
        return timer is not None

    def _end_unvisited(self, kernel_id: str) -> None:
        del self._end_timers[kernel_id]
        if kernel_id in self:
            ending = asyncio.ensure_future(self.shutdown_kernel(kernel_id, now=True))  # type: ignore[no-untyped-call]
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a browser is connected to a kernel, which soon gives way to pages that open."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        if self._cancel_end(kernel_id):
            process_id = getattr(self.get_kernel(kernel_id).provisioner, "pid", None)
            loop = asyncio.get_running_loop()
            loop.call_later(_OPENING_SECONDS, lower_priority, process_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note that a connection of a kernel is closed; after its last one the kernel ends.

        A page that is closed ends its kernel itself. A browser that ends, a laptop that sleeps and
        a network that breaks say nothing, and some of them come back.
        """
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self:
            self._end_unless_connected(kernel_id, self.reconnect_seconds)

    def keep_page_ready(self, notebook: str, delay: float | None = None) -> None:
        """Keep a page of a notebook ready from now on.

        Args:
            notebook: Name of the notebook.
            delay: Seconds until it is made, unless there is one; None for the time after an
                arrival.
        """
        self._set_pool_size(notebook, 1)
        self.fill_if_needed(delay, notebook_name=notebook)  # type: ignore[attr-defined]  # Voilà adds it

    def stop_filling(self, notebook: str) -> None:
        """Make no further page of a notebook until it is opened. One that waits stays."""
        self._set_pool_size(notebook, 0)

    def _set_pool_size(self, notebook: str, size: int) -> None:
        sizes: dict[str, dict[str, Any]] = self.kernel_pools_config  # type: ignore[has-type]  # Voilà's
        self.kernel_pools_config = {**sizes, notebook: {"pool_size": size}}

    async def wait_for_pages(self, notebook: str) -> None:
        """Wait until the pages of a notebook's pool have been made or have failed."""
        starts = list(self._pool_tasks(notebook))
        pages = []
        for start in starts:
            await asyncio.wait([start])
            pages += [start.result()["task"]] if _has_succeeded(start) else []
        for page in pages:
            await asyncio.wait([page])

    async def end_waiting_kernels(self, notebook: str) -> None:
        """End the kernels of a notebook's pool."""
        for kernel_id in self._remove_failed_starts(notebook):
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    async def remove_dead_kernels(self, notebook: str) -> None:
        """Remove dead kernels from a notebook's pool, and fill the pool again."""
        for kernel_id in self._remove_failed_starts(notebook):
            alive = await ensure_async(self.get_kernel(kernel_id).is_alive())
            if kernel_id in self._restarted_kernels or not alive:
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        self.fill_if_needed(notebook_name=notebook)  # type: ignore[attr-defined]  # Voilà adds it

    def _remove_failed_starts(self, notebook: str) -> list[str]:
        """Remove the kernels that did not start or are gone; returns the others that have started.

        A kernel of a gateway ends with it.
        """
        pool, kernel_ids = self._pool_tasks(notebook), []
        for task in [task for task in pool if task.done()]:
            kernel_id: str = task.result()["kernel_id"] if _has_succeeded(task) else ""
            if kernel_id in self:
                kernel_ids.append(kernel_id)
            else:
                pool.remove(task)
        return kernel_ids

    def settled_pages(self, notebook: str) -> Iterator[tuple[str, bool]]:
        """Find the pages of a notebook's pool that have been made or have failed.

        Args:
            notebook: Name of the notebook.

        Yields:
            The kernel of each page, empty if it did not start, and whether the page was made.
        """
        for task in filter(asyncio.Future.done, self._pool_tasks(notebook)):
            if not _has_succeeded(task):
                yield "", False
            elif (page := task.result())["task"].done():
                yield page["kernel_id"], _has_succeeded(page["task"])

    def count_kernels(self, notebook: str) -> tuple[int, int]:
        """Number of a notebook's kernels that wait for a visitor, and of those that have one."""
        notebook_data = getattr(self, "notebook_data", {}).get(notebook, {})
        kernel_ids = {kernel for kernel in notebook_data.get("kernel_ids", ()) if kernel in self}
        waiting_count = len(kernel_ids & self._waiting_kernel_ids())
        # A visitor whom no kernel awaited has one that Voilà does not count.
        visited = {kernel for kernel, name in self._visits.items() if name == notebook}
        kernel_ids |= {kernel for kernel in visited if kernel in self}
        return waiting_count, len(kernel_ids) - waiting_count

    def _pool_tasks(self, notebook: str) -> list[Any]:
        pool: list[Any] = getattr(self, "_pools", {}).get(notebook, [])
        return pool

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Shut down an idle kernel, unless it is waiting in the pool for a visitor."""
        if kernel_id not in self._waiting_kernel_ids():
            with suppress(TraitError):  # it is starting, and has no last activity
                await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    def _waiting_kernel_ids(self) -> set[str]:
        pooled_tasks = (task for pool in getattr(self, "_pools", {}).values() for task in pool)
        return {task.result()["kernel_id"] for task in pooled_tasks if _has_succeeded(task)}


def _has_succeeded(task: asyncio.Future[Any]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None
