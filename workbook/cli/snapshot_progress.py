"""Show the progress of a snapshot on standard error: bars on a terminal, lines otherwise."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from workbook.snapshots.topic_processes import ProgressListener, TopicProgress

_KEPT = "finished by an earlier run"
_OUTPUTS = "notebook done, writing files"


@contextmanager
def show_progress(topics: Sequence[str]) -> Iterator[ProgressListener]:
    """Show the progress of topics in this block.

    Args:
        topics: Names of the topics.

    Yields:
        What is to be told of each step.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(len(topics))
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[step]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield _Bars(progress, topics)


class _Lines:
    """A line for each topic's start, files and end."""

    def __init__(self, count: int) -> None:
        self._count, self._ended, self._lock = count, 0, Lock()

    def __call__(self, progress: TopicProgress) -> None:
        with self._lock:
            if progress.step in {"finished", "failed", "kept"}:
                self._ended += 1
                step = _KEPT if progress.step == "kept" else progress.step
                typer.echo(f"{progress.topic}: {step} ({self._ended} of {self._count})", err=True)
            elif progress.step != "cells":
                step = _OUTPUTS if progress.step == "outputs" else progress.step
                typer.echo(f"{progress.topic}: {step}", err=True)


class _Bars:
    """A bar for each topic: its cells, and one more step for its files."""

    def __init__(self, progress: Progress, topics: Sequence[str]) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {
            topic: progress.add_task(topic, total=None, start=False, step="waiting")
            for topic in topics
        }

    def __call__(self, progress: TopicProgress) -> None:
        task = self._tasks[progress.topic]
        if progress.step == "started":
            self._progress.start_task(task)
            self._progress.update(task, step="starting")
        elif progress.step == "cells":
            step = f"cell {progress.done + 1} of {progress.total}"
            total = progress.total + 1
            self._progress.update(task, completed=progress.done, total=total, step=step)
        elif progress.step == "outputs":
            self._progress.update(task, step=_OUTPUTS)
        else:
            step = _KEPT if progress.step == "kept" else progress.step
            self._progress.update(task, completed=1, total=1, step=step)
            self._progress.stop_task(task)
