"""A run that is told to stop, by a key or by the system, stops as one that was interrupted."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

_STOP_SIGNALS = ("SIGTERM", "SIGHUP")
"""Signals that end a run as Ctrl-C does; Windows has not all of them."""


@contextmanager
def interrupt_on_signals() -> Iterator[None]:
    """Within this, whatever tells the process to stop raises KeyboardInterrupt."""
    with _handle_signals(_STOP_SIGNALS, _raise_interrupt):
        yield


@contextmanager
def ignore_signals() -> Iterator[None]:
    """Within this, being told to stop has no effect: for the few moments of a move."""
    with _handle_signals(("SIGINT", *_STOP_SIGNALS), signal.SIG_IGN):
        yield


def _raise_interrupt(signal_number: int, _: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(signal.Signals(signal_number).name)


@contextmanager
def _handle_signals(names: tuple[str, ...], handler: Any) -> Iterator[None]:  # noqa: ANN401  as signal has it
    previous_handlers = {}
    if current_thread() is main_thread():  # elsewhere Python lets nobody handle signals
        for name in names:
            signal_number = getattr(signal, name, None)
            if signal_number is not None and signal.getsignal(signal_number) is not signal.SIG_IGN:
                previous_handlers[signal_number] = signal.signal(signal_number, handler)
    try:
        yield
    finally:
        for signal_number, previous_handler in previous_handlers.items():
            signal.signal(signal_number, previous_handler)
