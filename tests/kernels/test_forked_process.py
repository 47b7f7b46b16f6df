"""A forked process is waited for and polled by several threads at once."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.kernels.running_kernel import needs_fork
from workbook.kernels.fork_server import NUMBER
from workbook.kernels.forking import ForkedProcess

pytestmark = needs_fork


@pytest.fixture
def ended_process_id() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        return child.pid


def test_a_thread_that_waits_learns_what_another_polled(ended_process_id: int) -> None:
    """Whoever reads the exit code first, both give it."""
    for status in range(300):
        server, channel = socket.socketpair()
        with server:
            server.sendall(NUMBER.pack(ended_process_id))
            process = ForkedProcess(channel)
            learnt: list[int | None] = []
            waiting = threading.Thread(target=lambda: learnt.append(process.wait()))  # noqa: B023
            waiting.start()
            server.sendall(NUMBER.pack(status))
            while process.poll() is None:
                time.sleep(0)
            waiting.join()
        assert (learnt, process.returncode) == ([status], status)


def test_a_process_that_has_just_ended_takes_no_signal(ended_process_id: int) -> None:
    server, channel = socket.socketpair()
    with server:
        server.sendall(NUMBER.pack(ended_process_id))
        process = ForkedProcess(channel)
        process.terminate()
        assert process.poll() is None
        server.sendall(NUMBER.pack(os.EX_OK))
        assert process.wait() == os.EX_OK
