"""Errors of a run: the topic, the cell and the cause, in one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CellLocation:
    """A cell of a notebook: its number, counted from 1, and the first line of its source."""

    number: int
    source_line: str

    def __str__(self) -> str:
        return (
            f"cell {self.number} ({self.source_line})"
            if self.source_line
            else f"cell {self.number}"
        )


class RunFailedError(RuntimeError):
    """A topic's run that failed. ``details`` help to find the cause, such as a traceback."""

    def __init__(
        self, topic: str, cause: str, location: CellLocation | None = None, details: str = ""
    ) -> None:
        self.topic, self.cause, self.place, self.details = topic, cause, location, details
        where = f" in {location}" if location else ""
        super().__init__(f"{topic} failed{where}: {cause}")


def first_line(text: object) -> str:
    """First line of a text that is not blank, without surrounding spaces."""
    return next((line.strip() for line in str(text).splitlines() if line.strip()), "")


def describe_error(error: BaseException) -> str:
    """Kind of an error and the first line of its message."""
    message = first_line(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
