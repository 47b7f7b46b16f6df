"""Slots for long calculations: as many at once as there are slots, freed by a kernel that ends."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from workbook.kernels.calculation_slots import (
    SLOTS_VARIABLE,
    answer_visitor,
    make_slots,
    take_slot,
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no locks of files on Windows")

HOLD_A_SLOT = """
import asyncio, sys
from workbook.kernels.calculation_slots import take_slot

async def hold():
    async with take_slot():
        print("taken", flush=True)
        await asyncio.sleep(600)

asyncio.run(hold())
"""


async def take_turns(count: int) -> int:
    """Take slots at the same time; returns the most that were held at once."""
    held = most_held = 0

    async def take_turn() -> None:
        nonlocal held, most_held
        async with take_slot():
            held += 1
            most_held = max(most_held, held)
            await asyncio.sleep(0.01)
            held -= 1

    await asyncio.gather(*(take_turn() for _ in range(count)))
    return most_held


@pytest.mark.parametrize("count", [1, 3])
def test_no_more_at_once_than_slots(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_slots(tmp_path / "slots", count)
    monkeypatch.setenv(SLOTS_VARIABLE, str(tmp_path / "slots"))
    assert asyncio.run(take_turns(7)) == count


def test_a_calculation_lets_answers_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_slots(tmp_path / "slots", 1)
    monkeypatch.setenv(SLOTS_VARIABLE, str(tmp_path / "slots"))
    events: list[str] = []

    async def calculate() -> None:
        async with take_slot():
            events.append("calculated")

    async def answer() -> None:
        with answer_visitor():
            calculation = asyncio.create_task(calculate())
            await asyncio.sleep(0.1)
            events.append("answered")
        await calculation

    asyncio.run(answer())
    assert events == ["answered", "calculated"]


def test_a_calculation_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_slots(tmp_path / "slots", 1)
    monkeypatch.setenv(SLOTS_VARIABLE, str(tmp_path / "slots"))

    async def calculate_during_an_answer() -> None:
        with answer_visitor():
            async with take_slot():
                pass

    asyncio.run(calculate_during_an_answer())


@pytest.mark.parametrize("answers", [0, 1])
def test_only_a_calculation_that_holds_up_an_answer_rests(
    answers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_slots(tmp_path / "slots", 1)
    monkeypatch.setenv(SLOTS_VARIABLE, str(tmp_path / "slots"))
    rests: list[float] = []

    async def note_rest(seconds: float) -> None:
        rests.append(seconds)

    async def calculate() -> None:
        with ExitStack() as held_up:
            async with take_slot():
                for _ in range(answers):
                    held_up.enter_context(answer_visitor())

    monkeypatch.setattr("workbook.kernels.calculation_slots.asyncio.sleep", note_rest)
    asyncio.run(calculate())
    assert len(rests) == answers


@pytest.mark.parametrize("folder", ["", "missing"])
def test_without_slots_nobody_waits(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SLOTS_VARIABLE, folder and str(tmp_path / folder))
    assert asyncio.run(take_turns(7)) == 7


def test_a_killed_kernel_frees_its_slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_slots(tmp_path / "slots", 1)
    monkeypatch.setenv(SLOTS_VARIABLE, str(tmp_path / "slots"))
    command = [sys.executable, "-c", HOLD_A_SLOT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as kernel:
        assert kernel.stdout is not None
        assert kernel.stdout.readline() == "taken\n"
        kernel.send_signal(signal.SIGKILL)
    assert asyncio.run(asyncio.wait_for(take_turns(2), 60)) == 1
