"""A kernel provisioner, jupyter_client's extension point, that forks kernels where it can."""

import asyncio
import os
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Final

from jupyter_client.connect import KernelConnectionInfo, port_names
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from workbook.kernels.forking import (
    CAN_FORK,
    ForkedProcess,
    ForkServerError,
    get_fork_server,
)
from workbook.kernels.ports import reserve_ports

PROVISIONER_NAME: Final = "workbook-fork"
"""Name of the provisioner in a kernel specification."""

LIBRARIES: Final = ("numpy", "pandas", "altair", "ipywidgets", "anywidget", "comm")
"""Modules that nearly every notebook imports."""

_UNDERSTOOD_OPTIONS = {"cwd", "env", "extra_arguments", "kernel_id"}
"""Options of a start that a forked kernel respects. Any other needs an ordinary start."""


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by forking a process that has modules loaded.

    A kernel of another interpreter, a start with unusual options and a system without fork have
    an ordinary start, as has a kernel whose modules could not be loaded.
    """

    modules = List(Unicode(), list(LIBRARIES), help="modules to load before the fork", config=True)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401  passed on
        """Choose the kernel's ports, and prepare its start."""
        manager = self.parent
        if manager and manager.cache_ports and not self.ports_cached:
            for name, port in zip(
                port_names, reserve_ports(manager.ip, len(port_names)), strict=True
            ):
                setattr(manager, name, port)
            self.ports_cached = True
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401  passed on
        """Launch a kernel with a command.

        Args:
            cmd: Command that starts the kernel in the ordinary way.
            **kwargs: Its environment variables, working folder and other options.

        Returns:
            How to connect to the kernel.
        """
        arguments = find_launcher_arguments(cmd)
        if CAN_FORK and arguments is not None and _UNDERSTOOD_OPTIONS.issuperset(kwargs):
            try:
                await self._fork_kernel(arguments, **kwargs)
            except ForkServerError as error:
                self.log.warning("A kernel is started in the ordinary way: %s", error)
            else:
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def _fork_kernel(
        self, arguments: list[str], env: dict[str, str], cwd: str | None = None, **_: object
    ) -> None:
        folder = os.fspath(cwd or Path.cwd())
        process = await asyncio.to_thread(self._start, arguments, env, folder)
        self.process = process  # type: ignore[assignment]  # as much of it as is used
        self.pid = self.pgid = process.pid  # it has a session of its own
        self.cwd = folder

    def _start(self, arguments: list[str], env: dict[str, str], folder: str) -> ForkedProcess:
        return get_fork_server(self.modules, env).start(arguments, env, folder)

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and its own processes, if it runs."""
        if self.process and self.process.poll() is None:
            await super().send_signal(signum)


def find_launcher_arguments(command: Sequence[str]) -> list[str] | None:
    """Arguments of ``ipykernel_launcher`` in the command of a kernel of this interpreter."""
    if "ipykernel_launcher" not in command or Path(command[0]) != Path(sys.executable):
        return None
    return list(command[command.index("ipykernel_launcher") + 1 :])


def register_provisioner() -> None:
    """Make the provisioner known in this process, also where the package is not installed."""
    value = f"{ForkProvisioner.__module__}:{ForkProvisioner.__name__}"
    KernelProvisionerFactory.provisioners[PROVISIONER_NAME] = EntryPoint(
        PROVISIONER_NAME, value, KernelProvisionerFactory.GROUP_NAME
    )
