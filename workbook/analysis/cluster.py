"""Connect to a Dask cluster: an existing scheduler, or workers on this machine."""

# ruff: noqa: PLC0415  Dask is an extra, which few need

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final

from workbook.resources import code_release

if TYPE_CHECKING:
    from distributed import Client

LOCAL_CLUSTER: Final = "local"
"""Address that stands for workers on this machine, one for each processor."""

_SECONDS_TO_ANSWER: Final = 5


class ClusterError(ValueError):
    """A cluster cannot be used: it does not answer, or its workers have other code."""


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
                    dashboard_address="127.0.0.1:0",  # any port: two can run at once
                    silence_logs=logging.CRITICAL,
                )
            scheduler: Any = stack.enter_context(local_cluster)
        else:
            _check_scheduler(address)
            scheduler = address
        client = stack.enter_context(Client(scheduler, set_as_default=False))
        _check_workers(client, address, package)
        yield client


def ask_workers(client: "Client", function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:  # noqa: ANN401  as the function has them
    """Call a function in every worker.

    Args:
        client: The connection.
        function: Function of a module that the workers have too.
        *arguments: Its arguments.

    Returns:
        What it returned, or the error that it raised, by the worker's address in their order. A
        worker that has ended meanwhile is left out.
    """
    from distributed.comm import CommClosedError

    answers: dict[str, Any] = client.run(function, *arguments, on_error="return")
    present = client.nthreads()  # the scheduler may not yet know that a worker has ended
    return {
        worker: answers[worker]
        for worker in sorted(answers)
        if worker in present and not isinstance(answers[worker], CommClosedError)
    }


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
    """Stop the messages of Dask itself: what fails is said in a sentence."""
    import dask

    dask.config.set({"distributed.admin.large-graph-warning-threshold": "10 GB"})
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
    for worker, worker_release in ask_workers(client, code_release, package).items():
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
