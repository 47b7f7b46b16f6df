"""The kernel of the interpreter that was started, whatever kernels a user's folder holds."""

from typing import Final

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Dict, List, Unicode, default

from workbook.kernels.prompt_client import PromptKernelClient
from workbook.kernels.provisioner import LIBRARIES, PROVISIONER_NAME, register_provisioner

KERNEL_NAME: Final = "python3"
"""Name of the only kernel."""


class InterpreterKernelSpecManager(KernelSpecManager):
    """Kernel specifications of which there is one: this interpreter, forked where possible."""

    modules = List(Unicode(), list(LIBRARIES), help="modules to load before the fork", config=True)
    environment = Dict(help="environment variables of the kernel beside those here", config=True)

    def find_kernel_specs(self) -> dict[str, str]:
        """Folder of each kernel's resources, by the kernel's name."""
        return {KERNEL_NAME: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The kernel's specification. Raises NoSuchKernel for any other name."""
        if kernel_name != KERNEL_NAME:
            raise NoSuchKernel(kernel_name)
        register_provisioner()
        environment = {name: value.replace("$", "$$") for name, value in self.environment.items()}
        spec = KernelSpec(resource_dir=RESOURCES, env=environment, **get_kernel_dict())
        stanza = {"provisioner_name": PROVISIONER_NAME, "config": {"modules": self.modules}}
        spec.metadata = {**spec.metadata, "kernel_provisioner": stanza}
        return spec


class InterpreterKernelManager(AsyncKernelManager):
    """Manager of one kernel of this interpreter, for clients such as papermill."""

    @default("kernel_spec_manager")
    def _default_kernel_spec_manager(self) -> InterpreterKernelSpecManager:
        return InterpreterKernelSpecManager(parent=self)

    @default("client_factory")
    def _default_client_factory(self) -> type[PromptKernelClient]:
        return PromptKernelClient
