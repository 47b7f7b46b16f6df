"""A run that is told to stop, by a key or by the system, stops as one that was interrupted."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

STOPS = ("SIGTERM", "SIGHUP")
"""Signals that end a run as Ctrl-C does; Windows has not all of them."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Within this, whatever tells the process to stop raises KeyboardInterrupt."""
    with _handled(STOPS, _stop):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within this, being told to stop has no effect: for the few moments of a move."""
    with _handled(("SIGINT", *STOPS), signal.SIG_IGN):
        yield


def _stop(number: int, _: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(signal.Signals(number).name)


@contextmanager
def _handled(names: tuple[str, ...], handler: Any) -> Iterator[None]:  # noqa: ANN401  as signal has it
    before = {}
    if current_thread() is main_thread():  # elsewhere Python lets nobody handle signals
        for name in names:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
