"""Snapshot jobs, checked as a whole before anything is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, NoReturn

from workbook.analysis.overdue_inputs import list_overdue_inputs
from workbook.department_figures import no_figures_reason
from workbook.departments import edition_title
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.scenario import DEPARTMENT_PARAMETER, Scenario, ScenarioError, split_list
from workbook.snapshots.data_coverage import check_quarter
from workbook.snapshots.evaluations import evaluate_once
from workbook.tables import TableError
from workbook.text.grammar import join_items
from workbook.topic import Topic

_REVISION = re.compile(r"r[1-9][0-9]*")
_URL = re.compile(r"\w{2,}:/")
UPLOADS_FOLDER = "brought"
"""Folder, inside a topic's folder, for the files that the user supplied."""

TRIALS_FOLDER = "trials"
"""Folder, in a store, for what-ifs. None of them is the record of its quarter."""


@dataclass(frozen=True)
class TopicRun:
    """One topic of a snapshot: its notebook and the scenario to run it with.

    ``files`` are the files that the user supplied, by the parameter that names each. The snapshot
    keeps a copy, and ``scenario`` names the copies beside the notebook. ``overdue_inputs`` says in
    sentences what is used after its review was due. ``is_trial`` says that it is a what-if.
    ``earlier`` is the folder of the snapshot of the quarter before, with which a report is compared
    under the name ``snapshot_name``. ``earlier_problem`` says why that cannot be used.
    """

    topic: Topic
    scenario: Scenario
    notebook: Path
    files: Mapping[str, Path] = field(default_factory=dict)
    overdue_inputs: tuple[str, ...] = ()
    is_trial: bool = False
    earlier: Path | None = None
    earlier_problem: str = ""
    snapshot_name: str = ""

    @property
    def edition(self) -> str:
        """Title of the edition, if the scenario is of one department; empty otherwise."""
        department = self.scenario.department
        return edition_title(department) if len(split_list(department)) == 1 else ""

    @property
    def input_scenario(self) -> Scenario:
        """The scenario with the files' present paths, from which the tables are read."""
        return self.scenario.replace(**{name: str(path) for name, path in self.files.items()})


@dataclass(frozen=True)
class SnapshotJob:
    """A snapshot of one quarter, to be made in the folder ``store``.

    Args:
        quarter: The quarter.
        runs: The topics.
        store: Folder of the archive.
        overdue_reason: Why inputs are used after their review was due.
        revision: Number of the revision, from 1.
        revision_reason: Why the quarter is revised; empty for its first revision.
        trial: Name of a trial; empty for the record of the quarter.
        department: Department whose edition it is; empty for all of government.
        without_figures: What is said of each topic that has no figures for the department.
    """

    quarter: str
    runs: tuple[TopicRun, ...]
    store: Path
    overdue_reason: str = ""
    revision: int = 1
    revision_reason: str = ""
    trial: str = ""
    department: str = ""
    without_figures: tuple[str, ...] = ()

    @property
    def edition(self) -> str:
        """Title of a department edition; empty for all of government."""
        return edition_title(self.department) if self.department else ""

    @property
    def name(self) -> str:
        """Name of the snapshot, such as ``2014-Q2/r1``, which is its place in the store."""
        return f"{TRIALS_FOLDER}/{self.trial}" if self.trial else f"{self.quarter}/r{self.revision}"

    @property
    def target_folder(self) -> Path:
        """Folder of the finished snapshot."""
        return self.store / self.name

    @property
    def unfinished_name(self) -> str:
        """Name of the unfinished folder. A trial does not block the record of its quarter."""
        return f"trial-{self.quarter}" if self.trial else self.quarter


class NoFiguresError(ValueError):
    """No topic of a snapshot has figures for its department."""


