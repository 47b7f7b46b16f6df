"""A Dask scheduler and its workers, as processes of their own on this machine."""

import json
import os
import subprocess
import sys
import time
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
        deadline = time.monotonic() + _SECONDS
        while not (record.exists() and record.read_text()):
            assert time.monotonic() < deadline, "the scheduler has not started"
            time.sleep(0.05)
        self.address: str = json.loads(record.read_text())["address"]

    def start_worker(self, setup: str = "", path: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker. No other process watches it, so a worker that is killed stays dead.

        Args:
            setup: Python code to run first.
            path: Folder that the workbook is imported from.
        """
        options = [self.address, "--nthreads=1", "--no-nanny", "--no-dashboard"]
        options += ["--host=127.0.0.1", f"--local-directory={self._folder}"]
        return self._start(f"{setup}\n{_START.format(module='dask_worker')}", options, path)

    def stop(self) -> None:
        """End every process."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()

    def _start(self, code: str, options: list[str], path: Path = ROOT) -> subprocess.Popen[bytes]:
        paths = [str(path), os.environ.get("PYTHONPATH", "")]
        log = (self._folder / f"log-{len(self._processes)}.txt").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *options],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._processes.append(process)
        return process
