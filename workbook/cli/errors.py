"""A request that is refused before anything is done."""

from collections.abc import Iterator
from contextlib import contextmanager


class InvalidRequestError(ValueError):
    """A request that is invalid, or whose input is: nothing is written."""


@contextmanager
def user_errors() -> Iterator[None]:
    """Within this, what is refused is refused because of the request or its input."""
    try:
        yield
    except ValueError as error:
        raise InvalidRequestError(getattr(error, "summary", str(error))) from error
