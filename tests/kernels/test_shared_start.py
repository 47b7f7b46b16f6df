"""A server that shares its memory with its kernels, which read nothing that is its own."""

import json
import os
import secrets
import subprocess
import sys

import pytest

from tests import ROOT
from tests.kernels import sharing_server
from workbook.kernels import shared_start
from workbook.kernels.forking import ONE_THREAD

pytestmark = pytest.mark.skipif(
    not shared_start._CAN_SHARE, reason="a server shares its memory on Linux only"
)


def test_a_kernel_shares_the_servers_memory_and_not_its_secrets() -> None:
    inherited_file = os.open(__file__, os.O_RDONLY)
    secret = f"{sharing_server.PREFIX}{secrets.token_hex(20)}"
    answer = subprocess.run(
        [sys.executable, "-m", sharing_server.__name__],
        cwd=ROOT,
        env={**os.environ, sharing_server.SECRET_VARIABLE: secret},
        stdout=subprocess.PIPE,
        pass_fds=[inherited_file],
        check=True,
        text=True,
    ).stdout
    os.close(inherited_file)
    assert json.loads(answer) == {
        "server": True,
        "kernel": False,
        "is_forked_from_here": True,
        "files": 0,
    }


LIFE = """
import asyncio, os, signal, sys
from tests.kernels.running_kernel import MODULES, is_running, start_kernel, wait_until
from workbook.kernels.forking import get_fork_server
from workbook.kernels.shared_start import has_restarted, restart_without_secrets, share_memory

async def main():
    server = get_fork_server(MODULES, os.environ)
    async with start_kernel() as kernel:
        assert get_fork_server(MODULES, os.environ) is server, "another one was started"
        assert kernel.is_forked
        os.kill(server.process_id, signal.SIGKILL)
        process = kernel.manager.provisioner.process
        await wait_until(lambda: process.poll() is not None)
        await kernel.manager.restart_kernel(now=True)
        await kernel.client.wait_for_ready(timeout=60)
        assert kernel.is_forked
        assert get_fork_server(MODULES, os.environ) is not server
        assert await kernel.answer("print(1 + 1)") == "2"
    async with start_kernel() as kernel:
        process = kernel.manager.provisioner.process
        await kernel.manager.shutdown_kernel()
        assert process.poll() == 0, "a kernel that is asked to end ends well"
    print("went on", flush=True)

if not has_restarted():
    restart_without_secrets(dict)
share_memory(MODULES)
asyncio.run(main())
"""


def test_a_fork_server_that_was_killed_is_replaced_and_kernels_end_well() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LIFE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "went on\n"), ended.stderr


def test_modules_that_cannot_be_loaded_are_left_to_an_ordinary_fork_server() -> None:
    program = """
import os
from workbook.kernels.shared_start import has_restarted, restart_without_secrets, share_memory
if not has_restarted():
    restart_without_secrets(lambda variables: {"PATH": variables["PATH"]})
share_memory(["no_such_module"])
print(os.environ["DATABASE_URL"])
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "here"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "here\n"


RESULTS = """
import asyncio, sys, threading
from tests.kernels.running_kernel import MODULES, start_kernel
from workbook.kernels.fork_server import load_modules
from workbook.kernels.shared_start import share_results

QUESTION = '''
import os, sys
try:
    is_open = os.path.samefile(f"/proc/self/fd/{descriptor}", name)
except OSError:
    is_open = False
print(getattr(sys, "_result", "none"), is_open)
'''

async def ask(names):
    async with start_kernel() as kernel:
        print(await kernel.answer(names + QUESTION), flush=True)

load_modules(MODULES)
for _ in range(int(sys.argv[1])):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
sys._result = "calculated here"
with open("pyproject.toml") as file:
    share_results(MODULES)
    asyncio.run(ask(f"descriptor, name = {file.fileno()}, 'pyproject.toml'"))
"""


@pytest.mark.parametrize(
    ("threads", "answer"), [("1", "calculated here False"), ("2", "none False")]
)
def test_a_kernel_shares_what_its_owner_has_calculated(threads, answer) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", RESULTS, threads],
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, f"{answer}\n"), ended.stderr


BLOCK = """
import os
from contextlib import contextmanager
from tests.kernels.running_kernel import MODULES
from workbook.kernels.fork_server import load_modules
from workbook.kernels.forking import close_fork_servers, get_fork_server
from workbook.kernels.function_process import start_function
from workbook.kernels.shared_start import share_results

@contextmanager
def block():
    try:
        yield
    finally:
        os.write(1, b"left ")

load_modules(MODULES)
with block():
    share_results(MODULES)
    first = get_fork_server(MODULES, os.environ)
    share_results(MODULES)
    second = get_fork_server(MODULES, os.environ)
    print(first is second, first.has_died, second.has_died, flush=True)
    status = start_function("os:system", "echo called", 1, MODULES, 4096).wait()
    print(status, flush=True)
    close_fork_servers()
    print(second.has_died, flush=True)
"""


def test_a_later_share_ends_the_earlier_and_neither_leaves_a_block_of_its_owner() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BLOCK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "False True False\ncalled\n0\nTrue\nleft "
