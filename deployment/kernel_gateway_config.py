"""Configuration of a Jupyter kernel gateway that runs the pages' kernels of a Policy Workbook.

On each machine of the cluster, in an environment that has the workbook at the same version:
    pip install jupyter-kernel-gateway
    jupyter kernelgateway --config=kernel_gateway_config.py
``KG_AUTH_TOKEN`` sets the token that the workbook's server needs. The kernels of one gateway are
forked from one process and share its memory, as on a machine without a gateway.
"""

from workbook.kernels.interpreter_kernel import InterpreterKernelSpecManager
from workbook.serving.process_secrets import protect_process
from workbook.serving.settings import PAGE_MODULES

protect_process()  # the kernels cannot read the token of the gateway, which forks them

c = get_config()  # noqa: F821  # type: ignore[name-defined]  Jupyter's

# For a server on another machine, set ip to this machine's address, and KernelGatewayApp.certfile
# and KernelGatewayApp.keyfile to its certificate.
c.KernelGatewayApp.ip = "127.0.0.1"
c.KernelGatewayApp.port = 8888
c.KernelGatewayApp.kernel_spec_manager_class = InterpreterKernelSpecManager
c.InterpreterKernelSpecManager.modules = list(PAGE_MODULES)

# The server asks which kernels there are before it ends those that nobody uses.
c.JupyterWebsocketPersonality.list_kernels = True

# A kernel that fails is removed. One that is started again would be without its page.
c.KernelRestarter.restart_limit = 0

# A kernel gets these variables of the gateway, and those of the server, and no others.
c.KernelGatewayApp.env_process_whitelist = ["HOME", "LANG", "PYTHONPATH", "TMPDIR"]
c.JupyterWebsocketPersonality.env_whitelist = [
    "VOILA_BASE_URL",
    "VOILA_PREHEAT",
    "WORKBOOK_SCENARIOS",
    "WORKBOOK_SERVED_SCRIPTS",
    "WORKBOOK_VISIT_MEMORY",
]
