"""The command that recomputes published figures, and checks the figures of a draft."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import JsonOption, app
from workbook.cli.errors import user_errors


@app.command("claims")
def check_claims(
    draft: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Draft: DOCX, ODT, HTML or text.")
    ] = None,
    *,
    confirmed: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV file with the figures that a person confirmed."),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help="New CSV file of the draft's numbers."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Recompute the figures of published reports. With FILE, check the figures of a draft.

    Each number of the draft is matched, different or unsupported, with the figure that it may
    state. These are proposals: a person confirms them.
    """
    if draft is None:
        _check_reports(json=json)
    else:
        _check_draft(draft, confirmed, target, json=json)


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


def _check_draft(draft: Path, confirmed: Path | None, target: Path | None, *, json: bool) -> None:
    from workbook.claims.draft.check import check_numbers
    from workbook.claims.draft.confirmation import apply_confirmations
    from workbook.claims.draft.matching import FigureIndex
    from workbook.cli import data, draft_output, output
    from workbook.cli.draft_document import find_draft_numbers, read_confirmed_figures
    from workbook.cli.draft_sources import collect_figures

    with user_errors():
        if target:
            data.check_new_path(target, (".csv",))
        numbers = find_draft_numbers(draft)
        index = FigureIndex(collect_figures())
        confirmations = read_confirmed_figures(confirmed, index) if confirmed else {}
    checked = check_numbers(numbers, index)
    checked, missing = apply_confirmations(checked, confirmations, index)
    output.print_errors(draft_output.describe_missing(missing))
    if target:
        data.write_content(draft_output.to_csv(checked), target)
    if json:
        output.print_json([entry.as_dict() for entry in checked])
    else:
        draft_output.print_draft(draft.name, checked)
