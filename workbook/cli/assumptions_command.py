"""The command that prints or writes the assumptions register."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import JsonOption, app
from workbook.cli.errors import user_errors


@app.command("assumptions")
def list_assumptions(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]")] = "",
    *,
    target: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help="Write to a new file: CSV, XLSX or ODS."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the assumptions of a topic, or of all, with their sources, owners and risks."""
    from workbook.analysis.assumptions_register import build_register
    from workbook.cli import arguments, assumptions_output, output

    with user_errors():
        topics = arguments.select_topics([topic] if topic else [])
        if target:
            assumptions_output.check_target(target, len(topics))
    registers = {selected.name: build_register(selected) for selected in topics}
    if target:
        assumptions_output.write_registers(registers, topics, target)
        typer.echo(f"Written: {target}")
    elif json:
        output.print_json(assumptions_output.describe_registers(registers))
    else:
        assumptions_output.print_registers(registers, topics)
