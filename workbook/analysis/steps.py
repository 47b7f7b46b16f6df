"""Calculations in steps, between which the caller may stop."""

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")
Steps = Generator[None, None, Result]
"""A calculation that yields None after each step, and returns its result."""


def run_steps(steps: Steps[Result]) -> Result:
    """Run a calculation to its end.

    Args:
        steps: The calculation.

    Returns:
        Its result.
    """
    try:
        while True:
            next(steps)
    except StopIteration as stop:
        result: Result = stop.value
    return result
