"""The notebooks through papermill, and a whole snapshot, compared with papermill alone."""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Final

import papermill

from tests.benchmarks.timing import comparison_line
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.notebook import execute_notebook
from workbook.snapshots.topic_processes import available_processors
from workbook.topic import Topic
from workbook.topics.registry import TOPICS

_LIBRARY: Final = "papermill's library in one process"
_COMMAND: Final = "papermill's command, one notebook after the other"


def papermill_lines() -> Iterator[str]:
    """The lines that compare both, each in a new process: functions with functions, and commands.

    A command starts Python and loads libraries. Papermill has a command for one notebook, and ours
    makes a whole snapshot.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        own_time = fresh.submit(time_own_runs).result()
        together_time = fresh.submit(time_runs_together).result()
        library_time = fresh.submit(time_library).result()
        command_time, command_work = fresh.submit(measure_work, time_commands).result()
        snapshot_time, snapshot_work = fresh.submit(measure_work, time_snapshot).result()
    notebooks, snapshot = f"{len(TOPICS)} notebooks", "`workbook snapshot`, with every output"
    at_once = f"{notebooks}, as many at once as there are processors"
    yield comparison_line(at_once, together_time, library_time, _LIBRARY, "at most 0.4")
    in_turn = f"{notebooks} one after the other"
    yield comparison_line(in_turn, own_time, library_time, _LIBRARY, "at most 0.4")
    yield comparison_line(snapshot, snapshot_time, command_time, _COMMAND, "at most 0.4")
    work = f"{snapshot}, processor time, which other programs disturb less"
    aim = "at most 0.8, on two processors"
    yield comparison_line(work, snapshot_work, command_work, _COMMAND, aim)
    yield comparison_line(snapshot, snapshot_time, library_time, _LIBRARY, "none")


def measure_work(time_runs: Callable[[], float]) -> tuple[float, float]:
    """Milliseconds of runs, and the processor time of this process and those that it starts."""
    began = _processor_time()
    return time_runs(), _processor_time() - began


def _processor_time() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) * 1000


def time_own_runs() -> float:
    """Milliseconds of the notebooks as a snapshot runs them."""
    with tempfile.TemporaryDirectory() as folder:
        cwd = Path(folder, "work")
        cwd.mkdir()
        began = perf_counter()
        for topic in TOPICS.values():
            run = TopicRun(topic, topic.Scenario(), topic.notebook_path)
            execute_notebook(run, Path(folder, topic.notebook_path.name), cwd)
        return (perf_counter() - began) * 1000


def time_runs_together() -> float:
    """Milliseconds of the notebooks as a snapshot runs them, several at once."""
    with tempfile.TemporaryDirectory() as folder:

        def run_notebook(topic: Topic) -> None:
            cwd = Path(folder, topic.name)
            cwd.mkdir()
            run = TopicRun(topic, topic.Scenario(), topic.notebook_path)
            execute_notebook(run, cwd / "notebook.ipynb", cwd)

        began = perf_counter()
        with ThreadPoolExecutor(available_processors()) as threads:
            list(threads.map(run_notebook, sorted(TOPICS.values(), key=_rests_on_others)))
        return (perf_counter() - began) * 1000


def time_snapshot() -> float:
    """Milliseconds of the command."""
    command = [sys.executable, "-m", "workbook.cli", "snapshot", "2014-Q2"]
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        subprocess.run([*command, f"--store={folder}/store"], check=True, capture_output=True)
        return (perf_counter() - began) * 1000


def _rests_on_others(topic: Topic) -> int:
    """Sort first what takes longest."""
    return -len(topic.dependencies)


def time_library() -> float:
    """Milliseconds of the notebooks with papermill's function and its defaults."""
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        for topic in TOPICS.values():
            papermill.execute_notebook(
                topic.notebook_path,
                Path(folder, topic.notebook_path.name),
                topic.Scenario().values(),
                progress_bar=False,
                cwd=folder,
                extra_arguments=["--log-level=ERROR"],
            )
        return (perf_counter() - began) * 1000


def time_commands() -> float:
    """Milliseconds of papermill's command for each notebook, with its defaults."""
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        for topic in TOPICS.values():
            target = str(Path(folder, topic.notebook_path.name))
            values = json.dumps(topic.Scenario().values())  # JSON is YAML too
            command = [sys.executable, "-m", "papermill", str(topic.notebook_path), target]
            options = ["--parameters_yaml", values, "--cwd", folder, "--no-progress-bar"]
            subprocess.run([*command, *options], check=True, capture_output=True)
        return (perf_counter() - began) * 1000
