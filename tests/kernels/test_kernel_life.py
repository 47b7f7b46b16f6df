"""Start, interrupt, restart, death and end of a forked kernel, as of an ordinary one."""

import asyncio
import os
import signal

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from tests.kernels.running_kernel import (
    MODULES,
    ask_kernel,
    is_running,
    needs_fork,
    start_kernel,
    wait_until,
)
from workbook.kernels.forking import ForkedProcess
from workbook.kernels.interpreter_kernel import InterpreterKernelSpecManager

pytestmark = needs_fork


def test_a_kernel_starts_with_its_modules_loaded() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            assert kernel.is_forked
            assert await kernel.answer("import sys; print('numpy' in sys.modules)") == "True"

    asyncio.run(run())


def test_a_kernel_is_interrupted_and_goes_on() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            printed: list[str] = []
            code = "import time\nprint('begun', flush=True)\ntime.sleep(60)"
            sleeping = asyncio.create_task(kernel.answer(code, printed))
            await wait_until(lambda: "begun" in "".join(printed))
            await kernel.manager.interrupt_kernel()
            assert await sleeping == "KeyboardInterrupt"
            assert await kernel.answer("print(1 + 1)") == "2"

    asyncio.run(run())


def test_a_kernel_that_is_shut_down_ends() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            process_id = kernel.process_id
            await kernel.manager.shutdown_kernel()
            assert not is_running(process_id)
            assert not await kernel.manager.is_alive()

    asyncio.run(run())


def test_a_restarted_kernel_is_new_and_forked() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            await kernel.answer("before = 1")
            process_id = kernel.process_id
            await kernel.manager.restart_kernel()
            await kernel.client.wait_for_ready(timeout=60)
            assert kernel.is_forked
            assert kernel.process_id != process_id
            assert not is_running(process_id)
            assert await kernel.answer("print(before)") == "NameError"

    asyncio.run(run())


def test_a_kernel_ends_with_the_processes_that_it_started() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            code = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid)"
            process_id = int(await kernel.answer(code))
            assert is_running(process_id)
            await kernel.manager.shutdown_kernel(now=True)
            await wait_until(lambda: not is_running(process_id))

    asyncio.run(run())


def test_the_exit_code_of_a_kernel_is_known() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            os.kill(kernel.process_id, signal.SIGKILL)
            process = kernel.manager.provisioner.process
            await wait_until(lambda: process.poll() is not None)
            assert process.returncode == process.wait() == -signal.SIGKILL

    asyncio.run(run())


def page_kernels(**settings: object) -> AsyncMappingKernelManager:
    """The server's manager of kernels."""
    return AsyncMappingKernelManager(
        kernel_spec_manager=InterpreterKernelSpecManager(modules=list(MODULES)), **settings
    )


def test_a_killed_kernel_is_restarted_by_the_server() -> None:
    async def run() -> None:
        manager = page_kernels()
        kernel = manager.get_kernel(await manager.start_kernel())
        killed = kernel.provisioner.pid
        os.kill(killed, signal.SIGKILL)
        await wait_until(lambda: kernel.provisioner.pid != killed)
        client = kernel.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        client.stop_channels()
        assert isinstance(kernel.provisioner.process, ForkedProcess)
        await manager.shutdown_all(now=True)

    asyncio.run(run())


def test_an_idle_kernel_is_culled() -> None:
    async def run() -> None:
        manager = page_kernels(cull_idle_timeout=1, cull_interval=1)
        kernel_id = await manager.start_kernel()
        process_id = manager.get_kernel(kernel_id).provisioner.pid
        await wait_until(lambda: kernel_id not in manager)
        await wait_until(lambda: not is_running(process_id))

    asyncio.run(run())


def test_ten_kernels_at_once() -> None:
    async def run() -> list[str]:
        return await asyncio.gather(*(ask_kernel("print(1 + 1)") for _ in range(10)))

    assert asyncio.run(run()) == ["2"] * 10
