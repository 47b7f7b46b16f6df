"""Start ``workbook serve`` on a free port for a test, and stop it afterwards."""

import atexit
import contextlib
import functools
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook.scenario.store import FOLDER_VARIABLE

WORKBOOK = Path(sys.executable).parent / "workbook"
SERVE_ALL = [str(WORKBOOK), "serve"]
FEW_TOPICS = Path(__file__).with_name("few_topics.py")
LONGEST_WAIT = 200
"""Seconds to wait for a server or its kernels, which start slowly on a busy machine."""


def free_port() -> int:
    """Find a port that is not in use, and that no system gives to an outgoing connection.

    A server takes it only after some seconds, so two runs at once should not choose the same one.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def run_server(
    command: list[str],
    ready_text: str,
    environment: dict[str, str] | None = None,
    lines: list[str] | None = None,
) -> Iterator[str]:
    """Run a server until the block ends; yields the line of its output with ``ready_text``.

    Its output is read until the end, so that the server never blocks on a full pipe. ``lines``
    gets what it prints.
    """
    lines = [] if lines is None else lines
    ready = threading.Event()

    def read_output() -> None:
        for line in server.stdout or ():
            lines.append(line)
            if ready_text in line:
                ready.set()
        ready.set()

    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | team_environment() | (environment or {}),
    ) as server:
        reader = threading.Thread(target=read_output, daemon=True)
        reader.start()
        try:
            ready.wait(timeout=LONGEST_WAIT)
            line = next((line for line in lines if ready_text in line), None)
            assert line is not None, "the server did not start:\n" + "".join(lines)
            yield line.strip()
        finally:
            server.terminate()
            server.wait(timeout=60)
            reader.join(timeout=10)


@functools.cache
def team_environment() -> dict[str, str]:
    """Environment of a server whose records of copied links are in a temporary folder."""
    folder = tempfile.mkdtemp(prefix="workbook-team-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {FOLDER_VARIABLE: folder}


def wait_for_answer(address: str) -> str:
    """Wait until a server answers, and return the address. Some print it before they answer."""
    deadline = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=60):
                return address
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def find_server(address: str) -> int:
    """Identifier of the process that serves an address of this machine.

    Its kernels are forked from it and have its command line.
    """
    option = f"--port\0{urllib.parse.urlsplit(address).port}\0".encode()
    commands = Path("/proc").glob("[0-9]*/cmdline")
    forks = {file.parent.name: file.parent for file in commands if option in file.read_bytes()}
    return next(int(name) for name, folder in forks.items() if _parent(folder) not in forks)


def _parent(process: Path) -> str:
    """Identifier of the process that started another."""
    return (process / "stat").read_text().rpartition(")")[2].split()[1]


def read_text(address: str) -> str:
    """What a server answers."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        text: str = answer.read().decode()
    return text


@contextlib.contextmanager
def serve_workbook(
    *topics: str,
    options: Sequence[str] = (),
    notebooks: str = "",
    lines: list[str] | None = None,
) -> Iterator[str]:
    """Run ``workbook serve`` on a free port; yields its address without the last slash.

    Args:
        *topics: Names of the topics to serve; none for all of them, which start slowly.
        options: Further options of the command.
        notebooks: Folder with notebooks in place of those of the given topics.
        lines: Gets what the server prints.
    """
    command = few_topics_command(*topics, notebooks=notebooks) if topics else [*SERVE_ALL]
    command += ["--port", str(free_port()), *options]
    with run_server(command, "http://127.0.0.1:", lines=lines) as line:
        yield line[line.index("http://") :].rstrip("/")


def few_topics_command(*topics: str, notebooks: str = "") -> list[str]:
    """The command that serves some topics and takes the options of ``workbook serve``."""
    return [sys.executable, "-P", str(FEW_TOPICS), ",".join(topics), notebooks]
