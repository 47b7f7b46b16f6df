"""Secrets of the server's environment, kept from its kernels, which run as the same user.

A process can read the environment with which another of its user was started, and that process's
memory. Removing a variable changes neither. So the values are overwritten where Linux shows them,
and the server's memory is closed to processes without the rights of an administrator.
"""

import ctypes
import os
import sys
from typing import Final

from workbook.serving.kernels import filter_environment

_PR_SET_DUMPABLE: Final = 4
"""Linux's number of the option that closes a process to others of its user."""


def protect_process() -> None:
    """Keep the secrets of this process from others of its user. Only Linux can do so.

    It must come before any kernel is started. Every variable stays set in this process; programs
    that it starts are open again, and are given the variables that they may have.

    Raises:
        OSError: Linux refused.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the server's memory cannot be closed to its kernels")
    library.getenv.restype = ctypes.c_void_p
    for name in os.environ.keys() - filter_environment(dict(os.environ)).keys():
        _overwrite_variable(library, name)


def _overwrite_variable(library: ctypes.CDLL, name: str) -> None:
    """Overwrite a variable in the block of the process's start, and set it anew elsewhere."""
    value = os.environ[name]
    address = library.getenv(os.fsencode(name))
    if address is not None:
        ctypes.memset(address, 0, len(os.fsencode(value)))
        os.environ[name] = value
