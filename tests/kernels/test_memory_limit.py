"""The memory of a visit: a kernel beyond its limit fails in that calculation, and no other does."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.kernels.running_kernel import needs_fork, start_kernel
from workbook.kernels.fork_server import MEMORY_VARIABLE

pytestmark = [
    needs_fork,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is not counted here"),
]

ALLOCATE = "import numpy; print(len(numpy.empty({megabytes} * 2**17)))"


def test_a_kernel_gets_no_more_than_its_limit_and_goes_on() -> None:
    async def ask() -> tuple[str, ...]:
        limited = {**os.environ, MEMORY_VARIABLE: "400"}
        async with start_kernel(env=limited) as kernel, start_kernel() as other:
            too_much, enough = ALLOCATE.format(megabytes=1000), ALLOCATE.format(megabytes=20)
            return (
                await kernel.answer(too_much),
                await kernel.answer(enough),
                await kernel.answer(f"import os; print({MEMORY_VARIABLE!r} in os.environ)"),
                await other.answer(too_much),
            )

    refused, allowed, is_told, unlimited = asyncio.run(ask())
    assert "MemoryError" in refused
    assert (allowed, is_told) == (str(20 * 2**17), "False")
    assert unlimited == str(1000 * 2**17)
