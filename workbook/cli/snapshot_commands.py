"""Commands that make and verify the snapshots of an archive."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from workbook.scenario import Scenario
    from workbook.topic import Topic


@app.command("snapshot")
def snapshot_quarter(  # noqa: PLR0913  each option of the command is an argument
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
            min=1, metavar="N", help="Topics to run at once. The number of processors by default."
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
) -> None:
    """Make a quarter's snapshot: run, check and archive the notebook of each topic.

    With several topics, write --set TOPIC.NAME=VALUE and --scenario TOPIC=NAME.
    """
    from workbook.kernels.forking import start_loading
    from workbook.resources import RUN_MODULES

    if not cluster:
        start_loading(RUN_MODULES, os.environ)  # while the request is checked

    from workbook.cli import arguments, output
    from workbook.cli.archive_store import write_store
    from workbook.cli.quarter_comparison import complete_archive
    from workbook.cli.snapshot_progress import show_progress
    from workbook.cli.snapshot_scenarios import build_snapshot_scenarios
    from workbook.snapshots.cluster_topics import connect_topics_runner
    from workbook.snapshots.jobs import prepare_snapshot
    from workbook.snapshots.snapshot import make_snapshot
    from workbook.snapshots.topic_processes import run_topics
    from workbook.topics.registry import TOPIC_ERRORS, TOPICS

    output.print_errors(TOPIC_ERRORS)
    with user_errors():
        selected_topics = arguments.select_topics(topics or [])
        runs = build_snapshot_scenarios(
            selected_topics, quarter, arguments.parse_settings(settings or []), scenarios or []
        )
        if trial and revise:
            raise ValueError("--revise and --trial exclude each other: a trial revises nothing")
    has_report = any(topic.is_document for topic, _ in runs)
    with user_errors(), write_store(store, quarter, has_report=has_report) as archive:
        if not trial:
            runs = _complete_unfinished(runs, archive.folder, quarter)
        job = prepare_snapshot(
            quarter, runs, archive.folder, overdue_reason=overdue, revise=revise, is_trial=trial
        )
        with (
            connect_topics_runner(cluster, job) if cluster else nullcontext(run_topics) as runner,
            show_progress([topic.name for topic, _ in runs]) as listener,
        ):
            folder = make_snapshot(job, jobs, listener=listener, runner=runner)
        place = archive.publish_snapshot(folder)
        typer.echo(f"Snapshot written to {place}. Open its index.html.")
        if not trial:
            complete_archive(archive, folder, TOPICS)


def _complete_unfinished(
    runs: "list[tuple[Topic, Scenario]]", store: Path, quarter: str
) -> "list[tuple[Topic, Scenario]]":
    """Add the other topics of an unfinished snapshot of the quarter, and say so."""
    from workbook.cli.output import print_errors
    from workbook.cli.snapshot_scenarios import add_planned_topics
    from workbook.snapshots.archive import unfinished_folder
    from workbook.snapshots.snapshot_plan import read_plan
    from workbook.text.grammar import join_items
    from workbook.topics.registry import TOPICS

    completed = add_planned_topics(runs, read_plan(store, quarter), TOPICS)
    named = {topic.name for topic, _ in runs}
    if added := [topic.name for topic, _ in completed if topic.name not in named]:
        sentence = f"This completes the unfinished snapshot of {quarter}, with {join_items(added)}."
        remedy = f"To start it anew, delete {unfinished_folder(store, quarter)}."
        print_errors([f"{sentence} {remedy}"])
    return completed


@app.command("verify")
def verify_snapshots(
    snapshot: Annotated[
        str,
        typer.Argument(
            metavar="[SNAPSHOT]",
            help="Such as 2014-Q2 (its latest revision), 2014-Q2/r1 or a folder. All by default.",
        ),
    ] = "",
    *,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Check that every file of a snapshot, or of the whole archive, is as it was sealed."""
    from workbook.cli import output
    from workbook.cli.archive_store import read_store
    from workbook.cli.seal_output import describe_seal_report
    from workbook.snapshots.seal import verify_snapshot, verify_store
    from workbook.snapshots.stored_snapshot import list_snapshots, locate_snapshot

    checked = []
    with user_errors(), read_store(store, [snapshot] if snapshot else []) as archive:
        if snapshot:
            reports = iter([verify_snapshot(*locate_snapshot(snapshot, archive.folder))])
        elif list_snapshots(archive.folder):
            reports = verify_store(archive.folder)
        else:
            raise ValueError(f"There is no snapshot in {store}. Name the archive with --store")
        for report in reports:
            checked.append(report)
            if not json:
                output.print_lines(describe_seal_report(report))
    if json:
        records = [report.as_dict() for report in checked]
        output.print_json(records[0] if snapshot else records)
    if any(report.mismatches for report in checked):
        raise typer.Exit(1)
