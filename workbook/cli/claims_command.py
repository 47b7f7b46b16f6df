"""The command that recomputes published figures, and checks the figures of a draft."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import DEFAULT_STORE, JsonOption, StoreOption, app
from workbook.cli.errors import user_errors


@app.command("claims")
def check_claims(  # noqa: PLR0913  each option of the command is an argument
    draft: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Draft: DOCX, ODT, HTML or text.")
    ] = None,
    *,
    snapshot: Annotated[
        str,
        typer.Option(
            metavar="SNAPSHOT",
            help="Take indicators and tables from this snapshot. By default, from today's models.",
        ),
    ] = "",
    store: StoreOption = DEFAULT_STORE,
    confirmed: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV file with the figures that a person confirmed."),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help="New CSV file in which to confirm figures."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Recompute the figures of published reports. With FILE, check the figures of a draft.

    Each number of the draft is matched, different or unsupported, with the figure that it may
    state. These are proposals: a person confirms them.
    """
    if draft is None:
        with user_errors():
            _refuse_options({"--snapshot": snapshot, "--confirmed": confirmed, "-o": target})
        _check_reports(json=json)
        return
    from workbook.cli import data, draft_output, output
    from workbook.cli.archive_store import read_store
    from workbook.cli.draft_check import check_draft, open_draft

    with user_errors():
        if target:
            data.check_new_path(target, (".csv",))
        # Without a snapshot nothing of the archive is read.
        with read_store(store if snapshot else DEFAULT_STORE, [snapshot]) as archive:
            opened = open_draft(draft, snapshot, archive.folder, confirmed)
    checked, missing = check_draft(opened)
    output.print_errors(draft_output.describe_missing(missing))
    if target:
        data.write_content(draft_output.to_csv(checked), target)
    if json:
        output.print_json([entry.as_dict() for entry in checked])
    else:
        draft_output.print_draft(draft.name, checked)


def _refuse_options(options: dict[str, str | Path | None]) -> None:
    """Raise ValueError if an option is given that only a draft needs."""
    for name, value in options.items():
        if value:
            raise ValueError(f"{name} is for a draft: name the draft's FILE")


def _check_reports(*, json: bool) -> None:
    from workbook.cli import output
    from workbook.cli.claims import check_registered_reports

    with user_errors():
        checked_reports = check_registered_reports()
    if json:
        output.print_json(
            [verdict.as_dict() for checked in checked_reports for verdict in checked.verdicts]
        )
        return
    for checked in checked_reports:
        output.print_verdicts(checked.report.title, checked.verdicts)
        output.print_lines(output.format_table_fault(*issue) for issue in checked.table_issues)
