"""The commands of a schedule: its definitions, and the run that it starts."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import DEFAULT_STORE, StoreOption, app
from workbook.cli.errors import user_errors

_COMMAND_HELP = "Run this if a run fails, with the message as its standard input."
_URL_HELP = "Post the message to this web hook if a run fails."
_ADDRESS_HELP = "Send the message there by apprise, such as mailto://… May be repeated."

AlertCommandOption = Annotated[str, typer.Option(metavar="COMMAND", help=_COMMAND_HELP)]


class Interval(StrEnum):
    """How often a schedule runs."""

    QUARTER = "quarter"


class ScheduleFormat(StrEnum):
    """What a schedule is written for."""

    SYSTEMD = "systemd"
    CRON = "cron"
    GITHUB = "github"


@app.command("schedule")
def write_schedule(  # noqa: PLR0913  each option of the command is an argument
    *,
    every: Annotated[Interval, typer.Option(help="How often.")] = Interval.QUARTER,
    formats: Annotated[
        list[ScheduleFormat] | None,
        typer.Option("--format", help="What to write. May be repeated. All by default."),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("-o", metavar="FOLDER", help="Write the files there in place of printing."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    alert_command: AlertCommandOption = "",
    alert_url: Annotated[str, typer.Option(metavar="URL", help=_URL_HELP)] = "",
    alert_to: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help=_ADDRESS_HELP)
    ] = None,
) -> None:
    """Write a systemd timer, a cron line and a GitHub workflow for the quarterly snapshot."""
    import getpass
    import sys

    from workbook.cli.alerts import Alerts
    from workbook.cli.new_files import NewFiles
    from workbook.cli.output import print_lines
    from workbook.cli.schedule_files import SCHEDULE_FILES, Schedule
    from workbook.cli.schedule_files import write_schedule as write_texts
    from workbook.snapshots.remote_store import is_store_address

    del every  # there is one interval so far
    chosen_formats = list(formats or SCHEDULE_FILES)
    with user_errors():
        alerts = Alerts(alert_command, alert_url, tuple(alert_to or ()))
        program = Path(sys.executable).with_name("workbook")
        archive = store if is_store_address(store) else str(Path(store).absolute())
        _check_passwords(archive, alert_command, chosen_formats)
        schedule = Schedule(program, archive, getpass.getuser(), alerts)
        texts = write_texts(schedule, chosen_formats)
        if folder:
            with NewFiles() as files:
                files.write_all((folder / name, text) for name, text in texts.items())
    if folder:
        print_lines(f"Written: {folder / name}" for name in texts)
    else:
        print_lines(f"# {name}\n{text}" for name, text in texts.items())


def _check_passwords(store: str, alert_command: str, formats: Collection[str]) -> None:
    """Raise ValueError where a workflow, which is public, would have a password."""
    from workbook.text.passwords import mask_passwords

    if "github" not in formats:
        return
    options = {
        "--store": (store, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        "--alert-command": (alert_command, "WORKBOOK_ALERT_URL"),
    }
    for option, (text, variables) in options.items():
        if text != mask_passwords(text):
            msg = (
                f"{option} {mask_passwords(text)} has a password, which the GitHub workflow would"
                f" publish. Leave it out, and put {variables} into the secrets of the repository."
                " With --format systemd, use the EnvironmentFile of the service"
            )
            raise ValueError(msg)


@app.command("scheduled-snapshot")
def make_scheduled_snapshot(
    *,
    store: StoreOption = DEFAULT_STORE,
    alert_command: AlertCommandOption = "",
    alert_url: Annotated[
        str, typer.Option(metavar="URL", envvar="WORKBOOK_ALERT_URL", help=_URL_HELP)
    ] = "",
    alert_to: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", envvar="WORKBOOK_ALERT_TO", help=_ADDRESS_HELP),
    ] = None,
) -> None:
    """Make the snapshot of the quarter that has just ended, and send an alert if it fails."""
    from datetime import date

    from workbook.cli.alerts import Alerts
    from workbook.cli.scheduled_run import run_scheduled_snapshot

    with user_errors():
        alerts = Alerts(alert_command, alert_url, tuple(alert_to or ()))
    today = date.today()  # noqa: DTZ011  the operator's own day
    raise typer.Exit(run_scheduled_snapshot(today, store, alerts))
