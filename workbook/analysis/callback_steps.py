"""Run a function that calls back, such as an optimiser, in steps that a caller may stop."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from workbook.analysis.steps import Result, Steps

Argument = TypeVar("Argument")
Value = TypeVar("Value")


class _StoppedError(BaseException):
    """Ends a function that the caller has stopped. An optimiser catches no such exception."""


class _Calls(Generic[Argument, Value]):
    """The calls of a function in its own thread. Only one of the two threads runs at a time."""

    def __init__(self) -> None:
        self.arguments: SimpleQueue[Argument | None] = SimpleQueue()
        self.values: SimpleQueue[Value | None] = SimpleQueue()

    def evaluate(self, argument: Argument) -> Value:
        """Have the caller's thread evaluate an argument."""
        self.arguments.put(argument)
        value = self.values.get()
        if value is None:
            raise _StoppedError
        return value


def run_callback_steps(
    function: Callable[[Callable[[Argument], Value]], Result],
    evaluate: Callable[[Argument], Value],
) -> Steps[Result]:
    """Run a function, with a step for each call that it makes.

    The function runs in a thread, which waits while the caller's own evaluates.

    Args:
        function: Takes what it may call.
        evaluate: Evaluates an argument. Neither it nor its value is None.

    Yields:
        None after each call.

    Returns:
        What the function returns.
    """
    calls: _Calls[Argument, Value] = _Calls()
    results: list[Result] = []
    errors: list[Exception] = []

    def run_function() -> None:
        try:
            results.append(function(calls.evaluate))
        except _StoppedError:
            pass
        except Exception as error:  # noqa: BLE001  the caller's thread raises it
            errors.append(error)
        finally:
            calls.arguments.put(None)

    thread = Thread(target=run_function, daemon=True)
    thread.start()
    try:
        while (argument := calls.arguments.get()) is not None:
            value = evaluate(argument)
            yield None
            calls.values.put(value)
    finally:
        calls.values.put(None)  # ends a function that still waits for a value
        thread.join()
    if errors:
        raise errors[0]
    return results[0]
