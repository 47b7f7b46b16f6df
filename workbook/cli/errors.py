"""Errors in what the user asked for."""

from collections.abc import Iterator
from contextlib import contextmanager


class InvalidRequestError(ValueError):
    """An invalid request or invalid input. Nothing has been written."""


@contextmanager
def user_errors() -> Iterator[None]:
    """Treat a ValueError in this block as invalid user input."""
    try:
        yield
    except ValueError as error:
        raise InvalidRequestError(getattr(error, "summary", str(error))) from error
