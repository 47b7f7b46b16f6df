"""A topic's notebook as it runs: what is left of one that is killed, and of a full disk."""

import multiprocessing
import os
import signal
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest

from tests.snapshots.example_topic import DISPLAY_CELL, DOUBLE_CELL, People, topic, write_notebook
from tests.snapshots.test_signals import wait_until
from workbook.snapshots import notebook
from workbook.snapshots.errors import RunFailedError
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.notebook import execute_notebook
from workbook.snapshots.signals import interrupt_on_signals

pytestmark = pytest.mark.slow

CHART_CELL = """import shutil
from pathlib import Path
from IPython.display import HTML, display
from workbook.exports.requested_pictures import draw_untitled
display(HTML(draw_untitled({"mark": "point", "data": {"values": [{"a": 1}]}})))
for path in Path().iterdir():
    shutil.rmtree(path) if path.is_dir() else path.unlink()"""


def execute(folder: Path, *cells: str, on_cell=lambda *_: None):
    """Run a notebook of these cells in ``folder/work``."""
    run = TopicRun(topic, People(), write_notebook(folder, *cells))
    (folder / "work").mkdir()
    return execute_notebook(run, folder / "executed.ipynb", folder / "work", on_cell=on_cell)


def read_counts(folder: Path) -> dict[str, int | None]:
    """The execution count of each cell of the notebook that is left, by the cell's code."""
    kept = nbformat.read(folder / "executed.ipynb", nbformat.NO_CONVERT)
    return {cell.source: cell.get("execution_count") for cell in kept.cells}


def execute_until_killed(folder: Path, seconds: float) -> None:
    """Run a notebook in this process, which ends itself before the last cell."""
    notebook._SECONDS_BETWEEN_WRITES = seconds

    def end_process(done: int, total: int) -> None:
        if done == total - 1:
            os.kill(os.getpid(), signal.SIGKILL)

    execute(folder, DOUBLE_CELL, DISPLAY_CELL, on_cell=end_process)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
@pytest.mark.parametrize(("seconds", "is_executed"), [(0, True), (3600, False)])
def test_a_process_that_is_killed_leaves_the_notebook(tmp_path, seconds, is_executed):
    process = multiprocessing.get_context("spawn").Process(
        target=execute_until_killed, args=(tmp_path, seconds)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    counts = read_counts(tmp_path)
    assert bool(counts[DOUBLE_CELL]) == is_executed
    assert not counts[DISPLAY_CELL]


def execute_until_stopped(folder: Path) -> None:
    """Run a notebook whose second cell waits, in this process, until a signal stops it."""
    waiting = "import time\nopen('started', 'x').close()\ntime.sleep(600)"
    with interrupt_on_signals(), suppress(KeyboardInterrupt):
        execute(folder, DOUBLE_CELL, waiting, DISPLAY_CELL)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a signal")
def test_a_process_that_is_stopped_leaves_the_notebook_up_to_its_cell(tmp_path):
    process = multiprocessing.get_context("spawn").Process(
        target=execute_until_stopped, args=(tmp_path,)
    )
    process.start()
    wait_until((tmp_path / "work" / "started").exists, 300)
    process.terminate()
    process.join()
    assert process.exitcode == 0
    counts = read_counts(tmp_path)
    assert counts[DOUBLE_CELL]
    assert not counts[DISPLAY_CELL]


def test_a_notebook_that_cannot_be_written_does_not_hide_why_a_cell_failed(tmp_path):
    (tmp_path / "executed.ipynb").mkdir()
    with pytest.raises(RunFailedError, match="ZeroDivisionError: division by zero"):
        execute(tmp_path, "1 / 0")


def test_a_notebook_that_cleans_its_folder_keeps_its_charts(tmp_path):
    executed = execute(tmp_path, CHART_CELL)
    (output,) = executed.cells[-1].outputs
    assert "<svg" in output.data["text/html"]
    assert "<!--picture" not in output.data["text/html"]
