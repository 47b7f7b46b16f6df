"""Make the snapshot that a command asks for: of all of government, or department editions."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from workbook.cli.archive_store import OpenStore, update_site, write_store
from workbook.cli.arguments import Setting
from workbook.cli.errors import user_errors
from workbook.cli.output import print_errors
from workbook.cli.quarter_comparison import complete_archive
from workbook.cli.snapshot_progress import show_progress
from workbook.cli.snapshot_scenarios import (
    add_planned_topics,
    build_snapshot_scenarios,
    find_department,
)
from workbook.department_figures import write_departments
from workbook.departments import DEPARTMENT_NAMES, department_of_2014
from workbook.kernels.shared_start import share_results
from workbook.resources import RUN_MODULES
from workbook.scenario import DEPARTMENT_PARAMETER, Scenario
from workbook.scenario.value_text import join_list
from workbook.snapshots.archive import SnapshotFailedError, unfinished_folder
from workbook.snapshots.cluster_topics import connect_topics_runner
from workbook.snapshots.department_editions import edition_store
from workbook.snapshots.jobs import NoFiguresError, prepare_snapshot
from workbook.snapshots.remote_store import is_store_address
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.snapshot_plan import read_plan
from workbook.snapshots.topic_processes import run_topics
from workbook.text.grammar import format_count, join_items
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic
from workbook.topics.registry import TOPICS

TopicScenarios = list[tuple[Topic, Scenario]]


@dataclass(frozen=True)
class SnapshotRequest:
    """What a command asks for.

    Attributes:
        quarter: The quarter.
        topics: The topics.
        settings: Names and values of parameters.
        scenarios: Names or files of the scenarios that topics start from.
        store: The archive: a folder, or an address.
        jobs: How many topics may run at once; None for one more than processors.
        cluster: Address of a Dask scheduler; empty for none.
        overdue: Why inputs are used after their review was due.
        revise: Why the quarter is revised.
        is_trial: Whether it is a what-if.
        shares_memory: Whether the topics' processes are forked from this one, with all that the
            check of the request has calculated.
    """

    quarter: str
    topics: tuple[Topic, ...]
    settings: tuple[Setting, ...]
    scenarios: tuple[str, ...]
    store: str
    jobs: int | None = None
    cluster: str = ""
    overdue: str = ""
    revise: str = ""
    is_trial: bool = False
    shares_memory: bool = False

    def check(self, each: str) -> None:
        """Check what options exclude each other.

        Args:
            each: Parameter of which every value has an edition; empty for none.

        Raises:
            ValueError: The request contradicts itself.
        """
        if self.is_trial and self.revise:
            raise ValueError("--revise and --trial exclude each other: a trial revises nothing")
        if not each:
            return
        if each != DEPARTMENT_PARAMETER:
            raise ValueError(unknown_name_message("value of --each", each, [DEPARTMENT_PARAMETER]))
        if dict(self.settings).get(DEPARTMENT_PARAMETER):
            msg = "--each department and --set department exclude each other: give one of them"
            raise ValueError(msg)

    def for_department(self, department: str) -> "SnapshotRequest":
        """The request for a department edition."""
        return replace(self, settings=(*self.settings, (DEPARTMENT_PARAMETER, department)))

    def build_scenarios(self) -> TopicScenarios:
        """Build the scenario of each topic. Raises ValueError if a setting is invalid."""
        return build_snapshot_scenarios(self.topics, self.quarter, self.settings, self.scenarios)


def run_request(request: SnapshotRequest) -> None:
    """Make a snapshot, and say where it is.

    Args:
        request: What is asked for.
    """
    with user_errors():
        runs = request.build_scenarios()
        department = find_department(runs, request.settings)
    has_report = any(topic.is_document for topic, _ in runs)
    store = edition_store(request.store, department) if department else request.store
    with user_errors(), write_store(store, request.quarter, has_report=has_report) as archive:
        if not request.is_trial:
            runs = _complete_unfinished(runs, archive.folder, request.quarter)
        job = prepare_snapshot(
            request.quarter,
            runs,
            archive.folder,
            overdue_reason=request.overdue,
            revise=request.revise,
            is_trial=request.is_trial,
            department=department,
        )
        print_errors(job.without_figures)
        if request.shares_memory:
            share_results(RUN_MODULES)
        cluster = request.cluster
        with (
            connect_topics_runner(cluster, job) if cluster else nullcontext(run_topics) as runner,
            show_progress([run.topic.name for run in job.runs]) as listener,
        ):
            folder = make_snapshot(job, request.jobs, listener=listener, runner=runner)
        place = archive.publish_snapshot(folder)
        typer.echo(f"Snapshot written to {place}. Open its index.html.")
        if not request.is_trial:
            complete_archive(archive, folder, TOPICS)
    if department and not request.is_trial and not is_store_address(request.store):
        update_site(OpenStore(Path(request.store)))  # its first page links the department's


def make_editions(request: SnapshotRequest) -> bool:
    """Make the edition of every department that a topic has figures for, one after the other.

    Departments without figures in the quarter are named in a line.

    Args:
        request: What is asked for.

    Returns:
        Whether no edition failed. One that did does not stop the others.
    """
    with user_errors():
        departments = list(list_departments_of(request.build_scenarios()))
        if not departments:
            raise ValueError("No topic has figures by department for these scenarios")
    failed: list[str] = []
    without_figures = [*({*DEPARTMENT_NAMES} - {*departments})]
    for number, department in enumerate(departments, start=1):
        typer.echo(f"{department} ({number} of {len(departments)})", err=True)
        try:
            run_request(request.for_department(department))
        except KeyboardInterrupt as error:
            done = [
                name
                for name in departments[: number - 1]
                if name not in {*failed, *without_figures}
            ]
            msg = f"Interrupted. Editions that are complete: {join_items(done) or 'none'}"
            raise RuntimeError(msg) from error
        except (ValueError, SnapshotFailedError, RuntimeError, OSError) as error:
            if isinstance(error.__cause__, NoFiguresError):
                without_figures.append(department)
                continue
            print_errors([f"{department}: {error}"])
            failed.append(department)
    if without_figures:
        names = write_departments(join_list(sorted(without_figures)))
        print_errors([f"No figures in {request.quarter} for {names}."])
    made = format_count(len({*departments} - {*failed, *without_figures}), "edition")
    typer.echo(f"{made} written." if not failed else f"{made} written. Not: {join_items(failed)}.")
    return not failed


def list_departments_of(runs: Sequence[tuple[Topic, Scenario]]) -> Iterator[str]:
    """List the departments that topics have figures for.

    Args:
        runs: Topics with their scenarios.

    Returns:
        Their names of 2014, sorted.
    """
    names = set()
    for topic, scenario in runs:
        if topic.has_department_figures and not topic.is_document:
            outcome = topic.evaluate_model(topic.load_tables(scenario), scenario)
            names |= set(outcome.parameter_options.get(DEPARTMENT_PARAMETER, ()))
    yield from sorted({department_of_2014(name) for name in names})


def _complete_unfinished(runs: TopicScenarios, store: Path, quarter: str) -> TopicScenarios:
    """Add the other topics of an unfinished snapshot of the quarter, and say so."""
    completed = add_planned_topics(runs, read_plan(store, quarter), TOPICS)
    named = {topic.name for topic, _ in runs}
    if added := [topic.name for topic, _ in completed if topic.name not in named]:
        sentence = f"This completes the unfinished snapshot of {quarter}, with {join_items(added)}."
        remedy = f"To start it anew, delete {unfinished_folder(store, quarter)}."
        print_errors([f"{sentence} {remedy}"])
    return completed
