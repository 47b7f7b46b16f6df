"""What a snapshot is asked for, checked as a whole before anything is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbook.periods import last_day_of_quarter
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Topic

_URL = re.compile(r"\w{2,}:/")
UPLOADS_FOLDER = "brought"
"""Where a topic's folder keeps the files that it read."""

FIRST_REVISION = "r1"
"""Name of a quarter's first revision."""


@dataclass(frozen=True)
class TopicRun:
    """One topic's part in a snapshot: its notebook is run with this scenario.

    ``files`` are those that were brought, by the parameter that names one. The snapshot keeps them:
    the scenario names each as it lies beside the notebook.
    """

    topic: Topic
    scenario: Scenario
    notebook: Path
    files: Mapping[str, Path] = field(default_factory=dict)

    @property
    def input_scenario(self) -> Scenario:
        """The scenario with the files where they are now. The topic's tables are read by it."""
        return self.scenario.replace(**{name: str(path) for name, path in self.files.items()})


@dataclass(frozen=True)
class SnapshotJob:
    """A snapshot to be made of a quarter, in the folder ``store``."""

    quarter: str
    runs: tuple[TopicRun, ...]
    store: Path

    @property
    def target_folder(self) -> Path:
        """The folder that the snapshot will be."""
        return self.store / self.quarter / FIRST_REVISION


def prepare_snapshot(
    quarter: str,
    scenarios: Iterable[tuple[Topic, Scenario]],
    store: Path,
    notebooks: Path | None = None,
) -> SnapshotJob:
    """The request, if it can be met; ``notebooks`` is a folder with other notebooks.

    Raises ValueError, TableError among them, that says what is wrong and what would be right.
    """
    last_day_of_quarter(quarter)
    runs = tuple(
        _prepare_run(
            topic,
            scenario,
            notebooks / topic.notebook_path.name if notebooks else topic.notebook_path,
        )
        for topic, scenario in scenarios
    )
    job = SnapshotJob(quarter, runs, store)
    _check_store(job)
    for run in runs:
        _check_run(run, quarter)
    return job


def _prepare_run(topic: Topic, scenario: Scenario, notebook: Path) -> TopicRun:
    """The topic's run. Raises ValueError where two files that it reads have one name."""
    files = {name: Path(path) for name, path in scenario.file_paths.items()}
    if len({path.name for path in files.values()}) < len(files):
        file_parameters = " and ".join(files)
        msg = (
            f"{file_parameters} name two files of one name, and the snapshot keeps both: rename one"
            " of them"
        )
        raise ValueError(msg)
    snapshot_scenario = scenario.replace(
        **{name: f"{UPLOADS_FOLDER}/{path.name}" for name, path in files.items()}
    )
    return TopicRun(topic, snapshot_scenario, notebook, files)


def _check_store(job: SnapshotJob) -> None:
    address = _URL.match(str(job.store))
    if address or (job.store.exists() and not job.store.is_dir()):
        msg = f"{job.store} is not a folder: a snapshot is kept in a folder, such as snapshots"
        raise ValueError(msg)
    if job.target_folder.exists():
        msg = (
            f"{job.quarter}/{FIRST_REVISION} is already in {job.store}, and what is kept is never "
            "written over: name another quarter or another store"
        )
        raise ValueError(msg)


def _check_run(run: TopicRun, quarter: str) -> None:
    if not run.notebook.is_file():
        msg = f"{run.topic.name} has no notebook: {run.notebook.name} is not in its folder"
        raise ValueError(msg)
    if run.scenario.quarter != quarter:
        msg = (
            f"quarter is {run.scenario.quarter} for {run.topic.name}: "
            f"it must be that of the snapshot, {quarter}"
        )
        raise ValueError(msg)
    _check_inputs(run)


def _check_inputs(run: TopicRun) -> None:
    """Raise what the tables and the model refuse; a model that fails is told by the run itself."""
    tables = run.topic.load_tables(run.input_scenario)
    try:
        run.topic.evaluate_model(tables, run.scenario)
    except ScenarioError:
        raise
    except Exception:  # noqa: BLE001  it fails again in the run, which keeps what there was
        return
