"""What a snapshot is asked for, checked as a whole before anything is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbook.quarters import last_day
from workbook.resources import folder
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Topic

URL = re.compile(r"\w{2,}:/")
BROUGHT = "brought"
"""Where a topic's folder keeps the files that it read."""

FIRST = "r1"
"""Name of a quarter's first revision."""


@dataclass(frozen=True)
class Run:
    """One topic's part in a snapshot: its notebook is run with this scenario.

    ``files`` are those that were brought, by the parameter that names one. The snapshot keeps them:
    the scenario names each as it lies beside the notebook.
    """

    topic: Topic
    scenario: Scenario
    notebook: Path
    files: Mapping[str, Path] = field(default_factory=dict)

    @property
    def reading(self) -> Scenario:
        """The scenario with the files where they are now. The topic's tables are read by it."""
        return self.scenario.replace(**{name: str(path) for name, path in self.files.items()})


@dataclass(frozen=True)
class Request:
    """A snapshot to be made of a quarter, in the folder ``store``."""

    quarter: str
    runs: tuple[Run, ...]
    store: Path

    @property
    def target(self) -> Path:
        """The folder that the snapshot will be."""
        return self.store / self.quarter / FIRST


def request(
    quarter: str,
    scenarios: Iterable[tuple[Topic, Scenario]],
    store: Path,
    notebooks: Path | None = None,
) -> Request:
    """The request, if it can be met; ``notebooks`` is the folder with a notebook for each topic.

    Raises ValueError, TableError among them, that says what is wrong and what would be right.
    """
    last_day(quarter)
    home = notebooks or folder("notebooks")
    runs = tuple(_run(topic, scenario, home) for topic, scenario in scenarios)
    asked = Request(quarter, runs, store)
    _check_store(asked)
    for run in runs:
        _check_run(run, quarter)
    return asked


def _run(topic: Topic, scenario: Scenario, home: Path) -> Run:
    """The topic's run. Raises ValueError where two files that it reads have one name."""
    files = {name: Path(path) for name, path in scenario.files.items()}
    if len({path.name for path in files.values()}) < len(files):
        both = " and ".join(files)
        msg = f"{both} name two files of one name, and the snapshot keeps both: rename one of them"
        raise ValueError(msg)
    kept = scenario.replace(**{name: f"{BROUGHT}/{path.name}" for name, path in files.items()})
    return Run(topic, kept, home / f"{topic.name}.ipynb", files)


def _check_store(asked: Request) -> None:
    address = URL.match(str(asked.store))
    if address or (asked.store.exists() and not asked.store.is_dir()):
        msg = f"{asked.store} is not a folder: a snapshot is kept in a folder, such as snapshots"
        raise ValueError(msg)
    if asked.target.exists():
        msg = (
            f"{asked.quarter}/{FIRST} is already in {asked.store}, and what is kept is never "
            "written over: name another quarter or another store"
        )
        raise ValueError(msg)


def _check_run(run: Run, quarter: str) -> None:
    if not run.notebook.is_file():
        msg = f"{run.topic.name} has no notebook: {run.notebook.name} is not in its folder"
        raise ValueError(msg)
    if run.scenario.quarter != quarter:
        msg = (
            f"quarter is {run.scenario.quarter} for {run.topic.name}: "
            f"it must be that of the snapshot, {quarter}"
        )
        raise ValueError(msg)
    _refuse(run)


def _refuse(run: Run) -> None:
    """Raise what the tables and the model refuse; a model that fails is told by the run itself."""
    tables = run.topic.load(run.reading)
    try:
        run.topic.outcome(tables, run.scenario)
    except ScenarioError:
        raise
    except Exception:  # noqa: BLE001  it fails again in the run, which keeps what there was
        return
