"""Running a command, and what becomes of what goes wrong in it.

Exit status: 0 done, 1 the run failed, 2 the request or its input was invalid.
"""

import os
import sys
import traceback
from typing import Final, NoReturn

from typer.exceptions import TyperException

from workbook.cli.commands import DEBUG, app
from workbook.cli.errors import InvalidRequestError

_EXIT_FAILED: Final = 1
_EXIT_INVALID: Final = 2
_EXIT_INTERRUPTED: Final = 130
"""What Typer makes of a command that was interrupted."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and leave with its status; an error is one sentence on standard error."""
    command_line = sys.argv[1:] if arguments is None else arguments
    remaining = [argument for argument in command_line if argument != DEBUG] or ["--help"]
    try:
        status = app(remaining, prog_name="workbook", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_EXIT_FAILED)
    except Exception as error:  # noqa: BLE001  whatever it is, it ends as a sentence and a status
        if DEBUG in command_line:
            traceback.print_exc()
        is_invalid = isinstance(error, InvalidRequestError | TyperException)
        _exit_with_message(_error_sentence(error), _EXIT_INVALID if is_invalid else _EXIT_FAILED)
    if status == _EXIT_INTERRUPTED:
        _exit_with_message("workbook was told to stop and has stopped", _EXIT_FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _error_sentence(error: Exception) -> str:
    """What went wrong, in a sentence; of what nobody foresaw, what it was."""
    if isinstance(error, TyperException):
        return f"{error.format_message().rstrip('.')}; --help shows what can be asked"
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror.lower()}"
    if isinstance(error, ValueError | RuntimeError | OSError) and str(error):
        return str(error)
    return f"{type(error).__name__}: {error}; {DEBUG} shows where it arose"


def _exit_with_message(sentence: str, status: int) -> NoReturn:
    sys.stderr.write(sentence if sentence.endswith(("?", ".")) else f"{sentence}.")
    sys.stderr.write("\n")
    sys.exit(status)
