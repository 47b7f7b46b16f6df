"""Run a command, and turn its errors into a sentence and an exit status.

Exit status: 0 done, 1 the run failed, 2 the request or its input was invalid.
"""

import os
import sys
import traceback
from typing import Final, NoReturn

from typer.exceptions import TyperException

from workbook.cli import (
    approve_command,
    archive_command,
    assumptions_command,
    assurance_commands,
    claims_command,
    commands,
    compare_command,
    comparison_command,
    export_command,
    mcp_command,
    scenario_commands,
    schedule_command,
    seek_command,
    serve_command,
    snapshot_commands,
    sweep_command,
    upload_command,
)
from workbook.cli.application import DEBUG, app
from workbook.cli.errors import InvalidRequestError
from workbook.text.grammar import end_sentence
from workbook.text.passwords import mask_passwords

COMMAND_MODULES: Final = (
    approve_command,
    archive_command,
    assumptions_command,
    assurance_commands,
    claims_command,
    commands,
    compare_command,
    comparison_command,
    export_command,
    mcp_command,
    scenario_commands,
    seek_command,
    schedule_command,
    serve_command,
    snapshot_commands,
    sweep_command,
    upload_command,
)
"""Modules whose import adds commands to the application."""

_EXIT_FAILED: Final = 1
_EXIT_INVALID: Final = 2
_EXIT_INTERRUPTED: Final = 130
"""Status that Typer gives to an interrupted command."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and exit with its status; print an error as one sentence."""
    command_line = sys.argv[1:] if arguments is None else arguments
    remaining = [argument for argument in command_line if argument != DEBUG] or ["--help"]
    try:
        is_program = arguments is None
        status = app(remaining, prog_name="workbook", standalone_mode=False, obj=is_program)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_EXIT_FAILED)
    except Exception as error:  # noqa: BLE001  every error becomes a sentence and a status
        if DEBUG in command_line:
            sys.stderr.write(mask_passwords(traceback.format_exc()))
        is_invalid = isinstance(error, InvalidRequestError | TyperException)
        _exit_with_message(_error_sentence(error), _EXIT_INVALID if is_invalid else _EXIT_FAILED)
    if status == _EXIT_INTERRUPTED:
        _exit_with_message("Interrupted. Nothing was written", _EXIT_FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _error_sentence(error: Exception) -> str:
    """One sentence for an error; an unexpected error is named by its type."""
    if isinstance(error, TyperException):
        return f"{error.format_message().rstrip('.')}. Use --help to see the options"
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror.lower()}"
    if isinstance(error, ValueError | RuntimeError | OSError) and str(error):
        return str(error)
    return f"{type(error).__name__}: {error}. Use {DEBUG} to see the traceback"


def _exit_with_message(sentence: str, status: int) -> NoReturn:
    sys.stderr.write(f"{mask_passwords(end_sentence(sentence))}\n")
    sys.exit(status)
