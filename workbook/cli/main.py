"""Running a command, and what becomes of what goes wrong in it.

Exit status: 0 done, 1 the run failed, 2 the request or its input was invalid.
"""

import os
import sys
import traceback
from typing import Final, NoReturn

from typer.exceptions import TyperException

from workbook.cli.commands import DEBUG, app
from workbook.cli.invalid import InvalidRequestError

FAILED: Final = 1
INVALID: Final = 2
STOPPED: Final = 130
"""What Typer makes of a command that was interrupted."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and leave with its status; an error is one sentence on standard error."""
    given = sys.argv[1:] if arguments is None else arguments
    rest = [word for word in given if word != DEBUG] or ["--help"]
    try:
        status = app(rest, prog_name="workbook", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception as error:  # noqa: BLE001  whatever it is, it ends as a sentence and a status
        if DEBUG in given:
            traceback.print_exc()
        invalid = isinstance(error, InvalidRequestError | TyperException)
        _leave(_said(error), INVALID if invalid else FAILED)
    if status == STOPPED:
        _leave("workbook was told to stop and has stopped", FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _said(error: Exception) -> str:
    """What went wrong, in a sentence; of what nobody foresaw, what it was."""
    if isinstance(error, TyperException):
        return f"{error.format_message().rstrip('.')}; --help shows what can be asked"
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror.lower()}"
    if isinstance(error, ValueError | RuntimeError | OSError) and str(error):
        return str(error)
    return f"{type(error).__name__}: {error}; {DEBUG} shows where it arose"


def _leave(sentence: str, status: int) -> NoReturn:
    sys.stderr.write(sentence if sentence.endswith(("?", ".")) else f"{sentence}.")
    sys.stderr.write("\n")
    sys.exit(status)
