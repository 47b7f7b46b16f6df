"""The command that runs many scenarios and writes them to a file."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import ClusterOption, SettingOptions, app
from workbook.cli.errors import user_errors


@app.command("sweep")
def sweep_topic(  # noqa: PLR0913  each option of the command is an argument
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    *,
    over: Annotated[
        list[str],
        typer.Option(
            metavar="NAME=VALUES",
            help=(
                "Vary a parameter: LOW:HIGH:COUNT for evenly spaced values, values separated by"
                " semicolons, or all. May be repeated."
            ),
        ),
    ],
    target: Annotated[
        Path, typer.Option("-o", metavar="FILE", help="Write to a new file, CSV or Parquet.")
    ],
    settings: SettingOptions = None,
    without_simulations: Annotated[
        bool,
        typer.Option(
            "--without-simulations",
            help="Leave out the indicators that need simulations. This is much faster.",
        ),
    ] = False,
    cluster: ClusterOption = "",
) -> None:
    """Run a topic's model on every combination of some parameters' values.

    A sweep that was interrupted continues when the same command is run again.
    """
    from workbook.analysis.sweep_chunks import prepare_sweep
    from workbook.analysis.sweep_parts import SweepParts
    from workbook.cli import arguments, data
    from workbook.cli.sweep_run import run_parts
    from workbook.cli.sweep_values import parse_sweep
    from workbook.text.grammar import format_count

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        fixed = arguments.parse_settings(settings or [])
        scenario = arguments.build_scenario(selected_topic, fixed, "")
        values = parse_sweep(selected_topic, over, [name for name, _ in fixed], scenario)
        data.check_new_file(target)
        request, tables = prepare_sweep(
            selected_topic, scenario, values, with_simulations=not without_simulations
        )
    parts = SweepParts(target, request.key)
    run_parts((request, tables), parts, cluster)
    rejected = parts.write_file(request.chunk_count)
    note = f", {format_count(rejected, 'scenario')} rejected" if rejected else ""
    typer.echo(f"Written: {target} ({format_count(request.scenario_count, 'row')}{note})")
