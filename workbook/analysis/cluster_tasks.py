"""Run tasks on a Dask cluster, and say in a sentence why one is lost."""

# ruff: noqa: PLC0415  Dask is an extra, which few need

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from distributed import Client, Future, as_completed

Result = TypeVar("Result")
Shared = TypeVar("Shared")

_TASKS_FOR_EACH_THREAD: Final = 3
"""Tasks at the workers for each thread: enough that none waits, few enough to stop quickly."""

_POLL_SECONDS: Final = 0.02

_SECONDS_BETWEEN_LOOKS: Final = 2

_SECONDS_WITHOUT_WORKERS: Final = 60
"""How long a run waits for a worker once none is left."""


class ClusterLostError(RuntimeError):
    """A cluster stopped answering, or its workers died, before every task was done."""


class WorkersEndedError(ClusterLostError):
    """Several workers ended, one after the other, while they ran the same task."""


def run_tasks(
    client: "Client",
    task: Callable[[Shared, int], Result],
    shared: Shared,
    numbers: Iterable[int],
) -> Iterator[tuple[int, Result]]:
    """Run a task for each number, on whichever worker is free.

    A task whose worker dies runs again on another one.

    Args:
        client: The connection.
        task: Function of a module that the workers have too. It is sent by its name.
        shared: First argument of every task, which is sent once.
        numbers: Second arguments.

    Yields:
        A number and its result, as soon as it is there.

    Raises:
        ClusterLostError: The scheduler stopped answering, no worker is left, or a task ended
            several workers.
        Exception: What a task raised.
    """
    concurrent_tasks = max(1, sum(client.nthreads().values())) * _TASKS_FOR_EACH_THREAD
    for number, future in complete_tasks(client, task, shared, numbers, concurrent_tasks):
        yield number, get_result(future)


def complete_tasks(
    client: "Client",
    task: Callable[[Shared, int], Result],
    shared: Shared,
    numbers: Iterable[int],
    concurrent_tasks: int,
) -> Iterator[tuple[int, "Future[Result]"]]:
    """Run a task for each number, as ``run_tasks`` does. One that fails does not stop the others.

    Args:
        client: The connection.
        task: Function of a module that the workers have too. It is sent by its name.
        shared: First argument of every task, which is sent once.
        numbers: Second arguments.
        concurrent_tasks: How many tasks are at the workers at once.

    Yields:
        A number and its future, as soon as it is done or has failed.

    Raises:
        ClusterLostError: The scheduler stopped answering, or no worker is left.
    """
    from distributed import as_completed

    shared_future = client.submit(_return_argument, shared, pure=False)
    remaining = iter(numbers)
    numbers_by_key: dict[Any, int] = {}

    def submit_next(count: int) -> list[Any]:
        futures = []
        for number in islice(remaining, count):
            future = client.submit(task, shared_future, number, pure=False)
            numbers_by_key[future.key] = number
            futures.append(future)
        return futures

    with _explain_loss(OSError):
        completed = as_completed(submit_next(concurrent_tasks), loop=client.loop)
        while not completed.is_empty():
            _wait_for_any(client, completed)
            future = next(completed)
            yield numbers_by_key.pop(future.key), future
            completed.update(submit_next(1))


def get_result(future: "Future[Any]") -> Any:  # noqa: ANN401  what the task returned
    """Get the result of a task.

    Args:
        future: What ``complete_tasks`` has yielded.

    Returns:
        The result.

    Raises:
        WorkersEndedError: The task ended several workers.
        ClusterLostError: The scheduler stopped answering.
        Exception: What the task raised.
    """
    from distributed.comm import CommClosedError

    with _explain_loss(CommClosedError):  # any other OSError may be the task's
        return future.result()


def _wait_for_any(client: "Client", completed: "as_completed") -> None:
    """Wait until a task is done. Raises ClusterLostError if no worker is left and none comes."""
    last_seen = next_look = time.monotonic()
    while not completed.has_ready():
        time.sleep(_POLL_SECONDS)
        now = time.monotonic()
        if now < next_look:
            continue
        next_look = now + _SECONDS_BETWEEN_LOOKS
        if client.nthreads():
            last_seen = now
        elif now - last_seen > _SECONDS_WITHOUT_WORKERS:
            raise ClusterLostError(
                f"The Dask cluster has had no worker for {_SECONDS_WITHOUT_WORKERS} seconds"
            )


@contextmanager
def _explain_loss(connection_error: type[OSError]) -> Iterator[None]:
    """Say in a sentence what Dask raises when a cluster or its connection is lost."""
    from distributed import CancelledError, KilledWorker

    try:
        yield
    except KilledWorker as error:
        raise WorkersEndedError(
            "Several workers ended during the same part: they may have too little memory"
        ) from error
    except (CancelledError, connection_error) as error:
        raise ClusterLostError("The Dask scheduler does not answer any more") from error


def _return_argument(argument: Shared) -> Shared:
    """Hold a value on the cluster, as the result of a task that can be run again."""
    return argument
