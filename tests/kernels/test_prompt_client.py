"""A client that goes on as soon as its kernel answers."""

import asyncio
import os
import signal
from queue import Empty
from typing import Any

import pytest

from tests.kernels.running_kernel import needs_fork, start_kernel
from workbook.kernels.prompt_client import PromptKernelClient


def test_a_kernel_that_is_ready_has_nothing_left_to_say_and_answers() -> None:
    async def ask() -> str:
        async with start_kernel() as kernel:
            assert isinstance(kernel.client, PromptKernelClient)
            for channel in (kernel.client.iopub_channel, kernel.client.shell_channel):
                with pytest.raises(Empty):
                    await channel.get_msg(timeout=0.1)
            return await kernel.answer("print(6 * 7)")

    assert asyncio.run(ask()) == "42"


def test_a_kernel_whose_publications_are_lost_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def ask() -> tuple[int, str]:
        async with start_kernel() as kernel:
            channel, requests = kernel.client.iopub_channel, []
            receive, request = channel.get_msg, kernel.client.kernel_info

            async def lose_first(timeout: float) -> dict[str, Any]:  # noqa: ASYNC109  the channel's own
                if len(requests) == 1:
                    raise Empty
                message: dict[str, Any] = await receive(timeout=timeout)
                return message

            def count() -> str:
                requests.append(request())
                return str(requests[-1])

            monkeypatch.setattr(channel, "get_msg", lose_first)
            monkeypatch.setattr(kernel.client, "kernel_info", count)
            await kernel.client.wait_for_ready(timeout=60)
            return len(requests), await kernel.answer("print('heard')")

    count, answer = asyncio.run(ask())
    assert count > 1
    assert answer == "heard"


@needs_fork
@pytest.mark.parametrize(
    ("signal_name", "reason"), [("SIGKILL", "has ended"), ("SIGSTOP", "not ready in time")]
)
def test_a_kernel_that_does_not_answer_is_an_error(signal_name: str, reason: str) -> None:
    async def wait() -> None:
        async with start_kernel() as kernel:
            os.kill(kernel.process_id, getattr(signal, signal_name))
            await kernel.client.wait_for_ready(timeout=0.1)

    with pytest.raises(RuntimeError, match=reason):
        asyncio.run(wait())
