"""The notebooks through papermill one after the other, compared with papermill alone."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import papermill

from tests.benchmarks.timing import comparison_line
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.notebook import execute_notebook
from workbook.topics.registry import TOPICS


def papermill_lines() -> Iterator[str]:
    """The line that compares both, each in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        own_time = fresh.submit(time_own_runs).result()
        baseline_time = fresh.submit(time_plain_runs).result()
    yield comparison_line(
        f"{len(TOPICS)} notebooks through papermill one after the other",
        own_time,
        baseline_time,
        "papermill alone",
        "at most 0.4",
    )


def time_own_runs() -> float:
    """Milliseconds of the notebooks as a snapshot runs them."""
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        for topic in TOPICS.values():
            run = TopicRun(topic, topic.Scenario(), topic.notebook_path)
            execute_notebook(run, Path(folder, topic.notebook_path.name), Path(folder))
        return (perf_counter() - began) * 1000


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
