"""No process is left behind, and a fork server that dies is started again."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from tests.kernels.running_kernel import (
    MODULES,
    is_running,
    needs_fork,
    start_kernel,
    wait_until,
)
from workbook.kernels.forking import get_fork_server

pytestmark = [
    needs_fork,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc"),
]

OWNER = """
import asyncio, os, time
from tests.kernels.running_kernel import MODULES, start_kernel, wait_until
from workbook.kernels.forking import get_fork_server

async def main():
    async with start_kernel() as kernel:
        printed = []
        code = "print('begun', flush=True)\\nwhile True: pass"
        busy = asyncio.create_task(kernel.answer(code, printed))
        await wait_until(lambda: "begun" in "".join(printed))
        print(get_fork_server(MODULES, os.environ).process_id, kernel.process_id, flush=True)
        LAST

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("last", "signal_number"),
    [
        ("time.sleep(60)", signal.SIGKILL),
        ("time.sleep(60)", signal.SIGTERM),
        ("os._exit(0)", None),
        ("raise SystemExit", None),
    ],
)
def test_no_process_is_left_when_the_owner_ends(last: str, signal_number: int | None) -> None:
    command = [sys.executable, "-c", OWNER.replace("LAST", last)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        left = [int(number) for number in owner.stdout.readline().split()]
        assert len(left) == 2
        if signal_number is not None:
            owner.send_signal(signal_number)
        owner.wait(timeout=60)
        asyncio.run(wait_until(lambda: not any(map(is_running, left))))


def test_a_fork_server_that_was_killed_is_started_again_and_its_kernels_end() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            server = get_fork_server(MODULES, os.environ)
            os.kill(server.process_id, signal.SIGKILL)
            process = kernel.manager.provisioner.process
            await wait_until(lambda: process.poll() is not None)
            await wait_until(lambda: not is_running(process.pid))
            await kernel.manager.restart_kernel(now=True)
            await kernel.client.wait_for_ready(timeout=60)
            assert kernel.is_forked
            assert get_fork_server(MODULES, os.environ) is not server

    asyncio.run(run())
