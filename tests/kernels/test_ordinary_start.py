"""The ordinary start takes over where a kernel cannot be forked."""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager

from tests.kernels.running_kernel import ask_kernel, needs_fork, start_kernel
from workbook.kernels import provisioner
from workbook.kernels.forking import get_fork_server
from workbook.kernels.interpreter_kernel import (
    InterpreterKernelManager,
    InterpreterKernelSpecManager,
)


def test_a_system_without_fork_has_the_ordinary_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioner, "CAN_FORK", False)

    async def run() -> None:
        async with start_kernel() as kernel:
            assert not kernel.is_forked
            assert await kernel.answer("print(1 + 1)") == "2"

    asyncio.run(run())


@needs_fork
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("1 / 0", "broken could not be loaded (ZeroDivisionError: division by zero)"),
        ("import missing_module", "broken could not be loaded (ModuleNotFoundError: "),
        ("import os; os._exit(3)", "the fork server ended while it loaded its modules"),
    ],
)
def test_a_module_that_fails_is_said_in_the_log(
    content: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "broken.py").write_text(content)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    caplog.set_level(logging.WARNING)

    async def run() -> None:
        async with start_kernel(modules=("broken",)) as kernel:
            assert not kernel.is_forked
            assert await kernel.answer("print(1 + 1)") == "2"

    monkeypatch.setattr(InterpreterKernelManager, "log", logging.getLogger("kernels"))
    monkeypatch.setattr(provisioner.ForkProvisioner, "log", logging.getLogger("kernels"))
    asyncio.run(run())
    assert f"A kernel is started in the ordinary way: {reason}" in caplog.text


@needs_fork
def test_an_unusual_option_of_the_start_is_respected(tmp_path: Path) -> None:
    async def run() -> None:
        with (tmp_path / "output").open("w") as output:
            async with start_kernel(stdout=output) as kernel:
                assert not kernel.is_forked

    asyncio.run(run())


@needs_fork
def test_another_interpreters_kernel_is_not_forked() -> None:
    other = ["/usr/bin/other", "-m", "ipykernel_launcher", "-f", "connection.json"]
    assert provisioner.find_launcher_arguments(other) is None
    this = [sys.executable, *other[1:]]
    assert provisioner.find_launcher_arguments(this) == ["-f", "connection.json"]


def test_a_kernel_in_the_users_folder_does_not_replace_the_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["/usr/bin/false", "{connection_file}"], "display_name": "", "language": ""}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert AsyncKernelManager().kernel_spec.argv[0] == "/usr/bin/false"
    assert asyncio.run(ask_kernel("import sys; print(sys.executable)")) == sys.executable


def test_there_is_no_kernel_by_another_name() -> None:
    with pytest.raises(NoSuchKernel):
        InterpreterKernelSpecManager().get_kernel_spec("julia")


@needs_fork
def test_kernels_with_the_same_modules_share_a_fork_server() -> None:
    modules, environment = ("json",), dict(os.environ)
    server = get_fork_server(modules, environment)
    assert get_fork_server(modules, environment | {"VOILA_BASE_URL": "/"}) is server
    assert get_fork_server(modules, environment | {"PYTHONHASHSEED": "1"}) is not server
