"""Program that starts as ``workbook serve`` does, and looks for a secret in two memories.

It prints as JSON what it finds: in its own memory and in that of its kernel.
"""

import asyncio
import hashlib
import json
import os
from pathlib import Path

from tests.kernels.running_kernel import MODULES, start_kernel
from workbook.kernels.shared_start import has_restarted, restart_without_secrets, share_memory

SECRET_VARIABLE = "DATABASE_URL"
PREFIX = "postgres://secret-"
"""How the secret begins. Whoever looks for all of it would find what they look for."""

SEARCH = """
import hashlib, re

def search_memory(prefix, digest, length):
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            addresses, permissions = line.split()[:2]
            start, end = (int(address, 16) for address in addresses.split("-"))
            if not permissions.startswith("rw"):
                continue
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, OverflowError, ValueError):
                continue
            for found in re.finditer(re.escape(prefix), content):
                candidate = content[found.end() : found.end() + length]
                if hashlib.sha256(candidate).hexdigest() == digest:
                    return True
    return False
"""
"""A function that looks for a text in the memory of its own process."""


def filter_variables(variables: dict[str, str]) -> dict[str, str]:
    """The variables without the secret."""
    return {name: value for name, value in variables.items() if name != SECRET_VARIABLE}


async def search_both() -> dict[str, object]:
    """Search the memory of this process and of its kernel."""
    ending = os.environ[SECRET_VARIABLE].removeprefix(PREFIX)
    arguments = (PREFIX.encode(), hashlib.sha256(ending.encode()).hexdigest(), len(ending))
    functions: dict[str, object] = {}
    exec(SEARCH, functions)
    async with start_kernel(env=filter_variables(dict(os.environ))) as kernel:
        code = f"""{SEARCH}
import os, stat
files = [name for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{{name}}")]
regular = [name for name in files if stat.S_ISREG(os.stat(f"/proc/self/fd/{{name}}").st_mode)]
print(search_memory{arguments}, os.getppid(), len([name for name in regular if int(name) > 2]))
"""
        in_kernel, parent, file_count = (await kernel.answer(code)).split()
        return {
            "server": functions["search_memory"](*arguments),
            "kernel": in_kernel == "True",
            "is_forked_from_here": is_child(int(parent)),
            "files": int(file_count),
        }


def is_child(process_id: int) -> bool:
    """Whether a process was started by this one, and runs this program."""
    process, own = Path("/proc", str(process_id)), Path("/proc/self")
    parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
    command_lines = [(folder / "cmdline").read_bytes() for folder in (process, own)]
    return parent == os.getpid() and command_lines[0] == command_lines[1]


if __name__ == "__main__":
    if not has_restarted():
        restart_without_secrets(filter_variables)
    share_memory(MODULES)
    print(json.dumps(asyncio.run(search_both())))
