"""The first paint of a page: the figures of the link's scenario, and stills of its key chart."""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_core.utils import ensure_async

from workbook.exports.page_stills import StillSize
from workbook.exports.static_svg import Spec
from workbook.serving.still_drawer import StillDrawer
from workbook.serving.widget_states import replace_states
from workbook.widgets.opened_page import QUERY_KEY

_log = logging.getLogger(__name__)

_VIEW = re.compile(r"<!--view (?P<id>\w+)-->.*?<!--/view-->", re.DOTALL)
_STILL = re.compile(r"<!--still (?P<name>\w+)-->(?P<image>.*?)<!--/still-->", re.DOTALL)
_KERNEL = re.compile(r'<script type="application/json" id="workbook-page">.*?"kernel": "([\w-]+)"')
_REFERENCE = re.compile(r"""\bid="|url\(["']?#""")
"""What stands before a name within an SVG: in a page, names must not meet."""

_STATE = 'data-requested="no"'
_REQUESTED_STATE, _REJECTED_STATE = 'data-requested="yes"', f"{_STATE} data-link-error"

_OPENING_CODE = "__import__('importlib').import_module('workbook.widgets.opened_page')"
_OPENING_EXPRESSION = f"{_OPENING_CODE}.open_message_query()"
_OPENING_SECONDS = 20
"""Time for a scenario until the page is sent without it. It appears once the page is live."""

_LINK_STILL_SECONDS = 0.5
"""Time for the still of a link's scenario until the page is sent with an empty place for it."""

_NO_STILL = (
    "<noscript><p>This chart is drawn with JavaScript. Its data are in the table below.</p>"
    "</noscript>"
)
_SIZES: tuple[StillSize, ...] = ("wide", "narrow")

Stills = Mapping[StillSize, str]
"""Pictures of one chart by size."""


class FirstPaint:
    """What is put into a page before it is sent.

    Args:
        key_charts: The specification of each topic's key chart for the default scenario, by topic
            and chart.
    """

    def __init__(self, key_charts: Mapping[tuple[str, str], Spec]) -> None:
        self._key_charts = dict(key_charts)
        self._stills: dict[tuple[str, str], Stills] = {}
        self._drawer = StillDrawer()

    async def draw_default_stills(self) -> None:
        """Draw the key chart of each topic's default scenario in both sizes."""
        while self._key_charts:
            key, spec = self._key_charts.popitem()
            drawn = {size: await self._drawer.draw(spec, size) for size in _SIZES}
            if all(drawn.values()):
                self._stills[key] = {size: svg for size, svg in drawn.items() if svg}

    async def close(self) -> None:
        """End the process that draws."""
        await self._drawer.close()

    def add_default_stills(self, html: str, topic: str) -> str:
        """Put the default scenario's stills into a part of a page.

        Args:
            html: The part.
            topic: The topic's name.

        Returns:
            The part with the stills that are drawn. The other charts stay pictures for visitors
            without JavaScript.
        """

        def fill(match: re.Match[str]) -> str:
            stills = self._stills.get((topic, match["name"]))
            return _stills_html(match["name"], stills) if stills else match["image"]

        return _STILL.sub(fill, html)

    async def open_link(
        self, html: str, query: str, find_client: Callable[[str], KernelClient], size: StillSize
    ) -> str:
        """Have the scenario of a link opened in a page's kernel, and write its figures.

        Args:
            html: The page with the default scenario.
            query: The link's query string.
            find_client: Makes a client of the kernel with an identifier.
            size: The still that the visitor is likely to need.

        Returns:
            The page. If the kernel does not answer in time, its figures are hidden until it does.
        """
        kernel_id = find_kernel(html)
        opened = await _try_opening(find_client, kernel_id, query) if kernel_id else None
        if opened is None:
            html = replace_states(html.replace(_STATE, _REQUESTED_STATE, 1), {})
            return _STILL.sub(_NO_STILL, html)
        if opened["link_error"]:
            html = html.replace(_STATE, _REJECTED_STATE, 1)
        html = replace_states(html, opened["states"])
        views: dict[str, str] = opened["views"]
        html = _VIEW.sub(lambda view: views.get(view["id"], view[0]), html)
        stills = await self._draw_link_stills(opened["charts"], size)
        return _STILL.sub(lambda still: stills.get(still["name"], _NO_STILL), html)

    async def _draw_link_stills(
        self, charts: Mapping[str, Spec | None], size: StillSize
    ) -> dict[str, str]:
        drawn = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINK_STILL_SECONDS):
                for name, spec in charts.items():
                    picture = await asyncio.shield(self._drawer.draw(spec, size)) if spec else None
                    if picture:
                        drawn[name] = _stills_html(name, {size: picture})
        return drawn


def find_kernel(html: str) -> str | None:
    """Find the identifier of a page's kernel.

    Args:
        html: A part of the page.

    Returns:
        The identifier, if this part has it.
    """
    kernel = _KERNEL.search(html)
    return kernel[1] if kernel else None


def _stills_html(chart: str, stills: Stills) -> str:
    """The stills of a chart. If there are two, the style sheet shows the one that fits."""
    only = " wb-only-still" if len(stills) == 1 else ""
    pictures = "".join(
        f'<div class="wb-still-{size}{only}">{_rename_parts(svg, f"{chart}-{size}-")}</div>'
        for size, svg in stills.items()
    )
    return f'<div class="wb-stills">{pictures}</div>'


def _rename_parts(svg: str, prefix: str) -> str:
    return _REFERENCE.sub(lambda reference: reference[0] + prefix, svg)


async def _try_opening(
    find_client: Callable[[str], KernelClient], kernel_id: str, query: str
) -> dict[str, Any] | None:
    """Have a kernel open a query string; None if it cannot be reached or does not do so in time.

    The page's head is sent already, so the page goes on whatever a client or a gateway raises.
    """
    try:
        return await _open_query(find_client(kernel_id), query)
    except Exception as error:  # noqa: BLE001  as above
        reason = f"{type(error).__name__}: {error}"
        _log.warning("Kernel %s did not open the scenario of a link (%s)", kernel_id, reason)
        return None


async def _open_query(client: KernelClient, query: str) -> dict[str, Any] | None:
    """Have a kernel open a query string. Raises TimeoutError, Empty or what the client raises."""
    content = {
        "code": "",
        "silent": True,
        "store_history": False,
        "user_expressions": {"page": _OPENING_EXPRESSION},
        "allow_stdin": False,
        "stop_on_error": True,
    }
    opening: Any = client.start_channels  # that of a gateway's client has to be awaited
    try:
        await ensure_async(opening(iopub=False, stdin=False, hb=False, control=False))
        message = client.session.msg("execute_request", content, metadata={QUERY_KEY: query})
        client.shell_channel.send(message)
        async with asyncio.timeout(_OPENING_SECONDS):
            while True:
                reply = await ensure_async(client.shell_channel.get_msg(timeout=_OPENING_SECONDS))
                if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    break
    finally:
        client.stop_channels()
    result = reply["content"].get("user_expressions", {}).get("page", {})
    opened: dict[str, Any] | None = result.get("data", {}).get("application/json")
    return opened
