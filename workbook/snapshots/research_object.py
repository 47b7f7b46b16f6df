"""Describe a snapshot as an RO-Crate, and for search engines as a dataset of schema.org."""

import json
import mimetypes
from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from rocrate.model.contextentity import ContextEntity
from rocrate.model.person import Person
from rocrate.rocrate import ROCrate

from workbook.snapshots.jobs import SnapshotJob
from workbook.snapshots.manifest import MANIFEST_NAME, format_timestamp
from workbook.snapshots.provenance import Provenance
from workbook.snapshots.topic_record import hash_files, package_versions

CRATE_NAME: Final = "ro-crate-metadata.json"
_VERSION: Final = "1.1"
_LICENCE: Final = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "Open Government Licence v3.0",
)
_MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".csv-metadata.json": "application/csvm+json",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".svg": "image/svg+xml",
    ".parquet": "application/vnd.apache.parquet",
}


def build_crate(
    folder: Path, job: SnapshotJob, provenance: Provenance, started: datetime, finished: datetime
) -> str:
    """Build the text of ``ro-crate-metadata.json``.

    Args:
        folder: The snapshot's folder, with every file but this one and the manifest.
        job: What was made.
        provenance: Where it comes from.
        started: When the run began.
        finished: When it ended.

    Returns:
        JSON-LD that lists every file, and the run as an action. Sizes and hashes are in the
        manifest alone, because the published revision of a snapshot changes pages and documents.
    """
    crate = ROCrate(version=_VERSION)
    crate.name, crate.description = snapshot_title(job), describe_snapshot(job)
    crate.datePublished = format_timestamp(finished)
    crate.license = crate.add(
        ContextEntity(crate, _LICENCE[0], properties={"@type": "CreativeWork", "name": _LICENCE[1]})
    )
    files = {
        path: crate.add_file(dest_path=quote(path), properties=_describe_file(path))
        for path, _ in hash_files(folder)
    }
    manifest = {
        "name": "Manifest with the hash of every file",
        "encodingFormat": _MEDIA_TYPES[".json"],
    }
    crate.add_file(dest_path=MANIFEST_NAME, properties=manifest)
    instrument = crate.add(
        ContextEntity(
            crate,
            "#workbook",
            properties={
                "@type": "SoftwareApplication",
                "name": "Policy Workbook",
                "softwareVersion": package_versions().get("policy-workbook", provenance.commit),
                "version": provenance.commit,
            },
        )
    )
    agent = crate.add(Person(crate, "#user", properties={"name": provenance.user}))
    crate.add_action(
        instrument,
        identifier="#run",
        object=_one_or_several(files, "inputs/*"),
        result=_one_or_several(files, "*/notebook.ipynb"),
        properties={
            "@type": "CreateAction",
            "name": f"Run of {job.name}",
            "agent": {"@id": agent.id},
            "startTime": format_timestamp(started),
            "endTime": format_timestamp(finished),
        },
    )
    crate.root_dataset["mentions"] = {"@id": "#run"}
    content = crate.metadata.generate()
    return json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def build_dataset(job: SnapshotJob, finished: datetime) -> Mapping[str, Any]:
    """Describe a snapshot as a dataset of schema.org, for its page.

    Args:
        job: What was made.
        finished: When it was.

    Returns:
        JSON-LD.
    """
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": snapshot_title(job),
        "description": describe_snapshot(job),
        "license": _LICENCE[0],
        "dateModified": format_timestamp(finished),
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{run.topic.title}: {title}",
                "contentUrl": f"{run.topic.name}/{name}",
                "encodingFormat": _MEDIA_TYPES[Path(name).suffix],
            }
            for run in job.runs
            for name, title in (("indicators.csv", "indicators"), ("tables.ods", "tables"))
        ],
    }


def snapshot_title(job: SnapshotJob) -> str:
    """Title of a snapshot."""
    title = f"Policy Workbook: {'trial' if job.trial else 'snapshot'} of {job.quarter}"
    return f"{title}, {job.edition}" if job.edition else title


def describe_snapshot(job: SnapshotJob) -> str:
    """Describe a snapshot in a sentence or two."""
    questions = " ".join(run.topic.question for run in job.runs)
    return f"Results based on figures for periods up to the end of {job.quarter}. {questions}"


def _one_or_several(files: Mapping[str, Any], pattern: str) -> Any:  # noqa: ANN401  the library's
    """Files whose path has a pattern: one as itself, as the specification wants it."""
    matches = [entity for path, entity in files.items() if fnmatch(path, pattern)]
    return matches[0] if len(matches) == 1 else matches


def _describe_file(path: str) -> dict[str, str]:
    suffix = ".csv-metadata.json" if path.endswith(".csv-metadata.json") else Path(path).suffix
    media_type = _MEDIA_TYPES.get(suffix) or mimetypes.guess_type(path)[0]
    return {
        "name": path,
        "encodingFormat": media_type or "application/octet-stream",
    }
