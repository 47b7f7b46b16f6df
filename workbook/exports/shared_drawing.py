"""A process that draws the charts of several others, so that Vega is loaded once for all of them.

Vega takes half a second to load, and draws faster after its first pictures. The owner starts the
process, and those that it starts find the address in an environment variable. Each then sends its
charts there. It draws them itself where the process has ended, or does not answer in time.
"""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BufferedRWPair
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Final

from workbook.exports.compiled_charts import draw_spec
from workbook.kernels.function_process import start_unforked

ADDRESS_VARIABLE: Final = "WORKBOOK_DRAWING"
"""Environment variable with the address of the process."""

_FOLDER_PREFIX: Final = "workbook-drawing-"
_SOCKET_NAME: Final = "socket"

_STANDARD_ERROR: Final = 2

_MEGABYTES: Final = 4096
"""Memory that the process may use."""

_SECONDS: Final = 60
"""Time in which a picture is drawn for another process, its wait for others included."""

_MOST_PICTURES: Final = 64
"""Latest pictures that are kept: a chart of a report is also one of its notebook."""

_WARMING_PICTURES: Final = 10
"""Pictures of an example that are drawn first: each later one then takes a tenth less."""

_WARMING_CHART: Final = {
    "width": 300,
    "autosize": {"type": "fit-x", "contains": "padding"},
    "title": {"text": "An example", "subtitle": "Drawn once, for no reader"},
    "data": {"values": [{"year": year, "group": f"{year % 2}"} for year in range(2004, 2024)]},
    "encoding": {
        "x": {"field": "year", "type": "quantitative"},
        "y": {"field": "year", "type": "quantitative"},
        "color": {"field": "group", "type": "nominal"},
    },
    "layer": [
        *({"mark": mark} for mark in ("line", "area", "rule", "point")),
        {"mark": "text", "encoding": {"text": {"field": "group"}}},
    ],
}


@contextmanager
def shared_drawing() -> Iterator[None]:
    """Run the process in this block, for this process and those that it starts.

    The process that runs in a block around this one serves here too. It loads Vega while this
    process goes on. Each process draws its own charts where the system has no such sockets.
    """
    if ADDRESS_VARIABLE in os.environ or not hasattr(socket, "AF_UNIX"):
        yield
        return
    _remove_abandoned_folders()
    with TemporaryDirectory(prefix=_FOLDER_PREFIX) as folder:
        address = str(Path(folder, _SOCKET_NAME))
        process = _start_drawing(address)
        os.environ[ADDRESS_VARIABLE] = address
        try:
            yield
        finally:
            os.environ.pop(ADDRESS_VARIABLE, None)
            if process is not None:
                process.kill()
                process.communicate()


def _start_drawing(address: str) -> subprocess.Popen[bytes] | None:
    """Start the process, which answers at the address; None if the system takes no such path."""
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            listener.bind(address)
        except OSError:
            return None
        listener.listen()  # what is asked before Vega is loaded waits
        function = f"{__name__}:{answer_requests.__name__}"
        descriptor = listener.fileno()
        return start_unforked(
            function, str(descriptor), _STANDARD_ERROR, (), _MEGABYTES, inherited=[descriptor]
        )


def _remove_abandoned_folders() -> None:
    """Remove what owners left behind that were killed: nobody listens at its socket."""
    for path in Path(gettempdir()).glob(f"{_FOLDER_PREFIX}*/{_SOCKET_NAME}"):
        with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(path))
            except ConnectionRefusedError:
                rmtree(path.parent)


def draw_shared(spec: dict[str, Any]) -> str:
    """Draw a chart in the shared process, or in this one where there is none.

    Args:
        spec: The Vega-Lite specification.

    Returns:
        The SVG.

    Raises:
        ValueError: The chart cannot be drawn.
    """
    answer = _ask_for_picture(os.environ.get(ADDRESS_VARIABLE, ""), spec)
    if "problem" in answer:
        raise ValueError(answer["problem"])
    return answer.get("picture") or draw_spec(spec)


def answer_requests(descriptor: str) -> None:
    """Draw what other processes send until this one is ended.

    Args:
        descriptor: Descriptor of the socket at which they ask.
    """
    with socket.socket(fileno=int(descriptor)) as listener:
        for _ in range(_WARMING_PICTURES):
            draw_spec(_WARMING_CHART)
        while True:
            connection, _ = listener.accept()
            with suppress(OSError), connection, connection.makefile("rwb") as stream:
                _answer_request(stream)


@lru_cache(_MOST_PICTURES)
def draw_once(text: bytes) -> str:
    """Draw a specification that is given as JSON, or return its picture if that is a recent one."""
    return draw_spec(json.loads(text))


def _answer_request(stream: BufferedRWPair) -> None:
    try:
        answer = {"picture": draw_once(stream.readline())}
    except Exception as error:  # noqa: BLE001  it is raised in the process that asks
        answer = {"problem": str(error)}
    stream.write(json.dumps(answer).encode() + b"\n")


def _ask_for_picture(address: str, spec: dict[str, Any]) -> dict[str, str]:
    """The answer of the process: a picture or a problem; empty where there is no answer."""
    if not address:
        return {}
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(address)
        connection.sendall(json.dumps(spec).encode() + b"\n")
        with connection.makefile("rb") as lines:
            answer: dict[str, str] = json.loads(lines.readline() or b"{}")
            return answer
    return {}
