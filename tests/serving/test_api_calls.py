"""The processes that answer calls: their limits, and what becomes of those nobody waits for."""

import asyncio
import os
import time

import pytest

from workbook.kernels.forking import close_fork_servers
from workbook.kernels.function_process import start_function
from workbook.serving import api_calls
from workbook.serving.api_calls import ApiCalls, CallFailedError, CallTimeoutError
from workbook.serving.turn_queue import QueueFullError

MODULES = ("workbook.topics.registry",)
RUN = ("run", ("digital_inclusion",), "draws=100", "")
LONG = ("seek", ("savings",), "indicator=npv&reach=1e12&by=horizon&probability=0.9", "")


@pytest.fixture(scope="module", autouse=True)
def fork_server():
    """The process that the calls are forked from, which ends afterwards."""
    answer = asyncio.run(ApiCalls(None, MODULES).answer(*RUN))
    assert answer.content["topic"] == "digital_inclusion"
    yield
    close_fork_servers()


def is_running(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def started_process(calls):
    """Wait for the process of a call, and give its identifier."""
    while (call := calls._current) is None or call._process is None:
        time.sleep(0.01)
    return call._process.pid


def test_a_call_that_takes_too_long_is_ended():
    calls = ApiCalls(None, MODULES, seconds=0.01)
    with pytest.raises(CallTimeoutError):
        asyncio.run(calls.answer(*RUN))
    with pytest.raises(CallTimeoutError):  # its turn is over
        asyncio.run(calls.answer(*RUN))


def test_a_call_that_nobody_waits_for_is_ended():
    calls = ApiCalls(None, MODULES)

    async def leave():
        call = asyncio.create_task(calls.answer(*LONG))
        process_id = await asyncio.to_thread(started_process, calls)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        return process_id

    process_id, deadline = asyncio.run(leave()), time.monotonic() + 30
    while is_running(process_id):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert asyncio.run(calls.answer(*RUN)).status == 200


def test_a_call_is_ended_before_its_process_has_started(monkeypatch):
    starts, running = [], []

    def start_slowly(*arguments, **options):
        time.sleep(0.2)
        running.append([process for process in starts if is_running(process.pid)])
        starts.append(start_function(*arguments, **options))
        return starts[-1]

    monkeypatch.setattr(api_calls, "start_function", start_slowly)
    calls = ApiCalls(None, MODULES)

    async def leave_and_ask_again():
        call = asyncio.create_task(calls.answer(*LONG))
        await asyncio.sleep(0.05)
        call.cancel()
        return await calls.answer(*RUN)

    assert asyncio.run(leave_and_ask_again()).status == 200
    assert running == [[], []]  # the next call does not run beside the one that nobody waits for


def test_no_more_than_a_few_wait():
    calls = ApiCalls(None, MODULES, most_waiting=1)

    async def crowd():
        answers = [calls.answer(*RUN) for _ in range(4)]
        return await asyncio.gather(*answers, return_exceptions=True)

    results = asyncio.run(crowd())
    assert sum(isinstance(result, QueueFullError) for result in results) == 2
    assert [result.status for result in results if not isinstance(result, Exception)] == [200, 200]


def test_a_fault_is_no_answer(capfd):
    with pytest.raises(CallFailedError, match="the process of the call rn wrote no answer"):
        asyncio.run(ApiCalls(None, MODULES).answer("rn", (), "", ""))
    assert "KeyError: 'rn'" in capfd.readouterr().err
