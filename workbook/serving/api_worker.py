"""The process that answers one call of `/api/`, apart from the server and the visitors' kernels."""

import json
import os
import sys
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from workbook.interface.calls import WorkbookCalls
from workbook.interface.errors import RequestError, UnknownItemError, describe_error
from workbook.scenario import ScenarioError
from workbook.topics.registry import TOPICS

FUNCTION: Final = f"{__name__}:answer_request"
"""The function, as a process is asked to call it."""

_NICENESS: Final = 10
"""How much lower its priority is than the server's: lower than that of every visitor's kernel."""


def answer_request(request: str) -> None:
    """Answer a call, and write the status and the answer to standard output as one line of JSON.

    Args:
        request: The name of the call, its places, its query, the archive's folder and the address
            of the home page, as JSON.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    call, places, query, store, home = json.loads(request)
    workbook = WorkbookCalls(TOPICS, Path(store) if store else None, home)
    status, content = answer_call(workbook, call, tuple(places), query)
    line = json.dumps({"status": status, "content": content}, allow_nan=False)
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def answer_call(
    workbook: WorkbookCalls, call: str, places: tuple[str, ...], query: str
) -> tuple[HTTPStatus, Any]:
    """Answer a call.

    Args:
        workbook: What it is answered from.
        call: Name of the call.
        places: What it is about.
        query: Its query string.

    Returns:
        The status and the answer, or what says why there is none.
    """
    try:
        return HTTPStatus.OK, workbook.answer(call, places, query)
    except UnknownItemError as error:
        return _add_status(HTTPStatus.NOT_FOUND, describe_error(error))
    except (RequestError, ScenarioError) as error:
        return _add_status(HTTPStatus.BAD_REQUEST, describe_error(error))


def _add_status(status: HTTPStatus, error: Mapping[str, Any]) -> tuple[HTTPStatus, dict[str, Any]]:
    return status, {"status": status, **error}
