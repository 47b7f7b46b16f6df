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

from workbook.snapshots.failure import Place, RunFailedError, first_line, named
from workbook.snapshots.request import Run

KERNEL = "python3"
START_TIMEOUT = 120
CELL_TIMEOUT = 600
"""Seconds that a kernel may take to start, and each cell to run."""

INJECTED = "injected-parameters"
"""Tag of the cell in which papermill puts the values; the notebook's author has not written it."""

# What they have to say is said in the one sentence of a failure.
for _name in ("papermill", "nbclient", "traitlets"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def execute(run: Run, target: Path, cwd: Path, timeout: int = CELL_TIMEOUT) -> NotebookNode:
    """Run the topic's notebook in the folder ``cwd``; ``target`` is the executed notebook.

    ``timeout`` is in seconds for each cell. Raises RunFailedError with the cell that failed.
    """
    progress = _Progress()
    try:
        papermill.execute_notebook(
            _literal(run.notebook.resolve()),
            _literal(target.resolve()),
            run.scenario.values(),
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            cwd=str(cwd),
            start_timeout=START_TIMEOUT,
            execution_timeout=timeout,
            shutdown_kernel="immediate",
            extra_arguments=["--log-level=ERROR"],
            on_notebook_start=progress.begin,
            on_cell_execute=progress.enter,
        )
    except Exception as error:
        details = traceback.format_exc()
        cause = _cause(error, timeout)
        raise RunFailedError(run.topic.name, cause, progress.place, details) from error
    return _without_paths(target, run)


def place(notebook: NotebookNode, index: int) -> Place:
    """Where a cell of an executed notebook stands in the notebook as its author wrote it."""
    before = [cell for cell in notebook.cells[:index] if not is_injected(cell)]
    cell = notebook.cells[index]
    number = len(before) if is_injected(cell) else len(before) + 1
    return Place(number, first_line(cell.source))


def is_injected(cell: NotebookNode) -> bool:
    """Whether papermill has put this cell in."""
    return INJECTED in cell.metadata.get("tags", [])


class _Progress:
    """How far a run has come."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self._notebook: NotebookNode | None = None

    def begin(self, *, notebook: NotebookNode) -> None:
        self._notebook = notebook

    def enter(self, *, cell_index: int, **_: Any) -> None:  # noqa: ANN401  nbclient's call
        if self._notebook is not None:
            self.place = place(self._notebook, cell_index)


def _cause(error: Exception, timeout: int) -> str:
    if isinstance(error, PapermillExecutionError):
        said = first_line(error.evalue)
        return f"{error.ename}: {said}" if said else str(error.ename)
    if isinstance(error, DeadKernelError):
        return "its kernel was killed, or ended by itself, before the cell was done"
    if isinstance(error, CellTimeoutError):
        return f"it was not done after {timeout} seconds"
    return named(error)


def _literal(path: Path) -> str:
    """A path as papermill takes it: it reads braces as places for values."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _without_paths(target: Path, run: Run) -> NotebookNode:
    """The executed notebook, kept without the paths of the machine on which it was run."""
    notebook: NotebookNode = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    notebook.metadata.papermill |= {"input_path": run.notebook.name, "output_path": target.name}
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]
    return notebook