def prepare_snapshot(  # noqa: PLR0913  all that a snapshot may be asked for
    quarter: str,
    scenarios: Iterable[tuple[Topic, Scenario]],
    store: Path,
    notebooks: Path | None = None,
    *,
    overdue_reason: str = "",
    revise: str = "",
    is_trial: bool = False,
    department: str = "",
) -> SnapshotJob:
    """Check a request for a snapshot and return it as a job.

    Args:
        quarter: The quarter, such as ``2014-Q2``.
        scenarios: Each topic with its scenario.
        store: Folder of the archive.
        notebooks: Folder of notebooks to use in place of the topics' own.
        overdue_reason: Why inputs are used after their review was due; empty for no reason.
        revise: Why the quarter's latest snapshot is revised; empty for the first one.
        is_trial: Whether the snapshot is a what-if, which is never the record of its quarter.
        department: Department whose edition it is; empty for all of government. The store is then
            the department's own.

    Returns:
        The job. Topics without figures for the department are left out of it.

    Raises:
        NoFiguresError: No topic has figures for the department.
        ValueError: If the request is invalid, with what would be right. A table that is invalid
            raises its TableError, a scenario without an outcome its ScenarioError.
    """
    last_day_of_quarter(quarter)
    runs = tuple(
        _prepare_run(
            topic,
            scenario,
            notebooks / topic.notebook_path.name if notebooks else topic.notebook_path,
            is_trial=is_trial,
        )
        for topic, scenario in scenarios
    )
    job = SnapshotJob(quarter, runs, store, overdue_reason.strip(), department=department)
    _check_store(store)
    if is_trial:
        job = replace(job, trial=f"{quarter}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    else:
        job = replace(
            job, revision=_next_revision(job, revise.strip()), revision_reason=revise.strip()
        )
    today = date.today()  # noqa: DTZ011  the operator's own day
    check_quarter(quarter, [(run.topic, run.input_scenario) for run in runs], today)
    checks = [_check_run(run, quarter) for run in runs]
    checked_runs = tuple(check.run for check in checks if not check.no_figures)
    if not checked_runs:
        _reject_department(checks)
    if not job.overdue_reason:
        _reject_overdue_inputs(checked_runs)
    without_figures = tuple(check.no_figures for check in checks if check.no_figures)
    return replace(job, runs=checked_runs, without_figures=without_figures)


def _prepare_run(topic: Topic, scenario: Scenario, notebook: Path, *, is_trial: bool) -> TopicRun:
    """Build a topic's run. Raises ValueError if two of its files share a name."""
    files = {name: Path(path) for name, path in scenario.file_paths.items()}
    if len({path.name for path in files.values()}) < len(files):
        file_parameters = join_items(files)
        msg = (
            f"{file_parameters} name two files with the same name, and the snapshot keeps both."
            " Rename one of them"
        )
        raise ValueError(msg)
    snapshot_scenario = scenario.replace(
        **{name: f"{UPLOADS_FOLDER}/{path.name}" for name, path in files.items()}
    )
    return TopicRun(topic, snapshot_scenario, notebook, files, is_trial=is_trial)


def _check_store(store: Path) -> None:
    address = _URL.match(str(store))
    if address or (store.exists() and not store.is_dir()):
        msg = f"{store} is not a folder. Give a folder for the snapshots, such as ./snapshots"
        raise ValueError(msg)


def _next_revision(job: SnapshotJob, reason: str) -> int:
    """Number of the next revision. Raises ValueError if a reason is missing or not called for."""
    folder = job.store / job.quarter
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    numbers = [int(name[1:]) for name in names if _REVISION.fullmatch(name)]
    latest = max(numbers, default=0)
    if latest and not reason:
        msg = (
            f"{job.quarter}/r{latest} already exists in {job.store}, and a snapshot is never"
            " overwritten. To add a revision, say why with --revise REASON. For a what-if, use"
            " --trial"
        )
        raise ValueError(msg)
    if reason and not latest:
        msg = f"{job.quarter} is not in {job.store}, so it cannot be revised. Leave out --revise"
        raise ValueError(msg)
    return latest + 1


class _RunCheck(NamedTuple):
    """A run with what is overdue, and what is said if it has no figures for the department.

    ``error`` is that of a department that the topic does not know, though another may: a table of
    one's own can name any.
    """

    run: TopicRun
    no_figures: str = ""
    error: ScenarioError | None = None


def _reject_department(checks: Sequence[_RunCheck]) -> NoReturn:
    """Raise the error of a department that no topic knows, or one that no topic has figures."""
    for check in checks:
        if check.error:
            raise check.error
    raise NoFiguresError(" ".join(check.no_figures for check in checks).rstrip("."))


def _check_run(run: TopicRun, quarter: str) -> _RunCheck:
    """Check a run."""
    if not run.notebook.is_file():
        msg = f"{run.topic.name} has no notebook: {run.notebook.name} is missing from its folder"
        raise ValueError(msg)
    if run.scenario.quarter != quarter:
        msg = (
            f"quarter is {run.scenario.quarter} for {run.topic.name}. "
            f"It must be the snapshot's quarter, {quarter}"
        )
        raise ValueError(msg)
    try:
        outcome = _check_inputs(run)
    except ScenarioError as error:
        if {problem.name for problem in error.problems} != {DEPARTMENT_PARAMETER}:
            raise
        reason = no_figures_reason(run.scenario.department)
        return _RunCheck(run, f"{run.topic.title}: {reason}.", error)
    if outcome is None:
        return _RunCheck(run)
    no_figures = outcome.headline if outcome.no_figures_reason else ""
    return _RunCheck(replace(run, overdue_inputs=list_overdue_inputs(outcome)), no_figures)


def _check_inputs(run: TopicRun) -> Outcome | None:
    """Raise errors of the tables and the scenario; a failing model is left to the run itself."""
    try:
        return evaluate_once(run.topic, run.scenario, run.input_scenario).outcome
    except (ScenarioError, TableError):
        raise
    except Exception:  # noqa: BLE001  it fails again in the run, which keeps the cause
        return None


def _reject_overdue_inputs(runs: Iterable[TopicRun]) -> None:
    """Raise ValueError if anything is overdue. A report repeats what its topics say."""
    titles: dict[str, str] = {}
    for run in runs:
        for sentence in run.overdue_inputs:
            titles.setdefault(sentence, run.topic.title)
    if titles:
        overdue_list = " ".join(f"{title}: {sentence}" for sentence, title in titles.items())
        msg = (
            f"Inputs are past their review date. {overdue_list} To use them all the same, say why"
            " with --overdue REASON"
        )
        raise ValueError(msg)
