"""All that a topic's work depends on: what has the same work gives the same files."""

import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.exports.run_record import hash_source_tables
from workbook.resources import code_release, page_files_digest, resource_folder
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.provenance import describe_host_kind
from workbook.snapshots.quarter_before import describe_quarter_before
from workbook.snapshots.topic_record import hash_files, package_versions
from workbook.tables import sha256


def describe_work(run: TopicRun) -> dict[str, Any]:
    """Describe all that a topic's work depends on, as it is on this machine.

    Args:
        run: The topic, its scenario and its notebook.

    Returns:
        The scenario, the notebook, the tables, the code, the style sheets and scripts, the
        libraries, the interpreter, the kind of machine, and the files of the data folders, such as
        the scenarios that are published or saved and the recorded checks. It names no path.
    """
    folders = {
        *run.topic.scenario_folders,
        *(resource_folder("data", package) for package in {run.topic.package, "workbook"}),
    }
    return {
        "topic": run.topic.name,
        "scenario": run.scenario.values(),
        "is_trial": run.is_trial,
        "snapshot": run.snapshot_name,
        "compared_with": describe_quarter_before((run,)),
        "not compared": run.earlier_problem,
        "notebook": sha256(run.notebook.read_bytes()),
        "tables": hash_source_tables(run.topic, run.scenario, run.input_scenario),
        "code": code_release(run.topic.package),
        "page files": page_files_digest(run.topic.package),
        "versions": {"Python": platform.python_version(), **package_versions()},
        "host kind": describe_host_kind(),
        "folders": sorted(_hash_folder(folder) for folder in folders),
    }


def hash_work(description: Mapping[str, Any]) -> str:
    """Hash all that a topic's work depends on, which ``describe_work`` gives."""
    return sha256(json.dumps(description, sort_keys=True).encode())


def _hash_folder(folder: Path) -> str:
    return sha256(json.dumps(dict(hash_files(folder))).encode())
