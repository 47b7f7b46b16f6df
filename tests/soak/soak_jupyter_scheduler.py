"""The notebooks run as jobs of jupyter-scheduler, started in JupyterLab by its own interface."""

import json
import os
import subprocess
import sys
import sysconfig
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import nbformat
import pytest

from tests import ROOT
from tests.browser.server import free_port
from workbook.outcome import OUTCOME_MEDIA_TYPE
from workbook.topics.registry import TOPICS

PACKAGE: Final = "jupyter-scheduler==2.12.*"
QUARTER: Final = "2014-Q3"
"""A quarter that is not the default, so that the parameter is seen to arrive."""

SECONDS: Final = 300


class JupyterLab:
    """JupyterLab with jupyter-scheduler, on the project's notebooks.

    Args:
        folder: Folder for its environment and its files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._address = folder, f"http://127.0.0.1:{free_port()}"
        self.data = folder / "data"
        self.data.mkdir()
        port = self._address.rpartition(":")[2]
        options = [f"--port={port}", "--ServerApp.port_retries=0", "--allow-root", "--no-browser"]
        options += ["--IdentityProvider.token=secret", f"--ServerApp.root_dir={ROOT / 'notebooks'}"]
        with (folder / "log.txt").open("wb") as log:
            self._process = subprocess.Popen(
                [self._build_environment(), "-m", "jupyterlab", *options],
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "JUPYTER_PATH": str(Path(sys.prefix, "share", "jupyter")),
                    "JUPYTER_DATA_DIR": str(self.data),
                    "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def request(self, path: str, content: object = None) -> Any:
        """Ask the scheduler, as its page in JupyterLab does."""
        request = urllib.request.Request(
            f"{self._address}/scheduler/{path}",
            None if content is None else json.dumps(content).encode(),
            {"Authorization": "token secret", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)

    def wait(self) -> None:
        """Wait until the scheduler answers."""
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                self.request("runtime_environments")
            except OSError:
                assert time.monotonic() < deadline, (self._folder / "log.txt").read_text()
                time.sleep(0.2)
            else:
                return

    def run_job(self, notebook: str, parameters: dict[str, object]) -> Path:
        """Run a notebook as a job; returns the executed notebook."""
        (environment,) = self.request("runtime_environments")
        job = {
            "name": notebook,
            "input_uri": notebook,
            "runtime_environment_name": environment["name"],
            "output_formats": ["ipynb"],
            "parameters": parameters,
        }
        number = self.request("jobs", job)["job_id"]
        deadline = time.monotonic() + SECONDS
        while (answer := self.request(f"jobs/{number}"))["status"] not in {"COMPLETED", "FAILED"}:
            assert time.monotonic() < deadline, answer
            time.sleep(0.2)
        assert answer["status"] == "COMPLETED", answer["status_message"]
        staged = self.data / "scheduler_staging_area" / number
        (executed,) = (path for path in staged.glob("*.ipynb") if path.name != notebook)
        return executed

    def stop(self) -> None:
        """End JupyterLab."""
        self._process.terminate()
        self._process.wait()

    def _build_environment(self) -> Path:
        """Build an environment with jupyter-scheduler on top of this one; skip if it cannot be."""
        environment = self._folder / "environment"
        python = environment / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        packages = sysconfig.get_path("purelib", vars={"base": str(environment)})
        Path(packages, "workbook.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
        command = [python, "-m", "pip", "install", "--quiet", PACKAGE]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode:
            pytest.skip(f"jupyter-scheduler could not be installed: {answer.stderr[-500:]}")
        return python


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """JupyterLab with jupyter-scheduler, once it answers."""
    started = JupyterLab(tmp_path_factory.mktemp("lab"))
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_job_runs_the_notebook_with_its_parameters(lab, topic):
    executed = lab.run_job(topic.notebook_path.name, {"quarter": f'"{QUARTER}"'})
    *_, last_cell = nbformat.read(executed, nbformat.NO_CONVERT).cells
    record = last_cell.outputs[-1].data[OUTCOME_MEDIA_TYPE]
    expected = topic.run(quarter=QUARTER)
    assert record["headline"] == expected.headline
    assert record["parameters"]["quarter"] == QUARTER
