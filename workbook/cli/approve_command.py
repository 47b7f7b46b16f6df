"""The command that signs a snapshot off."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.application import DEFAULT_STORE, StoreOption, app
from workbook.cli.errors import user_errors

if TYPE_CHECKING:
    from workbook.snapshots.stored_snapshot import StoredSnapshot


@app.command("approve")
def sign_snapshot(
    snapshot: Annotated[
        str,
        typer.Argument(
            metavar="SNAPSHOT", help="Such as 2014-Q2 (its latest revision) or 2014-Q2/home-office."
        ),
    ],
    *,
    role: Annotated[
        str, typer.Option("--as", metavar="ROLE", help="analyst, assurer or publisher.")
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help="Name of the person who signs.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="What the person adds.")] = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Sign a snapshot: first the analyst, then the assurer, who must be somebody else.

    The publisher signs last. That adds a revision whose pages, documents and spreadsheets say who
    signed, and no longer that they are a draft.
    """
    from datetime import UTC, datetime

    from workbook.cli.archive_store import open_store_for_signing, update_site
    from workbook.snapshots.archive import hold_quarter
    from workbook.snapshots.department_editions import find_address
    from workbook.snapshots.published_revision import publish_revision
    from workbook.snapshots.sign_off import current_status, prepare_sign_off, record_sign_off
    from workbook.snapshots.stored_snapshot import open_snapshot

    with user_errors():
        store, snapshot, _ = find_address(snapshot, store)
    quarter = snapshot.partition("/")[0]
    with user_errors(), open_store_for_signing(store, quarter) as archive:
        opened = open_snapshot(snapshot, archive.folder)
        with hold_quarter(archive.folder, opened.quarter) as unfinished:
            _check_place(opened, archive.folder)
            sign_offs = prepare_sign_off(opened, role, name, note, datetime.now(UTC))
            status, signature = current_status(sign_offs), list(sign_offs.values())[-1]
            published = None
            if status == "published":
                published = publish_revision(opened, archive.folder, unfinished, sign_offs)
                signature = published.sign_off
            record_sign_off(opened, signature)
            if published and published.is_new:
                archive.publish_revision(published.name)
            archive.publish_sign_off(opened.name, signature.role)
        update_site(archive)
    typer.echo(f"{signature.name} has signed {opened.name} as {role}.")
    typer.echo(
        f"The published revision is {published.name}. {opened.name} stays a draft."
        if published
        else f"Its status is now: {status}."
    )


def _check_place(opened: "StoredSnapshot", store: Path) -> None:
    """Raise ValueError unless a snapshot is the latest revision of its quarter in the archive."""
    from workbook.snapshots.published_revision import find_published_revision
    from workbook.snapshots.stored_snapshot import locate_snapshot

    if opened.folder.resolve() != (store / opened.name).resolve():
        msg = f"{opened.folder} is not in {store}. Name its archive with --store"
        raise ValueError(msg)
    latest, _ = locate_snapshot(opened.quarter, store)
    if latest not in {opened.name, find_published_revision(opened, store)}:
        msg = f"{opened.name} is not the latest revision of {opened.quarter}: sign {latest}"
        raise ValueError(msg)
