"""Commands on the quality assurance log: record a check, and list the checks."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from datetime import datetime
from typing import Annotated

import typer

from workbook.cli.application import JsonOption, assurance_app
from workbook.cli.errors import user_errors
from workbook.cli.scenario_commands import FolderOption, TopicArgument


@assurance_app.command("record")
def record_assurance(  # noqa: PLR0913  each option of the command is an argument
    topic: TopicArgument,
    *,
    analyst: Annotated[str, typer.Option(metavar="NAME", help="Who did the work.")],
    assurer: Annotated[str, typer.Option(metavar="NAME", help="Who checked it: another person.")],
    checked: Annotated[str, typer.Option(metavar="TEXT", help="What was checked, and how.")],
    finding: Annotated[str, typer.Option(metavar="TEXT", help="What was found.")] = "",
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the check. Today if none."),
    ] = None,
    folder: FolderOption = None,
) -> None:
    """Record a check of a topic in its quality assurance log."""
    from workbook.analysis.quality_assurance import AssuranceCheck, record_check
    from workbook.cli import arguments

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        date = (day or datetime.now().astimezone()).date()
        check = AssuranceCheck(analyst, assurer, checked, date, finding)
        path = record_check(selected_topic, check, folder)
    typer.echo(f"Recorded: {path}")


@assurance_app.command("list")
def list_assurance(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]")] = "",
    *,
    folder: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """List the checks of a topic, or of all."""
    from rich.console import Console

    from workbook.analysis.quality_assurance import quality_assurance_log
    from workbook.charts.figure import frame_records
    from workbook.cli import arguments, output

    with user_errors():
        topics = arguments.select_topics([topic] if topic else [])
    logs = [(selected, quality_assurance_log(selected, folder)) for selected in topics]
    if json:
        rows = [
            {"topic": selected.name, **row}
            for selected, log in logs
            for row in frame_records(log.frame)
        ]
        output.print_json(rows)
        return
    console = Console()
    for selected, log in logs:
        console.print(f"\n{selected.title}", style="bold", markup=False)
        labels = {name: column.label for name, column in log.columns.items()}
        output.print_text_frame(console, log.frame.rename(columns=labels))
        if log.frame.empty:
            console.print(f"{log.title}: {log.empty_text}", markup=False)
