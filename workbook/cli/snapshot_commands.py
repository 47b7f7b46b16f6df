"""Commands that make and verify the snapshots of an archive."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated

import typer

from workbook.cli.application import (
    DEFAULT_STORE,
    ClusterOption,
    JsonOption,
    SettingOptions,
    StoreOption,
    app,
)
from workbook.cli.errors import user_errors


@app.command("snapshot")
def snapshot_quarter(  # noqa: PLR0913  each option of the command is an argument
    context: typer.Context,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="Quarter such as 2014-Q2.")],
    *,
    topics: Annotated[
        list[str] | None,
        typer.Option("--topic", help="Topic to include. May be repeated. All by default."),
    ] = None,
    settings: SettingOptions = None,
    scenarios: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="FILE|NAME",
            help="Scenario to start from. With several topics TOPIC=NAME, once for each.",
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Topics to run at once. By default, processors and one more."
        ),
    ] = None,
    cluster: ClusterOption = "",
    overdue: Annotated[
        str, typer.Option(metavar="REASON", help="Why inputs are used after their review date.")
    ] = "",
    revise: Annotated[
        str, typer.Option(metavar="REASON", help="Add a revision of the quarter, and say why.")
    ] = "",
    trial: Annotated[
        bool, typer.Option("--trial", help="A what-if, kept apart from the quarter's record.")
    ] = False,
    each: Annotated[
        str,
        typer.Option(metavar="department", help="Make the edition of every department, in turn."),
    ] = "",
) -> None:
    """Make a quarter's snapshot: run, check and archive the notebook of each topic.

    With several topics, write --set TOPIC.NAME=VALUE and --scenario TOPIC=NAME. With --set
    department=NAME it is that department's edition, kept apart from the quarter's record.
    """
    is_prepared = context.obj and not cluster
    with _prepare_processes(store) if is_prepared else nullcontext(False) as shares_memory:  # noqa: FBT003
        from workbook.cli import arguments, output
        from workbook.cli.snapshot_runs import SnapshotRequest, make_editions, run_request
        from workbook.topics.registry import TOPIC_ERRORS

        output.print_errors(TOPIC_ERRORS)
        with user_errors():
            request = SnapshotRequest(
                quarter,
                tuple(arguments.select_topics(topics or [])),
                tuple(arguments.parse_settings(settings or [])),
                tuple(scenarios or []),
                store,
                jobs=jobs,
                cluster=cluster,
                overdue=overdue,
                revise=revise,
                is_trial=trial,
                shares_memory=shares_memory,
            )
            request.check(each)
        if not each:
            run_request(request)
        elif not make_editions(request):
            raise typer.Exit(1)


@contextmanager
def _prepare_processes(store: str) -> Iterator[bool]:
    """Start the process that draws, and load what the topics' processes need.

    The program of an object store runs threads, which would not exist in the topics' processes.
    They are then forked from a process that loads what they need while the request is checked.

    Yields:
        Whether this process can share its memory with those of the topics.
    """
    from workbook.exports.shared_drawing import shared_drawing
    from workbook.kernels.fork_server import load_modules
    from workbook.kernels.forking import CAN_FORK, ONE_THREAD, start_loading
    from workbook.resources import RUN_MODULES

    with shared_drawing():
        if not CAN_FORK or "://" in store:
            start_loading(RUN_MODULES, os.environ)
            yield False
        else:
            os.environ.update(ONE_THREAD)  # before the libraries are loaded
            yield load_modules(RUN_MODULES) is None


@app.command("verify")
def verify_snapshots(
    snapshot: Annotated[
        str,
        typer.Argument(
            metavar="[SNAPSHOT]",
            help="Such as 2014-Q2 (its latest revision), 2014-Q2/r1, 2014-Q2/home-office or a"
            " folder. All by default.",
        ),
    ] = "",
    *,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Check that every file of a snapshot, or of the whole archive, is as it was sealed."""
    from workbook.cli import output
    from workbook.cli.seal_output import describe_seal_report
    from workbook.cli.snapshot_seals import verify_archives, verify_named

    checked = []
    with user_errors():
        for report in verify_named(snapshot, store) if snapshot else verify_archives(store):
            checked.append(report)
            if not json:
                output.print_lines(describe_seal_report(report))
    if json:
        records = [report.as_dict() for report in checked]
        output.print_json(records[0] if snapshot else records)
    if any(report.mismatches for report in checked):
        raise typer.Exit(1)
