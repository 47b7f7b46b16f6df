"""Record of a topic's finished work, from which a later try takes it over."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Self

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


def _installed_versions() -> Iterator[tuple[str, str]]:
    for package in RECORDED_PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:  # the workbook may be run from its folder alone
            continue


RecordsByTopic = Mapping[str, TopicRecord]
