"""Kernels of the pages: their environment, and which of them are culled."""

import asyncio
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from workbook.serving.kernels import PageKernelManager, filter_environment, lower_priority

MOST_NICE = 19
NOTEBOOK = "savings.ipynb"


def test_a_kernel_gets_the_variables_that_python_needs_and_no_secrets() -> None:
    kept = {"PATH": "/bin", "HOME": "/home/me", "LC_ALL": "C.UTF-8", "VOILA_BASE_URL": "/"}
    secrets = ("WORKBOOK_TOKEN", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "JUPYTER_TOKEN")
    environment = kept | dict.fromkeys([*secrets, "PYTHONSECRET"], "secret")
    assert filter_environment(environment) == kept


def test_a_kernel_that_waits_for_a_visitor_is_not_culled(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []

    async def end(self: object, kernel_id: str) -> None:
        ended.append(kernel_id)

    monkeypatch.setattr(AsyncMappingKernelManager, "cull_kernel_if_idle", end)

    async def cull() -> None:
        manager = PageKernelManager()
        ready: asyncio.Future[dict[str, str]] = asyncio.Future()
        ready.set_result({"kernel_id": "waiting"})
        manager._pools = {"digital_inclusion.ipynb": [ready, asyncio.Future()]}
        for kernel in ("waiting", "visited"):
            await manager.cull_kernel_if_idle(kernel)

    asyncio.run(cull())
    assert ended == ["visited"]


def test_a_pool_forgets_kernels_that_are_gone() -> None:
    async def visit() -> None:
        manager, starting = PageKernelManager(), asyncio.Future[Any]()
        gone, failed, alive = (asyncio.Future[Any]() for _ in range(3))
        gone.set_result({"kernel_id": "gone"})
        failed.set_exception(OSError("the gateway is gone"))
        alive.set_result({"kernel_id": "alive"})
        manager._kernels["alive"] = SimpleNamespace(is_alive=lambda: True)
        manager._pools = {NOTEBOOK: [gone, failed, alive, starting]}
        refilled: list[str] = []
        manager.fill_if_needed = lambda *, notebook_name: refilled.append(notebook_name)
        await manager.remove_dead_kernels(NOTEBOOK)
        assert refilled == [NOTEBOOK]
        assert manager._pools[NOTEBOOK] == [alive, starting]

    asyncio.run(visit())


async def finished(result: object) -> object:
    """A page or a kernel that is there at once, or fails."""
    if isinstance(result, Exception):
        raise result
    return result


def test_pages_of_the_pool_are_made_or_failed_or_not_yet_known() -> None:
    async def fill_pool() -> tuple[list[tuple[str, bool]], tuple[int, int]]:
        manager, never = PageKernelManager(), asyncio.Future[Any]()

        def start(kernel: str, page: object) -> asyncio.Task[object]:
            is_pending = page is None
            task = never if is_pending else asyncio.create_task(finished(page))
            return asyncio.create_task(finished({"kernel_id": kernel, "task": task}))

        failed_kernel = asyncio.create_task(finished(OSError("too many open files")))
        kernels = [start("made", "html"), start("failed", ValueError()), start("slow", None)]
        manager._pools = {"savings.ipynb": [*kernels, failed_kernel, never]}
        manager._kernels |= dict.fromkeys(("made", "slow", "visited"))
        kernel_ids = {"made", "slow", "visited", "gone with its gateway"}
        manager.notebook_data = {"savings.ipynb": {"kernel_ids": kernel_ids}}
        for _ in range(10):  # whatever can be done is done
            await asyncio.sleep(0)
        return list(manager.settled_pages("savings.ipynb")), manager.count_kernels("savings.ipynb")

    pages, counts = asyncio.run(fill_pool())
    assert pages == [("made", True), ("failed", False), ("", False)]
    assert counts == (2, 1)


def test_the_kernels_of_a_pool_end_once_their_pages_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[str] = []

    async def end_pool() -> list[Any]:
        manager, made = PageKernelManager(), asyncio.Event()

        async def end(kernel_id: str, *, now: bool) -> None:
            assert now
            ended.append(kernel_id)

        async def make() -> None:
            await made.wait()

        async def start() -> dict[str, Any]:
            await asyncio.sleep(0)
            asyncio.get_running_loop().call_soon(made.set)
            return {"kernel_id": "waiting", "task": asyncio.create_task(make())}

        monkeypatch.setattr(manager, "shutdown_kernel", end)
        manager._kernels["waiting"] = SimpleNamespace()
        failed_start = asyncio.create_task(finished(OSError("too many open files")))
        manager._pools = {NOTEBOOK: [asyncio.create_task(start()), failed_start]}
        await manager.wait_for_pages(NOTEBOOK)
        assert made.is_set()
        await manager.end_waiting_kernels(NOTEBOOK)
        return manager._pools[NOTEBOOK]

    (left,) = asyncio.run(end_pool())
    assert ended == [left.result()["kernel_id"]] == ["waiting"]


def test_a_visitor_whom_no_kernel_awaited_is_counted() -> None:
    async def send_pages() -> list[tuple[int, int]]:
        manager = PageKernelManager()
        counts = []
        for kernel in ("first", "second"):
            manager._kernels[kernel] = SimpleNamespace(provisioner=None)
            manager.end_unless_visited(kernel, NOTEBOOK)
            counts.append(manager.count_kernels(NOTEBOOK))
        del manager._kernels["first"]
        return [*counts, manager.count_kernels(NOTEBOOK), manager.count_kernels("other.ipynb")]

    assert asyncio.run(send_pages()) == [(0, 1), (0, 2), (0, 1), (0, 0)]


def test_a_notebook_without_a_pool_has_no_pages_and_no_kernels() -> None:
    manager = PageKernelManager()
    assert list(manager.settled_pages("savings.ipynb")) == []
    assert manager.count_kernels("savings.ipynb") == (0, 0)


def test_a_kernel_ends_if_no_browser_connects_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    async def wait_for_browsers() -> None:
        manager = PageKernelManager(browser_seconds=0.01)
        first_end = asyncio.Event()

        async def end(kernel_id: str, *, now: bool) -> None:
            ended.append(kernel_id)
            if now:
                first_end.set()

        monkeypatch.setattr(manager, "shutdown_kernel", end)
        for kernel in ("connected", "visited", "gone", "left"):
            manager._kernels[kernel] = SimpleNamespace(provisioner=None)
            manager._kernel_connections[kernel] = int(kernel == "connected")
            manager.end_unless_visited(kernel, NOTEBOOK)
        manager.end_unless_visited(None, NOTEBOOK)
        manager.notify_connect("visited")
        del manager._kernels["gone"]
        await first_end.wait()
        assert not manager._end_timers

    asyncio.run(wait_for_browsers())
    assert ended == ["left"]


def test_a_kernel_ends_if_no_browser_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    async def wait_for_return() -> None:
        manager = PageKernelManager(browser_seconds=1000, reconnect_seconds=0.01)
        last_end = asyncio.Event()

        async def end(kernel_id: str, *, now: bool) -> None:
            ended.append(kernel_id)
            if now and kernel_id == "last":
                last_end.set()

        monkeypatch.setattr(manager, "shutdown_kernel", end)
        for kernel in ("back", "two sockets", "gone", "came and went", "ended", "last"):
            manager._kernels[kernel] = SimpleNamespace(provisioner=None)
            manager._kernel_connections[kernel] = 0
            manager.notify_connect(kernel)
        manager.notify_connect("two sockets")
        del manager._kernels["ended"]
        for kernel in manager._kernel_connections:
            manager.notify_disconnect(kernel)
        manager.notify_connect("back")
        manager.end_unless_visited(
            "came and went", NOTEBOOK
        )  # its page was sent while it came and went
        await last_end.wait()
        assert not manager._end_timers

    asyncio.run(wait_for_return())
    assert ended == ["gone", "came and went", "last"]


def test_a_visitors_kernel_has_a_lower_priority() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        lower_priority(process.pid)
        niceness = os.getpriority(os.PRIO_PROCESS, process.pid)
    assert niceness > os.getpriority(os.PRIO_PROCESS, 0) or niceness == MOST_NICE
    lower_priority(process.pid)  # it has ended
    lower_priority(None)
