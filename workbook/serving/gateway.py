"""Kernels on other machines, through Jupyter's kernel gateway.

Jupyter Server's own classes for it assume the user of a notebook. They pass every message of a page
on, never say that a browser has connected, and take a kernel that is gone for alive.
"""

import asyncio
import json
import math
import ssl
import time
from http import HTTPStatus
from queue import Empty
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

import websocket
from jupyter_server.gateway.connections import GatewayWebSocketConnection
from jupyter_server.gateway.gateway_client import GatewayClient, gateway_request
from jupyter_server.gateway.managers import (
    GatewayKernelClient,
    GatewayKernelManager,
    GatewayMappingKernelManager,
    HBChannelQueue,
)
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError
from traitlets import Type, default

from workbook.scenario.store import FOLDER_VARIABLE
from workbook.serving.kernels import PageKernelManager
from workbook.serving.page_socket import is_for_page

_PASSED_VARIABLES: Final = (
    "VOILA_BASE_URL",
    "VOILA_PREHEAT",
    FOLDER_VARIABLE,
    "WORKBOOK_SERVED_SCRIPTS",
    "WORKBOOK_VISIT_MEMORY",
)
"""Variables of a kernel that the gateway is given. It needs to allow them."""

_CHANNELS: Final = ("shell", "iopub", "stdin", "hb", "control")
_LOOK_SECONDS: Final = 0.005
"""Time between two looks for a message: the base class looks without a pause."""


def use_gateway(url: str) -> None:
    """Have kernels started by a gateway. Its token is in ``JUPYTER_GATEWAY_AUTH_TOKEN``.

    Args:
        url: The gateway's address.

    Raises:
        ValueError: It is no address of a server.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f'--gateway "{url}" is not an address. Give one such as https://gateway.example:8888'
        raise ValueError(msg)
    client = GatewayClient.instance()
    client.url = url
    client.allowed_envs = ",".join(_PASSED_VARIABLES)
    client.gateway_retry_max = 0  # a page connects again itself, and knows what it has to repeat


class PageChannel(HBChannelQueue):
    """A channel that waits between two looks for a message, and names itself to the gateway."""

    async def _async_get(self, timeout: float | None = None) -> dict[str, Any]:  # noqa: ASYNC109  as its base class
        """Get a message. Raises Empty if there is none in time, RuntimeError if none can come."""
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            try:
                message: dict[str, Any] = self.get(block=False)
            except Empty:
                if self.response_router_finished:
                    raise RuntimeError("the gateway has closed the connection") from None
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(_LOOK_SECONDS)
            else:
                return message

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message to the kernel."""
        super().send({**msg, "channel": self.channel_name})


class GatewayPageClient(GatewayKernelClient):
    """A client that shows the gateway's token, and has every channel.

    The base class shows none, and stops at the first message of a channel that it does not have.
    """

    async def start_channels(self, **_: bool) -> None:  # type: ignore[override]  # as its base class
        """Open the socket to the gateway."""
        client = GatewayClient.instance()
        kernel_url = url_path_join(client.ws_url or "", client.kernels_endpoint, self.kernel_id)
        options = client.load_connection_args()  # type: ignore[no-untyped-call]
        self.channel_socket = connection = await asyncio.to_thread(
            websocket.create_connection,
            f"{kernel_url}/channels",
            timeout=client.connect_timeout,
            enable_multithread=True,
            header=options["headers"],
            sslopt=_tls_options(client),
        )
        self._channel_queues = {name: PageChannel(name, connection, self.log) for name in _CHANNELS}
        for name, channel in self._channel_queues.items():
            setattr(self, f"_{name}_channel", channel)
        self.response_router = Thread(target=self._route_responses, daemon=True)
        self.response_router.start()

    def stop_channels(self) -> None:
        """Close the socket, in a thread: the gateway may take seconds to answer."""
        self._channels_stopped = True
        if self.channel_socket is not None:
            Thread(target=super().stop_channels, daemon=True).start()


