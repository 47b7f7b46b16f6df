"""The published revision of a snapshot: a revision that says who signed it.

Nothing is calculated again. Files that say no status are the same, byte for byte.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from workbook.snapshots.archive import publish_folder
from workbook.snapshots.inputs import INPUTS_FOLDER
from workbook.snapshots.jobs import UPLOADS_FOLDER
from workbook.snapshots.manifest import DRAFT_KEY, MANIFEST_NAME, seal_manifest
from workbook.snapshots.sign_off import Role, SignOff
from workbook.snapshots.status_text import describe_sign_offs, replace_status
from workbook.snapshots.stored_snapshot import StoredSnapshot, list_snapshots, open_snapshot

_REVISION_FOLDER: Final = "published"


@dataclass(frozen=True)
class PublishedRevision:
    """The published revision of a snapshot.

    Args:
        name: Its name, such as ``2014-Q2/r2``.
        sign_off: The publisher's sign-off, as the revision states it.
        is_new: Whether this run has written it. Otherwise one that was cut off has.
    """

    name: str
    sign_off: SignOff
    is_new: bool


def write_published_revision(
    snapshot: StoredSnapshot, store: Path, unfinished: Path, sign_offs: Mapping[Role, SignOff]
) -> str:
    """Write the published revision as the quarter's next revision, in one step.

    Args:
        snapshot: The draft, which stays as it is.
        store: Folder of the archive that holds it.
        unfinished: The quarter's unfinished folder, from ``hold_quarter``. What a run that was cut
            off has left there is removed.
        sign_offs: The sign-off of every role.

    Returns:
        Name of the new revision.

    Raises:
        FileExistsError: Another run has published this revision meanwhile.
        OSError: The store cannot be written. Nothing is published.
    """
    latest = [name for name in list_snapshots(store) if name.startswith(f"{snapshot.quarter}/")][-1]
    name = f"{snapshot.quarter}/r{int(latest.rpartition('/r')[2]) + 1}"
    folder = unfinished / _REVISION_FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    try:
        shutil.copytree(snapshot.folder, folder)
        _replace_statuses(folder, describe_sign_offs(sign_offs))
        manifest = seal_manifest(folder, _published_manifest(snapshot, name, sign_offs))
        (folder / MANIFEST_NAME).write_text(manifest, encoding="utf-8", newline="")
        publish_folder(folder, store / name, store)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return name


def publish_revision(
    snapshot: StoredSnapshot, store: Path, unfinished: Path, sign_offs: Mapping[Role, SignOff]
) -> PublishedRevision:
    """Write the published revision, unless a run that was cut off has written it.

    Args:
        snapshot: The draft.
        store: Folder of the archive that holds it.
        unfinished: As for ``write_published_revision``.
        sign_offs: The sign-off of every role.

    Returns:
        The published revision.

    Raises:
        ValueError: The published revision names another publisher.
        OSError: As for ``write_published_revision``.
    """
    publisher = sign_offs["publisher"]
    name = find_published_revision(snapshot, store)
    if not name:
        name = write_published_revision(snapshot, store, unfinished, sign_offs)
        return PublishedRevision(name, publisher, is_new=True)
    recorded = SignOff(**open_snapshot(name, store).manifest["sign_offs"][-1])
    if recorded.name != publisher.name:
        msg = (
            f"{recorded.name} signed {name} on {recorded.day}, but the run was cut off."
            f" {recorded.name} must run the command again"
        )
        raise ValueError(msg)
    return PublishedRevision(name, recorded, is_new=False)


def _replace_statuses(folder: Path, status: str) -> None:
    """Replace the status in every file but the inputs, and remove the manifest of the draft."""
    (folder / MANIFEST_NAME).unlink()
    for path in sorted(folder.rglob("*")):
        is_input = {INPUTS_FOLDER, UPLOADS_FOLDER} & {*path.relative_to(folder).parts}
        if path.is_file() and not is_input:
            content = path.read_bytes()
            published = replace_status(path, content, status)
            if published != content:
                path.write_bytes(published)


def find_published_revision(snapshot: StoredSnapshot, store: Path) -> str:
    """Name of the published revision of a snapshot; empty if there is none."""
    for name in list_snapshots(store):
        if name.startswith(f"{snapshot.quarter}/"):
            with suppress(ValueError):  # a damaged neighbour is not published
                if open_snapshot(name, store).manifest.get(DRAFT_KEY) == snapshot.name:
                    return name
    return ""


def _published_manifest(
    snapshot: StoredSnapshot, name: str, sign_offs: Mapping[Role, SignOff]
) -> dict[str, object]:
    """The draft's manifest with the revision's name, its status and its sign-offs."""
    recorded = {
        field: value for field, value in snapshot.manifest.items() if field not in {"files", "seal"}
    }
    return {
        **recorded,
        "snapshot": name,
        "status": "published",
        DRAFT_KEY: snapshot.name,
        "revisions": [
            *snapshot.manifest.get("revisions", ()),
            {
                "snapshot": name,
                "made": sign_offs["publisher"].signed,
                "reason": f"published revision of {snapshot.name}",
            },
        ],
        "sign_offs": [asdict(signed) for signed in sign_offs.values()],
    }
