"""One server of the workbook for all workers of a run: it starts slowly, and so do its kernels.

Pytest's main process starts it as soon as a worker has collected a test in a browser, and ends it
with the run.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

import pytest

from tests.browser.server import SERVE_ALL, free_port, team_environment, wait_for_answer

_PORT_NAME = "workbook_site_port"
_BROWSER_TESTS = "tests/browser/"


def shared_site(config: pytest.Config) -> str | None:
    """Address of the run's server once it answers; none where the run has no workers."""
    port = getattr(config, "workerinput", {}).get(_PORT_NAME)
    return wait_for_answer(f"http://127.0.0.1:{port}/").rstrip("/") if port else None


class SharedSitePlugin:
    """Plugin of pytest's main process."""

    def __init__(self) -> None:
        self._port = free_port()
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  until the run ends
        self._server: subprocess.Popen[bytes] | None = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker the port."""
        node.workerinput[_PORT_NAME] = self._port

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Start the server, if a worker has collected tests that need it."""
        if self._server is None and any(test.startswith(_BROWSER_TESTS) for test in ids):
            command = [*SERVE_ALL, "--port", str(self._port)]
            environment = os.environ | team_environment()
            self._server = subprocess.Popen(
                command, stdout=self._output, stderr=subprocess.STDOUT, env=environment
            )

    def pytest_unconfigure(self) -> None:
        """End the server; if it has ended by itself, show why."""
        if self._server is not None and self._server.poll() is not None:
            self._output.seek(0)
            sys.stderr.write(self._output.read().decode())
        elif self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=60)
        self._output.close()
