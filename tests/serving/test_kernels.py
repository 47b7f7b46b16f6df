"""Kernels of the pages: their environment, and which of them are culled."""

import asyncio

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from workbook.serving.kernels import PageKernelManager, filter_environment


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
