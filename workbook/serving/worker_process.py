"""A module of ours that runs once in a process of its own, without the server's secrets."""

import asyncio
import os
import sys
from contextlib import suppress

from workbook.serving.kernels import filter_environment


class WorkerError(Exception):
    """The process failed, and reported why on standard error, or it took too long."""


async def run_module(module: str, text: str, seconds: float) -> str:
    """Run a module as a program.

    Args:
        module: Its name.
        text: What it reads from standard input.
        seconds: The time that it may take.

    Returns:
        What it wrote to standard output.

    Raises:
        WorkerError: It failed, or took too long. It has ended in both cases.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=filter_environment(dict(os.environ)),
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(text.encode()), seconds)
    except TimeoutError:
        raise WorkerError(f"{module} took too long") from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode:
        raise WorkerError(f"{module} ended with {process.returncode}")
    return output.decode()
