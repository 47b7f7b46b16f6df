"""Why a call cannot be answered, and which part of the request is at fault."""

from collections.abc import Sequence
from typing import Any

from workbook.scenario import ScenarioError
from workbook.text.grammar import end_sentence


class RequestError(ValueError):
    """A call cannot be answered.

    Args:
        place: Name of the part of the request that is at fault; empty if it is none.
        message: What is wrong and what would be right, in a sentence.
    """

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


class RequestPartsError(RequestError):
    """A call has errors in several parts.

    Args:
        errors: The errors of the parts.
    """

    def __init__(self, errors: Sequence[RequestError]) -> None:
        super().__init__("", " ".join(end_sentence(str(error)) for error in errors))
        self.errors = tuple(errors)


class UnknownItemError(RequestError):
    """A call names a topic, a snapshot or an indicator that there is not."""


def describe_error(error: RequestError | ScenarioError) -> dict[str, Any]:
    """Describe an error as ``/api/`` gives it.

    Args:
        error: The error.

    Returns:
        The sentence that the command prints, and each part of the request that is at fault.
    """
    if isinstance(error, ScenarioError):
        places = [(problem.name, problem.message) for problem in error.problems]
    elif isinstance(error, RequestPartsError):
        places = [(part.place, str(part)) for part in error.errors]
    else:
        places = [(error.place, str(error))] if error.place else []
    errors = [{"parameter": name, "message": end_sentence(text)} for name, text in places]
    return {"message": end_sentence(str(error)), "errors": errors}


def describe_refusal(status: int, message: str) -> dict[str, Any]:
    """Describe an error of `/api/` that no part of the request is at fault for."""
    return {"status": int(status), "message": end_sentence(message), "errors": []}
