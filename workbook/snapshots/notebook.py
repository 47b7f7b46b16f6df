"""A topic's notebook, run by papermill with the scenario's values."""

import logging
import traceback
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from workbook.snapshots.errors import CellLocation, RunFailedError, describe_error, first_line
from workbook.snapshots.jobs import TopicRun

_KERNEL_NAME = "python3"
_START_TIMEOUT = 120
CELL_TIMEOUT = 600
"""Seconds that a kernel may take to start, and each cell to run."""

_INJECTED_TAG = "injected-parameters"
"""Tag of the cell in which papermill puts the values; the notebook's author has not written it."""

# What they have to say is said in the one sentence of a failure.
for _name in ("papermill", "nbclient", "traitlets"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def execute_notebook(
    run: TopicRun, target: Path, cwd: Path, timeout: int = CELL_TIMEOUT
) -> NotebookNode:
    """Run the topic's notebook in the folder ``cwd``; ``target`` is the executed notebook.

    ``timeout`` is in seconds for each cell. Raises RunFailedError with the cell that failed.
    """
    progress = _Progress()
    try:
        papermill.execute_notebook(
            _escape_braces(run.notebook.resolve()),
            _escape_braces(target.resolve()),
            run.scenario.values(),
            kernel_name=_KERNEL_NAME,
            language="python",
            progress_bar=False,
            cwd=str(cwd),
            start_timeout=_START_TIMEOUT,
            execution_timeout=timeout,
            shutdown_kernel="immediate",
            extra_arguments=["--log-level=ERROR"],
            on_notebook_start=progress.on_notebook_start,
            on_cell_execute=progress.on_cell_execute,
        )
    except Exception as error:
        details = traceback.format_exc()
        cause = _describe_cause(error, timeout)
        raise RunFailedError(run.topic.name, cause, progress.location, details) from error
    return _without_paths(target, run)


def locate_cell(notebook: NotebookNode, index: int) -> CellLocation:
    """Where a cell of an executed notebook stands in the notebook as its author wrote it."""
    authored_cells = [cell for cell in notebook.cells[:index] if not is_injected(cell)]
    cell = notebook.cells[index]
    number = len(authored_cells) if is_injected(cell) else len(authored_cells) + 1
    return CellLocation(number, first_line(cell.source))


def is_injected(cell: NotebookNode) -> bool:
    """Whether papermill has put this cell in."""
    return _INJECTED_TAG in cell.metadata.get("tags", [])


class _Progress:
    """How far a run has come."""

    def __init__(self) -> None:
        self.location: CellLocation | None = None
        self._notebook: NotebookNode | None = None

    def on_notebook_start(self, *, notebook: NotebookNode) -> None:
        self._notebook = notebook

    def on_cell_execute(self, *, cell_index: int, **_: Any) -> None:  # noqa: ANN401  nbclient's call
        if self._notebook is not None:
            self.location = locate_cell(self._notebook, cell_index)


def _describe_cause(error: Exception, timeout: int) -> str:
    if isinstance(error, PapermillExecutionError):
        message = first_line(error.evalue)
        return f"{error.ename}: {message}" if message else str(error.ename)
    if isinstance(error, DeadKernelError):
        return "its kernel was killed, or ended by itself, before the cell was done"
    if isinstance(error, CellTimeoutError):
        return f"it was not done after {timeout} seconds"
    return describe_error(error)


def _escape_braces(path: Path) -> str:
    """A path as papermill takes it: it reads braces as places for values."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _without_paths(target: Path, run: TopicRun) -> NotebookNode:
    """The executed notebook, kept without the paths of the machine on which it was run."""
    notebook: NotebookNode = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    notebook.metadata.papermill |= {"input_path": run.notebook.name, "output_path": target.name}
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]
    return notebook
