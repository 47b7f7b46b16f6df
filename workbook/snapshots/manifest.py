"""The manifest that seals a snapshot: what was run, with which versions, and every file's hash."""

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook.snapshots.inputs import TableHashes
from workbook.snapshots.jobs import SnapshotJob
from workbook.snapshots.provenance import Provenance, find_provenance
from workbook.snapshots.topic_record import package_versions
from workbook.tables import sha256

MANIFEST_NAME = "manifest.json"

DRAFT_KEY = "edition_of"
"""Key that a published revision's manifest has for the name of its draft."""

_COMPLETE = "complete"


def build_manifest(  # noqa: PLR0913  all that a manifest records
    folder: Path,
    job: SnapshotJob,
    table_hashes: TableHashes,
    started: datetime,
    *,
    python: str = platform.python_version(),
    provenance: Provenance | None = None,
    revisions: Sequence[Mapping[str, str]] = (),
    compared_with: Mapping[str, str] | None = None,
) -> str:
    """Build the text of the manifest for the files in ``folder``.

    Args:
        folder: The snapshot's folder, with every other file.
        job: What was made.
        table_hashes: The tables that the topics read.
        started: When the run began.
        python: Version of the interpreter that ran the notebooks.
        provenance: Where the snapshot comes from; by default what runs now.
        revisions: The quarter's revisions up to this one.
        compared_with: Name of the snapshot of the quarter before that a report is compared with,
            and the SHA-256 of its manifest; None for none.

    Returns:
        JSON, as ``seal_manifest`` writes it.
    """
    content = {
        "snapshot": job.name,
        "quarter": job.quarter,
        **({"department": job.department} if job.department else {}),
        "result": _COMPLETE,
        "started": format_timestamp(started),
        "finished": format_timestamp(datetime.now(UTC)),
        **(provenance or find_provenance()).as_dict(),
        "revisions": [dict(revision) for revision in revisions],
        "compared_with": dict(compared_with) if compared_with else None,
        "versions": {"python": python, **package_versions()},
        "parameters": {run.topic.name: run.scenario.values() for run in job.runs},
        "tables": dict(table_hashes),
        "overdue": {
            "reason": job.overdue_reason,
            "inputs": {
                run.topic.name: list(run.overdue_inputs) for run in job.runs if run.overdue_inputs
            },
        },
    }
    return seal_manifest(folder, content)


def seal_manifest(folder: Path, content: Mapping[str, Any]) -> str:
    """Write a manifest with the hash of every file in ``folder``, and seal it.

    Args:
        folder: The snapshot's folder, with every other file.
        content: What the manifest records besides.

    Returns:
        JSON. Its last entry, ``seal``, is the SHA-256 of the text with that entry empty.
    """
    sealed = {**content, "files": list(_hash_files(folder)), "seal": ""}
    text = json.dumps(sealed, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    before, quotes, after = text.rpartition('""')
    return before + quotes[0] + sha256(text.encode()) + quotes[1] + after


def format_timestamp(moment: datetime) -> str:
    """A moment in UTC, to the second: ``2014-07-24T09:30:00Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _hash_files(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            yield {"file": name, "sha256": sha256(content), "size": len(content)}
