"""The command that runs many scenarios and writes them to a file."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import SettingOptions, app
from workbook.cli.errors import user_errors


@app.command("sweep")
def sweep_topic(
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    *,
    over: Annotated[
        list[str],
        typer.Option(
            metavar="NAME=LOW:HIGH:COUNT", help="Vary a parameter in even steps. May be repeated."
        ),
    ],
    target: Annotated[
        Path, typer.Option("-o", metavar="FILE", help="Write to a new file, CSV or Parquet.")
    ],
    settings: SettingOptions = None,
) -> None:
    """Run a topic's model on every combination of some parameters' values."""
    from workbook.analysis.sweep import sweep
    from workbook.cli import arguments, data
    from workbook.cli.sweep_values import parse_sweep
    from workbook.text.grammar import format_count

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        fixed = arguments.parse_settings(settings or [])
        scenario = arguments.build_scenario(selected_topic, fixed, "")
        values = parse_sweep(selected_topic, over, [name for name, _ in fixed])
        data.check_new_file(target)
        frame = sweep(selected_topic, values, scenario)
    data.write_frame(frame, target)
    rejected = int((frame["error"] != "").sum())
    note = f", {format_count(rejected, 'scenario')} rejected" if rejected else ""
    typer.echo(f"Written: {target} ({format_count(len(frame), 'row')}{note})")
