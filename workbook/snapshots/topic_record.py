"""Record of a topic's finished work, from which a later try takes it over."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Self

from workbook.exports.run_record import hash_source_tables
from workbook.resources import code_release, page_files_digest, resource_folder
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.provenance import describe_host_kind
from workbook.snapshots.quarter_before import describe_quarter_before
from workbook.tables import sha256

RECORDED_PACKAGES: Final = (
    "policy-workbook",
    "altair",
    "ipykernel",
    "nbconvert",
    "numpy",
    "pandas",
    "pandera",
    "papermill",
    "pydantic",
    "scipy",
    "vl-convert-python",
)
"""Packages that can change a figure, a table or a chart."""

TableHash = dict[str, str]


@dataclass(frozen=True)
class TopicRecord:
    """What a snapshot needs to know of a topic's finished folder.

    Args:
        key: Hash of all that the work depends on.
        tables: Name and SHA-256 of each table that was read, after the run.
        section: The topic's section of ``index.html``.
        python: Version of the interpreter that ran the notebook.
        files: SHA-256 of each file in the topic's folder, by its path in it.
    """

    key: str
    tables: list[TableHash]
    section: dict[str, Any]
    python: str
    files: dict[str, str]

    def write(self, path: Path) -> None:
        """Write the record, whole or not at all."""
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        os.replace(draft, path)  # noqa: PTH105  as rename, but on every system

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Read a record; None if there is none or it is of another form."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


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


def package_versions() -> dict[str, str]:
    """Versions of the packages that can change a result, by name."""
    return dict(_installed_versions())


def hash_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Hash every file in a folder.

    Args:
        folder: The folder, which may be missing.

    Yields:
        The path within the folder, and the SHA-256.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), sha256(path.read_bytes())


def is_whole(folder: Path, record: TopicRecord) -> bool:
    """Whether a topic's folder has the files of its record and no others."""
    return dict(hash_files(folder)) == record.files


def _hash_folder(folder: Path) -> str:
    return sha256(json.dumps(dict(hash_files(folder))).encode())


def _installed_versions() -> Iterator[tuple[str, str]]:
    for package in RECORDED_PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:  # the workbook may be run from its folder alone
            continue


RecordsByTopic = Mapping[str, TopicRecord]
