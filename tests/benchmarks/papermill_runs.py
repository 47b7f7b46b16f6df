"""The notebooks through papermill, and a whole snapshot, compared with papermill alone."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import papermill

from tests.benchmarks.timing import comparison_line
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.notebook import execute_notebook
from workbook.snapshots.topic_processes import available_processors
from workbook.topic import Topic
from workbook.topics.registry import TOPICS


def papermill_lines() -> Iterator[str]:
    """The lines that compare both, each in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        own_time = fresh.submit(time_own_runs).result()
        together_time = fresh.submit(time_runs_together).result()
        baseline_time, baseline_work = fresh.submit(measure_work, time_plain_runs).result()
        snapshot_time, snapshot_work = fresh.submit(measure_work, time_snapshot).result()
    yield comparison_line(
        f"{len(TOPICS)} notebooks through papermill, as many at once as there are processors",
        together_time,
        baseline_time,
        "papermill alone",
        "at most 0.4",
    )
    yield comparison_line(
        f"`workbook snapshot` of {len(TOPICS)} topics, with every output",
        snapshot_time,
        baseline_time,
        "papermill alone",
        "at most 0.4",
    )
    yield comparison_line(
        "The same, in processor time, which other programs disturb less",
        snapshot_work,
        baseline_work,
        "papermill alone",
        "at most 0.8, on two processors",
    )
    yield comparison_line(
        f"{len(TOPICS)} notebooks through papermill one after the other",
        own_time,
        baseline_time,
        "papermill alone",
        "at most 0.4",
    )


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


def time_plain_runs() -> float:
    """Milliseconds of the notebooks with papermill's own defaults."""
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
