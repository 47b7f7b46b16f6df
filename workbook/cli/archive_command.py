"""The command that writes an archive's pages and feeds."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path

import typer

from workbook.cli.application import DEFAULT_STORE, StoreOption, app
from workbook.cli.errors import user_errors


@app.command("archive")
def write_archive(
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the archive's pages: its quarters, each topic over all quarters, and feeds.

    They lie in the archive's own folder and need no server. Sealed snapshots are not touched.
    """
    from workbook.cli import output
    from workbook.cli.remote_site import write_remote_site
    from workbook.snapshots.department_editions import list_edition_archives
    from workbook.snapshots.remote_store import RemoteStore, is_store_address
    from workbook.snapshots.site.archive_site import write_archive_site
    from workbook.topics.registry import TOPIC_ERRORS, TOPICS

    output.print_errors(TOPIC_ERRORS)
    with user_errors():
        if is_store_address(store):
            for edition in list_edition_archives(store, RemoteStore(store).list_files()):
                write_remote_site(edition.store, TOPICS)
            first_page = write_remote_site(store, TOPICS)
        else:
            for edition in list_edition_archives(store):
                write_archive_site(Path(edition.store), TOPICS)
            first_page = str(write_archive_site(Path(store), TOPICS))
    typer.echo(f"Written: {first_page}, with pages of topics and feeds beside it")
