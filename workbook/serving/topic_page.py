"""Request handler of a topic's page: it waits for its turn, and its kernel for a browser."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import tornado.web
from jupyter_client.client import KernelClient
from voila.tornado.handler import TornadoVoilaHandler

from workbook.exports.page_stills import StillSize
from workbook.scenario import names_scenario
from workbook.serving.first_paint import FirstPaint, find_kernel
from workbook.serving.handlers import MessageHandler
from workbook.serving.kernels import PageKernelManager
from workbook.serving.limits import has_files_for_a_page
from workbook.serving.page_record import PageRecord
from workbook.serving.ready_pages import ReadyPages, notebook_name
from workbook.serving.turn_queue import QueueFullError, TurnQueue
from workbook.topics.registry import TOPICS

_BODY, _HEARTBEAT = "<body", "voila_heartbeat()"
_PHONE = "Mobi"
"""What the browsers of phones call themselves, among other things."""

_RETRY_SECONDS = 5
"""Time after which a visitor of a full server asks again."""


@dataclass(frozen=True)
class PageServices:
    """What the pages of all topics share.

    Args:
        record: The record of the pages that were made or have failed.
        ready_pages: The pages that are kept ready.
        first_paint: What is put into a page before it is sent.
        arrivals: The queue of the visitors.
        openings: Turns of the links whose scenarios are opened. They are not those of the arrivals:
            a scenario that takes long must not stop pages that are ready.
    """

    record: PageRecord
    ready_pages: ReadyPages
    first_paint: FirstPaint
    arrivals: TurnQueue
    openings: asyncio.Semaphore


class TopicPageHandler(TornadoVoilaHandler, MessageHandler):  # type: ignore[misc]
    """A topic's page: its notebook with a kernel of its own."""

    def initialize(self, services: PageServices, **options: Any) -> None:  # noqa: ANN401  Voilà's
        """Take what the pages share, and Voilà's options."""
        super().initialize(**options)
        self._services = services
        self._has_left = False
        self._generated_html = ""

    def on_connection_close(self) -> None:
        """Note that the visitor has left, who may still be in the queue."""
        super().on_connection_close()
        self._has_left = True

    def head(self, path: str) -> None:
        """Say whether there is a page, and room for a visitor; no kernel is started."""
        self._check_topic(path)
        if self._is_full:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            self.set_header("Retry-After", _RETRY_SECONDS)
        self.set_header("Cache-Control", "no-store")

    @property
    def _is_full(self) -> bool:
        """Whether the server has no room for a visitor."""
        return self._services.arrivals.is_full or not self._has_files

    @property
    def _has_files(self) -> bool:
        """Whether the server may open the files of a page more."""
        return has_files_for_a_page(self._kernels.unvisited_count)

    async def get(self, path: str) -> None:
        """Write the page when it is its turn, and record whether it was made."""
        self._check_topic(path)
        try:
            await self._write_page(path, is_link=names_scenario(self.request.query))
        except QueueFullError:
            self._write_full_page()
        except Exception:
            self._services.record.add_failure(path)
            raise
        finally:
            self._kernels.end_unless_visited(find_kernel(self._generated_html), notebook_name(path))

    def _check_topic(self, path: str) -> None:
        if path not in TOPICS:
            raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)

    def _write_full_page(self) -> None:
        self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Retry-After", _RETRY_SECONDS)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.render_page("full.html.j2", seconds=_RETRY_SECONDS))

    @property
    def _kernels(self) -> PageKernelManager:
        manager: PageKernelManager = self.kernel_manager  # type: ignore[assignment]
        return manager

    async def _write_page(self, path: str, *, is_link: bool) -> None:
        """Write the page with the figures of the scenario in its address."""
        async with self._services.arrivals.take_turn():
            if self._has_left:
                return
            if not self._has_files:
                raise QueueFullError
            _ = self.xsrf_token  # sets the cookie with which a closing page ends its kernel
            write = self._write_head if is_link else self._write_default_page
            try:
                await write(path)
            except Exception:
                if self._generated_html:
                    raise
                self.log.warning("The kernel of a page ended, and it is made again: %s", path)
                await write(path)
        if is_link:
            await self._write_link_body()
        self._services.record.add_visit(path)
        self._services.ready_pages.add_visit(path, self._kernels)

    async def _write_default_page(self, path: str) -> None:
        """Write the page of the default scenario, part by part."""
        async for html in self._generate_parts(path):
            self._send(self._services.first_paint.add_default_stills(html, path))

    async def _write_head(self, path: str) -> None:
        """Generate the page of a link, and write its head at once."""
        is_sent = False
        async for _ in self._generate_parts(path):
            if not is_sent and _BODY in self._generated_html:
                is_sent = True
                self._send(self._generated_html.partition(_BODY)[0])

    async def _write_link_body(self) -> None:
        """Write the page's body when the kernel has opened the link's scenario."""
        is_phone = _PHONE in self.request.headers.get("User-Agent", "")
        size: StillSize = "narrow" if is_phone else "wide"
        _, start, body = self._generated_html.partition(_BODY)
        async with self._services.openings:
            html = await self._services.first_paint.open_link(
                f"{start}{body}", self.request.query, self._make_kernel_client, size
            )
        self._send(html)

    async def _generate_parts(self, path: str) -> AsyncIterator[str]:
        """The parts of the default scenario's page, as they are made by a kernel that runs."""
        await self._kernels.remove_dead_kernels(notebook_name(path))
        async for html in self.get_generator(path=notebook_name(path)):
            if _HEARTBEAT in html:  # an inline script, which our security policy blocks
                self._send("\n")
            else:
                self._generated_html += html
                yield html

    def _send(self, html: str) -> None:
        """Send a part of the page. A visitor who has left does not keep the page from its end."""
        self.write(html)
        self.flush()

    def _make_kernel_client(self, kernel_id: str) -> KernelClient:
        return self.kernel_manager.get_kernel(kernel_id).client()
