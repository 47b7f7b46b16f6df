"""The command that compares two snapshots, or this release with an earlier one."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.application import DEFAULT_STORE, JsonOption, StoreOption, app
from workbook.cli.errors import user_errors

if TYPE_CHECKING:
    from workbook.snapshots.stored_snapshot import StoredSnapshot

_BOTH = 2


@app.command("compare")
def compare_versions(
    snapshots: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SNAPSHOT SNAPSHOT",
            help="Two of: a quarter (its latest revision), QUARTER/rN, QUARTER/DEPARTMENT, or a"
            " snapshot's folder.",
        ),
    ] = None,
    *,
    store: StoreOption = DEFAULT_STORE,
    target: Annotated[
        Path | None,
        typer.Option("-o", metavar="FOLDER", help="Write the page to a new folder."),
    ] = None,
    release: Annotated[
        str,
        typer.Option(
            metavar="OLD",
            help="Compare the models with those of a folder, a Python, a git tag or a commit.",
        ),
    ] = "",
    json: JsonOption = False,
) -> None:
    """Compare two snapshots: what changed, and whether by periods, data, assumptions or code.

    The page is written into the archive's folder comparisons. With --json nothing is written,
    unless -o names a folder.
    """
    if release:
        _compare_release(release, snapshots or [], target, json=json)
    else:
        _compare_snapshots(snapshots or [], store, target, json=json)


def _compare_snapshots(names: list[str], store: str, target: Path | None, *, json: bool) -> None:
    from workbook.cli import comparison_output, output
    from workbook.cli.archive_store import read_store, update_site
    from workbook.snapshots.comparison_folder import (
        check_comparison_folder,
        comparison_folder,
        write_comparison,
    )
    from workbook.snapshots.department_editions import find_common_address
    from workbook.snapshots.snapshot_comparison import compare_snapshots, describe_order
    from workbook.topics.registry import TOPIC_ERRORS, TOPICS

    output.print_errors(TOPIC_ERRORS)
    if len(names) != _BOTH:
        with user_errors():
            msg = "Give two snapshots to compare, such as 2014-Q2 2014-Q3, or --release OLD"
            raise ValueError(msg)
    with user_errors():
        store, names = find_common_address(names, store)
    with user_errors(), read_store(store, names) as archive:
        earlier, later = _open_both(names, archive.folder)
        folder = target or (None if json else comparison_folder(archive.folder, earlier, later))
        if folder:
            check_comparison_folder(folder)
        comparison = compare_snapshots(earlier, later, TOPICS)
        if json:
            output.print_errors(describe_order(earlier, later))
            output.print_json(comparison.as_dict())
        else:
            comparison_output.print_snapshot_comparison(comparison)
        if folder:
            write_comparison(folder, comparison, archive.temporary_folder)
            place = archive.keep_folder(folder)
            if not target:
                update_site(archive)
            if not json:
                typer.echo(f"Written: {place}/index.html, and changes.json beside it")


def _open_both(names: list[str], store: Path) -> "tuple[StoredSnapshot, StoredSnapshot]":
    """Open two different snapshots whose files are as they were sealed."""
    from workbook.snapshots.seal import verify_snapshot
    from workbook.snapshots.stored_snapshot import open_snapshot

    earlier, later = (open_snapshot(name, store) for name in names)
    if earlier.folder.resolve() == later.folder.resolve():
        msg = f"Both are {earlier.name}: give two different snapshots"
        raise ValueError(msg)
    for snapshot in (earlier, later):
        if "seal" not in snapshot.manifest:
            msg = (
                f"{snapshot.name} was made by an earlier version of the workbook, which did not"
                " keep the tables: the causes of a change cannot be found. Make it again in another"
                " store, with workbook snapshot"
            )
            raise ValueError(msg)
        mismatches = verify_snapshot(snapshot.name, snapshot.folder).mismatches
        if mismatches:
            first = mismatches[0]
            msg = (
                f"{snapshot.name} is not as it was sealed: {first.file} {first.problem}. Use"
                f" workbook verify {snapshot.name} to see every mismatch"
            )
            raise ValueError(msg)
    if earlier.name == later.name:  # of two archives
        return replace(earlier, name=str(earlier.folder)), replace(later, name=str(later.folder))
    return earlier, later


def _compare_release(text: str, names: list[str], target: Path | None, *, json: bool) -> None:
    from workbook.cli import comparison_output, output
    from workbook.cli.release_environment import open_release
    from workbook.cli.release_runs import compare_with_release
    from workbook.topics.registry import TOPICS

    with user_errors():
        if names or target:
            msg = "--release compares models and not snapshots: give no snapshot and no -o with it"
            raise ValueError(msg)
        with open_release(text) as release:
            comparison = compare_with_release(release, TOPICS)
    if json:
        output.print_json(comparison.as_dict())
    else:
        comparison_output.print_release_comparison(comparison)
