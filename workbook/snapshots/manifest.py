"""A snapshot's seal: ``manifest.json`` says what was run, by what, and the hash of every file."""

import json
import platform
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from workbook.exports.record import held
from workbook.resources import PACKAGE
from workbook.snapshots.request import Request
from workbook.tables import sha256

NAME = "manifest.json"
COMPLETE = "complete"
PACKAGES = (
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
"""Packages on which a figure, a table or a chart depends."""


def manifest(folder: Path, asked: Request, started: datetime) -> str:
    """Text of the manifest for the files that lie in ``folder``."""
    content = {
        "snapshot": f"{asked.quarter}/{asked.target.name}",
        "quarter": asked.quarter,
        "result": COMPLETE,
        "started": stamp(started),
        "finished": stamp(datetime.now(UTC)),
        **code(),
        "versions": {"python": platform.python_version(), **dict(_versions())},
        "parameters": {run.topic.name: run.scenario.values() for run in asked.runs},
        "tables": {
            run.topic.name: held(run.topic, run.scenario, run.reading) for run in asked.runs
        },
        "files": list(_files(folder)),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the second: ``2014-07-24T09:30:00Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def code() -> dict[str, str | bool | None]:
    """The ``commit`` that the code is of, and whether it was ``modified`` since.

    Both are None where the code does not lie in a checkout of its own.
    """
    commit = _git("rev-parse", "HEAD")
    changes = _git("status", "--porcelain", "--untracked-files=no") if commit else None
    return {"commit": commit, "modified": None if changes is None else bool(changes)}


def _git(*words: str) -> str | None:
    git, checkout = shutil.which("git"), PACKAGE.parent
    if git is None or not (checkout / ".git").exists():
        return None
    command = [git, "-C", str(checkout), *words]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return None if answer.returncode else answer.stdout.strip()


def _versions() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:  # the workbook itself, run from its folder
            continue


def _files(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            yield {"file": name, "sha256": sha256(content), "size": len(content)}
