"""Sealed snapshots that a remote store did not take, kept until they are uploaded."""

import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

from jupyter_core.paths import jupyter_data_dir

from workbook.snapshots.archive import describe_system_error


def keep_for_upload(name: str, archive: Path, store: str) -> str:
    """Move a sealed snapshot out of a temporary archive, to where it stays.

    Args:
        name: Name of the snapshot, such as ``2014-Q2/r1``.
        archive: The temporary folder of the archive.
        store: Address of the remote store, without a password.

    Returns:
        Where it is kept and the command that uploads it, in a sentence each; or why it is lost.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    kept = upload_folder() / moment / name
    try:
        kept.parent.mkdir(parents=True)
        shutil.move(archive / name, kept)
    except OSError as error:
        return f"The snapshot could not be kept in {kept}: {describe_system_error(error)}"
    command = shlex.join(["workbook", "upload", str(kept), "--store", store])
    return f"The sealed snapshot is kept in {kept}. To upload it: {command}"


def upload_folder() -> Path:
    """Folder of the snapshots to upload, in Jupyter's data folder of this user."""
    return Path(jupyter_data_dir()) / "policy-workbook" / "to-upload"
