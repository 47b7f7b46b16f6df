"""Ports of kernels that start: no other program may take them before the kernel does."""

import random
import socket
from contextlib import suppress
from typing import Final

from jupyter_client.connect import LocalPortCache

KERNEL_PORTS: Final = range(10_000, 20_000)
"""Ports that the system gives to no outgoing connection. Those that jupyter_client takes are."""

_TRIES = 200


def reserve_ports(ip: str, count: int) -> list[int]:
    """Find ports that are not in use, and reserve them in this process.

    Args:
        ip: Address of this machine.
        count: Number of ports.

    Returns:
        The ports. The provisioner returns them to jupyter_client's cache when the kernel ends.

    Raises:
        OSError: Too few ports are free.
    """
    cache, ports = LocalPortCache.instance(), []
    for port in random.SystemRandom().sample(KERNEL_PORTS, _TRIES):
        if port not in cache.currently_used_ports and _is_free(ip, port):
            cache.currently_used_ports.add(port)
            ports.append(port)
        if len(ports) == count:
            return ports
    msg = f"fewer than {count} ports of {ip} are free for a kernel"
    raise OSError(msg)


def _is_free(ip: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET) as probe:
        with suppress(OSError):
            probe.bind((ip, port))
            return True
        return False
