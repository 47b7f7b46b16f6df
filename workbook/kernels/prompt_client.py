"""A client that goes on as soon as its kernel answers.

jupyter_client's own takes a kernel for ready when something that it published has arrived, and when
nothing more has come for 0.2 seconds. What a kernel publishes before it knows of the client is
lost, which costs another 0.2 seconds.
"""

import math
import time
from queue import Empty
from typing import Any, Final

from jupyter_client.asynchronous.client import AsyncKernelClient

_FIRST_SECONDS: Final = 0.02
"""Time for what the kernel publishes to arrive, until it is asked again. It doubles each time."""

_ALIVE_SECONDS: Final = 1
"""Time without an answer after which it is checked that the kernel is alive."""


class PromptKernelClient(AsyncKernelClient):
    """A client of a kernel that its manager has started."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109  as its base class
        """Wait until the kernel answers, and what it publishes arrives.

        Args:
            timeout: Seconds until this fails; None to wait as long as the kernel lives.

        Raises:
            RuntimeError: The kernel has ended, or does not answer in time.
        """
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        patience = _FIRST_SECONDS
        while True:
            request = self.kernel_info()
            reply = await self._wait_for_reply(request, deadline)
            if await self._hears_end_of(request, patience):
                self._handle_kernel_info_reply(reply)
                return
            patience *= 2

    async def _wait_for_reply(self, request: str, deadline: float) -> dict[str, Any]:
        """Wait for the reply to a request. Raises RuntimeError if it does not come."""
        while True:
            try:
                reply: dict[str, Any] = await self.shell_channel.get_msg(timeout=_ALIVE_SECONDS)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("the kernel has ended before it was ready") from None
                if time.monotonic() > deadline:
                    raise RuntimeError("the kernel was not ready in time") from None
            else:
                if reply["parent_header"].get("msg_id") == request:
                    return reply

    async def _hears_end_of(self, request: str, seconds: float) -> bool:
        """Whether the kernel publishes in time that it has dealt with a request.

        Everything that it published before has been read then.
        """
        deadline = time.monotonic() + seconds
        try:
            while True:
                remaining = max(0.0, deadline - time.monotonic())
                message = await self.iopub_channel.get_msg(timeout=remaining)
                is_idle = message["content"].get("execution_state") == "idle"
                if is_idle and message["parent_header"].get("msg_id") == request:
                    return True
        except Empty:
            return False
