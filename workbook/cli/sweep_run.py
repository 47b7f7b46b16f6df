"""Run a sweep in parts, here or on a cluster: each part is kept as soon as it is done."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from rich.console import Console
from rich.progress import track

from workbook.analysis.cluster import ClusterError, connect_cluster
from workbook.analysis.cluster_tasks import ClusterLostError, run_tasks
from workbook.analysis.sweep_chunks import evaluate_chunk
from workbook.analysis.sweep_parts import SweepParts
from workbook.analysis.sweep_request import SweepRequest
from workbook.cli.arguments import get_topic
from workbook.cli.errors import user_errors
from workbook.cli.output import print_errors
from workbook.resources import code_release
from workbook.snapshots.signals import interrupt_on_signals
from workbook.topic import Tables

SharedInputs = tuple[SweepRequest, Tables]
"""What every part needs: the request, and the tables that it reads."""


def run_parts(inputs: SharedInputs, parts: SweepParts, address: str) -> None:
    """Run the parts of a sweep that are not there yet.

    Args:
        inputs: The request and its tables.
        parts: Where each part is kept.
        address: Address of a Dask scheduler, ``local`` for workers on this machine, or blank for
            this process alone.

    Raises:
        InvalidRequestError: The cluster cannot be used. Nothing has been written.
        RuntimeError: The run was interrupted, or the cluster was lost. Finished parts are kept.
    """
    request, _ = inputs
    finished = parts.finished()
    numbers = [number for number in range(request.chunk_count) if number not in finished]
    if finished:
        print_errors([f"Continuing: {_describe_progress(len(finished), request)}."])
    with ExitStack() as stack:
        stack.enter_context(interrupt_on_signals())
        results = _start_parts(stack, inputs, numbers, address)
        console = Console(stderr=True)
        try:
            for number, content in track(
                results,
                "Sweep",
                total=len(numbers),
                console=console,
                transient=True,
                disable=not sys.stderr.isatty(),
            ):
                parts.keep(number, content)
        except (KeyboardInterrupt, ClusterLostError) as error:
            raise _explain_stop(error, parts, request) from error


def _start_parts(
    stack: ExitStack, inputs: SharedInputs, numbers: Sequence[int], address: str
) -> Iterator[tuple[int, bytes]]:
    """Start the parts, on a cluster if there is an address."""
    if not (address and numbers):
        return ((number, evaluate_part(inputs, number)) for number in numbers)
    package = get_topic(inputs[0].topic).package
    with user_errors():
        client = stack.enter_context(connect_cluster(address, package))
    return run_tasks(client, evaluate_part, inputs, numbers)


def evaluate_part(inputs: SharedInputs, number: int) -> bytes:
    """Run one part, in this process or in a worker's.

    Args:
        inputs: The request and its tables.
        number: Number of the part, from 0.

    Returns:
        The part as a Parquet file.

    Raises:
        ClusterError: This worker came later than the others and has another release of the code.
    """
    request, tables = inputs
    topic = get_topic(request.topic)
    release = code_release(topic.package)
    if release != request.release:
        raise ClusterError(f"A worker has release {release} of the code, not {request.release}")
    return evaluate_chunk(topic, request, number, tables)


def _explain_stop(error: BaseException, parts: SweepParts, request: SweepRequest) -> BaseException:
    """Say what is kept of a sweep that was stopped; an interruption stays one if nothing is."""
    finished = len(parts.finished())
    is_interrupted = isinstance(error, KeyboardInterrupt)
    if is_interrupted and not finished:
        parts.remove()
        return KeyboardInterrupt()
    cause = "Interrupted" if is_interrupted else str(error)
    return RuntimeError(
        f"{cause}. {_describe_progress(finished, request)} in {parts.folder.parent}. The same"
        " command continues there"
    )


def _describe_progress(finished: int, request: SweepRequest) -> str:
    return f"{finished:,} of {request.chunk_count:,} parts are done"
