"""Memory of a process and of those that it started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.serving.process_memory import measure_memory

GRANDCHILD = """
import sys
held = bytearray(b"1") * 50_000_000
print("ready", flush=True)
sys.stdin.read()
"""
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GRANDCHILD!r}])"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells it")
def test_the_memory_of_every_descendant_counts() -> None:
    before = measure_memory(os.getpid())
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        during, apart = measure_memory(os.getpid()), measure_memory(child.pid)
    assert before is not None
    assert during is not None
    assert apart is not None
    assert during - before > 50_000_000
    assert apart > 50_000_000


def test_a_process_that_has_ended_has_no_memory() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    assert measure_memory(ended.pid) is None
