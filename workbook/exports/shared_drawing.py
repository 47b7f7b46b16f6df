"""A process that draws the charts of several others, so that Vega is loaded once for all of them.

Vega takes half a second to load, and draws faster after its first pictures. The owner starts the
process and gives its address to others as an environment variable. Each then sends its compiled
charts there. It draws them itself where the process has ended, or does not answer in time.
"""

import json
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BufferedRWPair
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Final

from workbook.exports.compiled_charts import draw_spec
from workbook.kernels.forking import CAN_FORK
from workbook.kernels.function_process import start_function

ADDRESS_VARIABLE: Final = "WORKBOOK_DRAWING"
"""Environment variable with the address of the process."""

_FOLDER_PREFIX: Final = "workbook-drawing-"
_SOCKET_NAME: Final = "socket"

_SECONDS: Final = 60
"""Time in which a picture is drawn for another process, its wait for others included."""


@contextmanager
def shared_drawing(modules: Sequence[str], megabytes: int) -> Iterator[Mapping[str, str]]:
    """Run the process in this block, where processes can be forked.

    Args:
        modules: Modules of the fork server that it is forked from.
        megabytes: Memory that it may use beyond what it shares.

    Yields:
        The environment variables by which other processes find it.
    """
    if not CAN_FORK:
        yield {}
        return
    _remove_abandoned_folders()
    with TemporaryDirectory(prefix=_FOLDER_PREFIX) as folder:
        address = str(Path(folder, _SOCKET_NAME))
        function = f"{__name__}:{answer_requests.__name__}"
        reader, writer = os.pipe()
        try:
            process = start_function(function, address, writer, modules, megabytes)
        finally:
            os.close(writer)
        try:
            with open(reader, "rb") as listening:  # noqa: PTH123  a descriptor
                listening.read(1)
            yield {ADDRESS_VARIABLE: address}
        finally:
            process.kill()
            process.wait()


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
    answer = _ask(os.environ.get(ADDRESS_VARIABLE, ""), spec)
    if "problem" in answer:
        raise ValueError(answer["problem"])
    return answer.get("picture") or draw_spec(spec)


def answer_requests(address: str) -> None:
    """Draw what other processes send until this one is ended.

    Args:
        address: Path of the socket. Nothing is drawn here if the system takes no such path.
    """
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            listener.bind(address)
        except OSError:  # the path is too long: each process draws its own charts
            return
        listener.listen()
        os.write(1, b"1")
        while True:
            connection, _ = listener.accept()
            with suppress(OSError), connection, connection.makefile("rwb") as stream:
                _answer(stream)


def _answer(stream: BufferedRWPair) -> None:
    try:
        answer = {"picture": draw_spec(json.loads(stream.readline()))}
    except Exception as error:  # noqa: BLE001  it is raised in the process that asks
        answer = {"problem": str(error)}
    stream.write(json.dumps(answer).encode() + b"\n")


def _ask(address: str, spec: dict[str, Any]) -> dict[str, str]:
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
