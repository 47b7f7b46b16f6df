"""A Dask scheduler and its workers, as processes of their own on this machine."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests import ROOT

_START: Final = "import sys; from distributed.cli.{module} import main; main(sys.argv[1:])"
_SECONDS: Final = 60


class DaskProcesses:
    """A scheduler with workers of one thread each.

    Args:
        folder: Folder for their files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        record = folder / "scheduler.json"
        options = ["--host=127.0.0.1", "--port=0", "--no-dashboard", f"--scheduler-file={record}"]
        self.scheduler = self._start(_START.format(module="dask_scheduler"), options)
        _wait_until(lambda: record.exists() and record.read_text())
        self.address: str = json.loads(record.read_text())["address"]

    @property
    def process_ids(self) -> set[int]:
        """The scheduler and the workers."""
        return {process.pid for process in self._processes}

    def start_worker(self, setup: str = "", path: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker, and wait until the scheduler knows it.

        No other process watches it, so a worker that is killed stays dead.

        Args:
            setup: Python code to run first.
            path: Folder that the workbook is imported from.
        """
        options = [self.address, "--nthreads=1", "--no-nanny", "--no-dashboard"]
        options += ["--host=127.0.0.1", f"--local-directory={self._folder}"]
        log = self._log_file()
        worker = self._start(f"{setup}\n{_START.format(module='dask_worker')}", options, path)
        _wait_until(lambda: "Registered to:" in log.read_text())
        return worker

    def stop(self) -> None:
        """End every process."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()

    def _log_file(self) -> Path:
        """File for what the next process prints."""
        return self._folder / f"log-{len(self._processes)}.txt"

    def _start(self, code: str, options: list[str], path: Path = ROOT) -> subprocess.Popen[bytes]:
        paths = [str(path), os.environ.get("PYTHONPATH", "")]
        with self._log_file().open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *options],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._processes.append(process)
        return process


def _wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < deadline, "a Dask process has not started"
        time.sleep(0.05)
