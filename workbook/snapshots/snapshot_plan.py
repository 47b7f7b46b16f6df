"""The plan of a snapshot: its topics with their scenarios, kept while the snapshot is unfinished.

A later run of some of the topics completes the snapshot with the others.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from workbook.snapshots.archive import UnfinishedSnapshot, unfinished_folder
from workbook.snapshots.jobs import SnapshotJob

_PLAN_NAME: Final = "plan.json"


def write_plan(unfinished: UnfinishedSnapshot, job: SnapshotJob) -> None:
    """Keep the topics of a job with their scenarios.

    Args:
        unfinished: The unfinished snapshot.
        job: The job.
    """
    values = {run.topic.name: run.input_scenario.values() for run in job.runs}
    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (unfinished.folder / _PLAN_NAME).write_text(text, encoding="utf-8")


def read_plan(store: Path, quarter: str) -> dict[str, dict[str, Any]]:
    """Read the plan of an unfinished snapshot of which some topics are finished.

    Args:
        store: Folder of the archive.
        quarter: The quarter.

    Returns:
        The values of each topic's parameters; empty where no snapshot of the quarter is unfinished.

    Raises:
        ValueError: The plan is damaged.
    """
    folder = unfinished_folder(store, quarter)
    path = folder / _PLAN_NAME
    if not path.is_file() or not any((folder / "records").glob("*.json")):
        return {}
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        plan = None
    if not isinstance(plan, Mapping) or not all(isinstance(entry, dict) for entry in plan.values()):
        raise ValueError(f"{path} is damaged. Delete {folder} to start the snapshot anew")
    return dict(plan)
