"""What a forked kernel finds: folder, environment, streams, random numbers, widgets."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import AsyncKernelManager

from tests import ROOT
from tests.kernels.running_kernel import ask_kernel, needs_fork, start_kernel

pytestmark = needs_fork


def test_a_kernel_runs_in_its_folder(tmp_path: Path) -> None:
    assert asyncio.run(ask_kernel("import os; print(os.getcwd())", cwd=str(tmp_path))) == str(
        tmp_path
    )


def test_a_kernel_has_the_given_environment_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_TOKEN", "secret")
    variables = {"PATH": os.environ["PATH"], "TZ": "Asia/Tokyo", "HOME": os.environ["HOME"]}
    if "PYTHONPATH" in os.environ:
        variables["PYTHONPATH"] = os.environ["PYTHONPATH"]
    code = """
import json, os, time
started = open("/proc/self/environ").read()
print(json.dumps([dict(os.environ), time.tzname[0], "secret" in started]))
"""
    environment, zone, sees_secret = json.loads(asyncio.run(ask_kernel(code, env=variables)))
    assert variables.items() <= environment.items()
    assert "WORKBOOK_TOKEN" not in environment
    assert zone == "JST"
    assert not sees_secret


def test_two_kernels_have_different_random_numbers() -> None:
    code = "import random, numpy; print(random.random(), numpy.random.random())"

    async def run() -> list[str]:
        return await asyncio.gather(ask_kernel(code), ask_kernel(code))

    first, second = (answer.split() for answer in asyncio.run(run()))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_kernel_imports_from_the_same_folders_as_an_ordinary_one(tmp_path: Path) -> None:
    async def run() -> tuple[str, str]:
        code = "import sys; print(sys.path)"
        manager = AsyncKernelManager()
        await manager.start_kernel(cwd=str(tmp_path))
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        printed = []
        await client.execute_interactive(
            code, output_hook=lambda message: printed.append(message["content"].get("text", ""))
        )
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        return "".join(printed).strip(), await ask_kernel(code, cwd=str(tmp_path))

    ordinary, forked = asyncio.run(run())
    assert forked == ordinary


def test_a_widget_answers_its_page() -> None:
    async def run() -> None:
        async with start_kernel() as kernel:
            code = "import ipywidgets; number = ipywidgets.IntText(1); print(number.comm.comm_id)"
            content = {
                "comm_id": await kernel.answer(code),
                "data": {"method": "update", "state": {"value": 7}, "buffer_paths": []},
            }
            message = kernel.client.session.msg("comm_msg", content)
            kernel.client.shell_channel.send(message)
            assert await kernel.answer("print(number.value)") == "7"
            targets = "print(sorted(get_ipython().kernel.comm_manager.targets))"
            assert "jupyter.widget" in await kernel.answer(targets)

    asyncio.run(run())


STREAMS = r"""
import asyncio, sys
from tests.kernels import running_kernel
from workbook.kernels import provisioner

provisioner.CAN_FORK = sys.argv[1] == "forked"
CODE = (
    "import os, sys\n"
    "for descriptor in (1, 2): os.write(descriptor, b'to %d, ' % descriptor)\n"
    "for stream in (sys.__stdout__, sys.__stderr__): print('by Python', file=stream, flush=True)"
)

async def main():
    async with running_kernel.start_kernel() as kernel:
        assert kernel.is_forked == provisioner.CAN_FORK
        print("answer", sorted((await kernel.answer(CODE)).split()))

asyncio.run(main())
"""


def test_a_kernel_writes_to_the_streams_that_an_ordinary_one_writes_to() -> None:
    def run(start: str) -> tuple[str, str]:
        command = [sys.executable, "-c", STREAMS, start]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return ran.stdout, ran.stderr

    assert run("forked") == run("ordinary")
