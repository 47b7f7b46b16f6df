"""The socket between a page and its kernel. It carries the widgets' messages and nothing else.

What a kernel writes, such as the trace of an error that a callback has logged, would be sent to the
page as well. It belongs in the server's log.
"""

import asyncio
from logging import Logger
from typing import Any, Final

from jupyter_client.session import DELIM
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

PAGE_MESSAGES: Final = frozenset(
    {
        *("comm_open", "comm_msg", "comm_close", "comm_info_reply"),
        *("kernel_info_reply", "shutdown_reply", "status"),
    }
)
"""Types of the messages that a page gets."""

PING_SETTINGS: Final = {"ws_ping_interval": 30_000, "ws_ping_timeout": 45_000}
"""Milliseconds between two signs of life on a socket, and for which an answer is awaited.

Jupyter looks for the answer to the last sign when it sends the next: a shorter time would end the
connection of every page at that moment.
"""


def is_for_page(
    kernel_id: str, header: dict[str, Any], content: dict[str, Any], log: Logger
) -> bool:
    """Whether a page gets a message of its kernel. What it writes to standard error is logged.

    Args:
        kernel_id: The kernel.
        header: The message's header.
        content: The message's content. It may be empty if the page gets the message.
        log: The server's log.

    Returns:
        Whether the message is one of its widgets'.
    """
    if header.get("msg_type") in PAGE_MESSAGES:
        return True
    if content.get("name") == "stderr":
        log.warning("Kernel %s: %s", kernel_id, str(content.get("text", "")).strip())
    return False


_FIRST_NUDGES: Final = (0.02, 0.04, 0.08, 0.16)
"""Seconds before each of the first requests that have a kernel publish something."""


class PageConnection(ZMQChannelsWebsocketConnection):
    """Passes on the messages of widgets, and logs what a kernel writes to standard error."""

    def nudge(self) -> asyncio.Future[None]:
        """Have the kernel publish something, until the server gets it and the socket can open.

        What the first request publishes is often lost, since the kernel does not know yet of the
        server's subscription. The base class repeats it only after half a second.
        """
        established = super().nudge()
        self._nudging = asyncio.ensure_future(self._repeat_nudge(established))
        return established

    async def _repeat_nudge(self, established: asyncio.Future[None]) -> None:
        channel = self.kernel_manager.connect_shell()
        try:
            for seconds in _FIRST_NUDGES:
                await asyncio.sleep(seconds)
                if established.done():
                    break
                self.session.send(channel, "kernel_info_request")
        finally:
            channel.close()

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:  # noqa: ANN401  the base class's
        """Pass a message on to the page, or keep it from the page."""
        header, content = self._read_parts(msg_list)
        if is_for_page(self.kernel_id, header, content, self.log):
            super()._on_zmq_reply(stream, msg_list)  # type: ignore[no-untyped-call]

    def _read_parts(self, message: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401  as above
        """Header and content of a message, which may be read already, packed, or addressed."""
        if isinstance(message, dict):
            return message["header"], message["content"]
        if DELIM in message:  # kept during a break, with its addresses and signature
            message = self.session.feed_identities(message)[1][1:]
        header: dict[str, Any] = self.session.unpack(message[0])
        is_short = header["msg_type"] not in PAGE_MESSAGES
        return header, self.session.unpack(message[3]) if is_short else {}


class PageSocketHandler(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The socket's handler. Its refusals have the security headers of every answer."""

    def set_default_headers(self) -> None:
        """Set the security headers."""
        JupyterHandler.set_default_headers(self)

    def get_websocket_protocol(self) -> Any:  # noqa: ANN401  tornado's, which has params
        """Leave the signs of life to Jupyter: tornado would take its settings for seconds."""
        protocol: Any = super().get_websocket_protocol()
        if protocol is not None:
            protocol.params.ping_interval = protocol.params.ping_timeout = None
        return protocol