def _tls_options(client: GatewayClient) -> dict[str, Any]:
    """How a socket to the gateway is secured: as the requests to it are."""
    files = {
        "ca_certs": client.ca_certs,
        "certfile": client.client_cert,
        "keyfile": client.client_key,
    }
    requirement = ssl.CERT_REQUIRED if client.validate_cert else ssl.CERT_NONE
    return {"cert_reqs": requirement} | {name: path for name, path in files.items() if path}


class GatewayPageKernel(GatewayKernelManager):
    """A kernel of a page, which the gateway runs."""

    client_factory = Type(klass=GatewayPageClient)

    async def refresh_model(self, model: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """Ask the gateway for the kernel's state; None if the kernel is gone.

        Browsers are counted here: the gateway also counts the connection that runs the notebook.
        """
        self.kernel = model or await self._fetch_model()
        if self.kernel is None:
            return None
        manager: Any = self.parent
        # From here to the base class's count nothing is awaited, so that no browser is missed.
        browsers = manager._kernel_connections.get(self.kernel_id, 0)  # noqa: SLF001  as the base class
        counted = {**self.kernel, "connections": browsers}
        known: dict[str, Any] = await super().refresh_model(counted)  # type: ignore[no-untyped-call]
        return known

    async def _fetch_model(self) -> dict[str, Any] | None:
        try:
            response = await gateway_request(self.kernel_url, method="GET")
        except HTTPError as error:
            if error.status_code != HTTPStatus.NOT_FOUND:
                raise
            return None
        model: dict[str, Any] = json.loads(response.body)
        return model

    async def is_alive(self) -> bool:  # type: ignore[override]  # as its base class
        """Whether the gateway still has the kernel."""
        return await self.refresh_model() is not None

    async def _async_is_alive(self) -> bool:
        """As above: the kernel's clients ask here."""
        return await self.is_alive()


class GatewayPageKernelManager(PageKernelManager, GatewayMappingKernelManager):
    """Manager of the pages' kernels, which a gateway runs."""

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{GatewayPageKernel.__module__}.{GatewayPageKernel.__name__}"

    async def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """State of a kernel, as the gateway has it now: a page asks whether its kernel lives."""
        kernel: Any = self._kernels.get(kernel_id)
        model: dict[str, Any] | None = await kernel.refresh_model() if kernel else None
        if model is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return model


class GatewayPageConnection(GatewayWebSocketConnection):
    """Passes on the messages of widgets in both directions, and no others."""

    @property
    def _kernels(self) -> PageKernelManager:
        manager: PageKernelManager = self.multi_kernel_manager
        return manager

    async def connect(self) -> None:
        """Connect to the gateway; the page's browser is here."""
        self._kernels.notify_connect(self.kernel_id)
        await super().connect()  # type: ignore[no-untyped-call]

    def disconnect(self) -> None:  # type: ignore[override]  # as its base class
        """Disconnect: the browser has left."""
        if not self.disconnected and self.kernel_id in self._kernels:
            self._kernels.notify_disconnect(self.kernel_id)
        super().disconnect()  # type: ignore[no-untyped-call]

    async def _read_messages(self) -> None:
        """Read messages until the gateway's socket closes. Then the page has to connect again."""
        await super()._read_messages()  # type: ignore[no-untyped-call]
        if not self.disconnected:
            self.websocket_handler.close()

    def handle_incoming_message(self, message: str) -> None:
        """Pass a message of the page on, if it is one that pages may send."""
        header, _ = _read_parts(message)
        if header.get("msg_type") in self._kernels.allowed_message_types:
            super().handle_incoming_message(message)

    def handle_outgoing_message(self, incoming_msg: str, *args: Any) -> None:  # noqa: ANN401  the base class's
        """Pass a message of the kernel on, or keep it from the page."""
        header, content = _read_parts(incoming_msg)
        if is_for_page(self.kernel_id, header, content, self.log):
            super().handle_outgoing_message(incoming_msg, *args)


def _read_parts(message: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and content of a message; empty where there are none."""
    try:
        read = json.loads(message)
    except ValueError:
        return {}, {}
    parts = [read.get(name) if isinstance(read, dict) else None for name in ("header", "content")]
    header, content = (part if isinstance(part, dict) else {} for part in parts)
    return header, content
