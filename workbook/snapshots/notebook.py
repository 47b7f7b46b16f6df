"""Run a topic's notebook with papermill."""

import logging
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from workbook.kernels.interpreter_kernel import KERNEL_NAME, InterpreterKernelManager
from workbook.resources import RUN_MODULES
from workbook.snapshots.errors import CellLocation, RunFailedError, describe_error, first_line
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.kernel_exchange import KernelExchange
from workbook.topic import AnalysisResult

_START_TIMEOUT = 120
CELL_TIMEOUT = 600
"""Seconds that a cell may take to run."""

_SECONDS_BETWEEN_WRITES = 30
"""Seconds after which the notebook of a running topic is written again, before the next cell."""

CellListener = Callable[[int, int], None]
"""Is told how many cells of how many are done."""

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
"""Media type of a widget, which needs a kernel."""

_INJECTED_TAG = "injected-parameters"
"""Tag of the cell that papermill adds to set the parameters."""

# Their messages reach the user as the one sentence of a failure.
for _name in ("papermill", "nbclient", "traitlets"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def execute_notebook(  # noqa: PLR0913, PLR0917  a run, its files, and how it runs
    run: TopicRun,
    target: Path,
    cwd: Path,
    timeout: int = CELL_TIMEOUT,
    on_cell: CellListener = lambda _done, _total: None,
    results: Sequence[AnalysisResult] | None = None,
) -> NotebookNode:
    """Run a topic's notebook and return the executed notebook.

    Args:
        run: The topic, its scenario and its notebook.
        target: Path to write the executed notebook to.
        cwd: Folder to run in. A folder is made beside it, which the caller removes.
        timeout: Seconds allowed for each cell.
        on_cell: Is called before each cell with the number of cells done and of all cells.
        results: Results of the deferred analyses for the notebook to show; it calculates them if
            None.

    Returns:
        The executed notebook, as it was written.

    Raises:
        RunFailedError: With the cell that failed.
    """
    progress, exchange = _Progress(target, on_cell), KernelExchange(cwd)
    if results is not None:
        exchange.give_results(run, results)
    try:
        executed: NotebookNode = papermill.execute_notebook(
            _escape_braces(run.notebook.resolve()),
            None,  # it would write it before and after each cell, which takes long
            run.scenario.values(),
            kernel_name=KERNEL_NAME,
            kernel_manager_class=InterpreterKernelManager,
            config=_kernel_settings(exchange),
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
        progress.write_notebook()
        raise RunFailedError(run.topic.name, cause, progress.location, details) from error
    except KeyboardInterrupt:  # the run was stopped, or the topic took too long
        progress.write_notebook()
        raise
    _make_static(executed, target, run)
    _draw_pictures(executed, run, exchange)
    nbformat.write(executed, target)  # type: ignore[no-untyped-call]
    return executed


def locate_cell(notebook: NotebookNode, index: int) -> CellLocation:
    """Position of an executed cell in the notebook as its author wrote it."""
    authored_cells = [cell for cell in notebook.cells[:index] if not is_injected(cell)]
    cell = notebook.cells[index]
    number = len(authored_cells) if is_injected(cell) else len(authored_cells) + 1
    return CellLocation(number, first_line(cell.source))


def is_injected(cell: NotebookNode) -> bool:
    """Whether papermill added this cell."""
    return _INJECTED_TAG in cell.metadata.get("tags", [])


class _Progress:
    """The cell that a run has reached, and the notebook up to it for a run that is killed."""

    def __init__(self, target: Path, on_cell: CellListener) -> None:
        self.location: CellLocation | None = None
        self._target = target
        self._on_cell = on_cell
        self._notebook: NotebookNode | None = None
        self._next_write = 0.0

    def on_notebook_start(self, *, notebook: NotebookNode) -> None:
        self._notebook = notebook

    def write_notebook(self) -> None:
        """Write the notebook as far as it has come, if it has begun and can be written."""
        if self._notebook is not None:
            with suppress(OSError):  # a full disk must not hide why a cell failed
                nbformat.write(self._notebook, self._target)  # type: ignore[no-untyped-call]

    def on_cell_execute(self, *, cell_index: int, **_: Any) -> None:  # noqa: ANN401  nbclient's call
        if self._notebook is None:
            return
        if time.monotonic() >= self._next_write:
            self.write_notebook()
            self._next_write = time.monotonic() + _SECONDS_BETWEEN_WRITES
        self.location = locate_cell(self._notebook, cell_index)
        self._on_cell(cell_index, len(self._notebook.cells))


def _describe_cause(error: Exception, timeout: int) -> str:
    if isinstance(error, PapermillExecutionError):
        message = first_line(error.evalue)
        return f"{error.ename}: {message}" if message else str(error.ename)
    if isinstance(error, DeadKernelError):
        return "its kernel stopped before the cell had finished"
    if isinstance(error, CellTimeoutError):
        return f"it did not finish within {timeout} seconds"
    return describe_error(error)


def _escape_braces(path: Path) -> str:
    """Escape the braces of a path, which papermill would read as placeholders."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _kernel_settings(exchange: KernelExchange) -> Config:
    settings = {"modules": list(RUN_MODULES), "environment": dict(exchange.environment)}
    return Config({"InterpreterKernelSpecManager": settings})


def _make_static(notebook: NotebookNode, target: Path, run: TopicRun) -> None:
    """Remove the paths of this machine and the widgets' state from the executed notebook.

    Each widget has a static form beside it, which a program shows that finds no widget.
    """
    notebook.metadata.papermill |= {"input_path": run.notebook.name, "output_path": target.name}
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}):
                output.data.pop(_WIDGET_VIEW, None)


def _draw_pictures(notebook: NotebookNode, run: TopicRun, exchange: KernelExchange) -> None:
    try:
        exchange.draw_pictures(notebook)
    except ValueError as error:
        cause = f"a chart of its notebook cannot be drawn: {first_line(error)}"
        raise RunFailedError(run.topic.name, cause, details=traceback.format_exc()) from error
