"""Run tasks on a Dask cluster: an existing scheduler, or workers on this machine."""

# ruff: noqa: PLC0415  Dask is an extra, which few need

import asyncio
import logging
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

from workbook.resources import code_release

if TYPE_CHECKING:
    from distributed import Client

Result = TypeVar("Result")
Shared = TypeVar("Shared")

LOCAL_CLUSTER: Final = "local"
"""Address that stands for workers on this machine, one for each processor."""

_SECONDS_TO_ANSWER: Final = 5
_TASKS_FOR_EACH_THREAD: Final = 3
"""Tasks at the workers for each thread: enough that none waits, few enough to stop quickly."""


class ClusterError(ValueError):
    """A cluster cannot be used: it does not answer, or its workers have other code."""


class ClusterLostError(RuntimeError):
    """A cluster stopped answering, or its workers died, before every task was done."""


@contextmanager
def connect_cluster(address: str, package: str) -> Iterator["Client"]:
    """Connect to a scheduler, and check the code of its workers.

    Args:
        address: Address of the scheduler, such as ``tcp://10.0.0.1:8786``; ``LOCAL_CLUSTER`` for
            workers on this machine.
        package: Import name of the package that ships the topic.

    Yields:
        The connection.

    Raises:
        ClusterError: Dask is not installed, nothing answers at the address, there are no workers,
            or a worker has another release of the workbook.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise ClusterError(
            "A cluster needs Dask, which is not installed: install policy-workbook[cluster]"
        ) from None
    _silence_logs()
    with ExitStack() as stack:
        if address == LOCAL_CLUSTER:
            with _ignore_interrupts():
                local_cluster = LocalCluster(
                    host="127.0.0.1",
                    threads_per_worker=1,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            scheduler: Any = stack.enter_context(local_cluster)
        else:
            _check_scheduler(address)
            scheduler = address
        client = stack.enter_context(Client(scheduler, set_as_default=False))
        _check_workers(client, address, package)
        yield client


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
        ClusterLostError: The scheduler stopped answering, or a task ended several workers.
        Exception: What a task raised.
    """
    from distributed import CancelledError, KilledWorker, as_completed

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

    try:
        threads = sum(client.nthreads().values())
        completed = as_completed(
            submit_next(max(1, threads) * _TASKS_FOR_EACH_THREAD), loop=client.loop
        )
        for future in completed:
            yield numbers_by_key.pop(future.key), future.result()
            completed.update(submit_next(1))
    except KilledWorker as error:
        raise ClusterLostError(
            "Several workers ended during the same part: they may have too little memory"
        ) from error
    except (CancelledError, OSError) as error:
        raise ClusterLostError("The Dask scheduler does not answer any more") from error


@contextmanager
def _ignore_interrupts() -> Iterator[None]:
    """Let processes start that do not end by Ctrl+C: the one that started them ends them."""
    if current_thread() is not main_thread():  # Python handles signals only in the main thread
        yield
        return
    previous_handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous_handler)


def _silence_logs() -> None:
    """Stop the messages of Dask's own loggers: what fails is said in a sentence."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _check_scheduler(address: str) -> None:
    """Raise ClusterError if no scheduler answers at an address."""
    from distributed.comm import connect

    async def greet() -> None:
        greeting = asyncio.ensure_future(connect(address, timeout=_SECONDS_TO_ANSWER))
        await asyncio.wait([greeting], timeout=_SECONDS_TO_ANSWER)  # its own can be exceeded
        if not greeting.done():
            raise TimeoutError
        await greeting.result().close()

    try:
        asyncio.run(greet())
    except Exception as error:  # whatever answers there in another language
        raise ClusterError(
            f"No Dask scheduler answers at {address}: give an address such as"
            " tcp://10.0.0.1:8786, or start one with `dask scheduler`"
        ) from error


def _return_argument(argument: Shared) -> Shared:
    """Hold a value on the cluster, as the result of a task that can be run again."""
    return argument


def _check_workers(client: "Client", address: str, package: str) -> None:
    """Raise ClusterError if there are no workers, or one has another release of the code."""
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except TimeoutError:
        raise ClusterError(
            f"The Dask scheduler at {address} has no workers: start one with"
            f" `dask worker {address}`"
        ) from None
    release = code_release(package)
    releases = client.run(code_release, package, on_error="return")
    for worker, worker_release in sorted(releases.items()):
        if isinstance(worker_release, BaseException):
            raise ClusterError(
                f"The Dask worker {worker} cannot load {package}: install release {release} there"
                f" ({worker_release})"
            )
        if worker_release != release:
            raise ClusterError(
                f"The Dask worker {worker} has release {worker_release} of the workbook. It must"
                f" have the same as this machine, {release}"
            )
