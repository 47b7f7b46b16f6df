"""The command that copies a sealed snapshot from a folder into a remote store."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import app
from workbook.cli.errors import user_errors


@app.command("upload")
def upload_snapshot(
    snapshot: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A sealed snapshot: snapshots/2014-Q2/r1.")
    ],
    *,
    store: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The archive, such as s3://bucket/snapshots.")
    ],
) -> None:
    """Copy a sealed snapshot from a folder into a remote store, which does not have it yet."""
    from workbook.snapshots.department_editions import edition_store
    from workbook.snapshots.remote_store import RemoteStore

    with user_errors():
        name, archive, department = _locate_sealed(snapshot)
        remote = RemoteStore(edition_store(store, department) if department else store)
        remote.check_writable()
    remote.upload_snapshot(name, archive)
    typer.echo(f"Uploaded: {remote.label}/{name}")


def _locate_sealed(folder: Path) -> tuple[str, Path, str]:
    """Name of a snapshot that is as it was sealed, the folder of its archive, and its department.

    Raises:
        ValueError: It is no snapshot, has changed, or lies in a folder of another name.
    """
    from workbook.snapshots.seal import verify_snapshot
    from workbook.snapshots.stored_snapshot import open_snapshot

    opened = open_snapshot(str(folder), folder)
    place = folder.resolve()
    if not place.as_posix().endswith(f"/{opened.name}"):
        raise ValueError(f"{folder} is the snapshot {opened.name}: its path must end with that")
    if mismatches := verify_snapshot(opened.name, folder).mismatches:
        first = mismatches[0]
        raise ValueError(f"{folder} is not as it was sealed: {first.file} {first.problem}")
    department = str(opened.manifest.get("department") or "")
    return opened.name, place.parents[opened.name.count("/")], department
