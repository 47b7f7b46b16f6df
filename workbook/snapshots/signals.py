"""Handle the signals that end a process: a run stops cleanly, and a move is never cut short."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

_STOP_SIGNALS = ("SIGTERM", "SIGHUP")
"""Signals that end a run as Ctrl-C does. Windows does not have all of them."""


@contextmanager
def interrupt_on_signals() -> Iterator[None]:
    """Raise KeyboardInterrupt in this block when the process receives a signal to stop."""
    with _handle_signals(_STOP_SIGNALS, _raise_interrupt):
        yield


@contextmanager
def ignore_signals() -> Iterator[None]:
    """Ignore signals to stop in this block, for the moments that a move takes."""
    with _handle_signals(("SIGINT", *_STOP_SIGNALS), signal.SIG_IGN):
        yield


def _raise_interrupt(signal_number: int, _: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(signal.Signals(signal_number).name)


@contextmanager
def _handle_signals(names: tuple[str, ...], handler: Any) -> Iterator[None]:  # noqa: ANN401  as signal has it
    previous_handlers = {}
    if current_thread() is main_thread():  # Python handles signals only in the main thread
        for name in names:
            signal_number = getattr(signal, name, None)
            if signal_number is not None and signal.getsignal(signal_number) is not signal.SIG_IGN:
                previous_handlers[signal_number] = signal.signal(signal_number, handler)
    try:
        yield
    finally:
        for signal_number, previous_handler in previous_handlers.items():
            signal.signal(signal_number, previous_handler)
