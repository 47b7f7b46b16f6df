"""The command that writes an outcome to a file: a spreadsheet, a document, slides, charts."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import ScenarioOption, SettingOptions, app
from workbook.cli.errors import user_errors


@app.command("export")
def export_topic(  # noqa: PLR0913  each option of the command is an argument
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    *,
    target: Annotated[
        Path,
        typer.Option(
            "-o",
            metavar="FILE",
            help="New file: .xlsx, .ods, .docx, .pptx, .html, .zip (charts) or .toml (scenario).",
        ),
    ],
    settings: SettingOptions = None,
    scenario: ScenarioOption = "",
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Word document or presentation whose styles are used."),
    ] = None,
    link: Annotated[
        str, typer.Option(metavar="URL", help="Address of the scenario's page, for the record.")
    ] = "",
) -> None:
    """Write the outcome of a scenario to a file, in the form that its suffix names."""
    from workbook.cli import arguments, output
    from workbook.cli.data import check_new_path
    from workbook.exports.export_outcome import EXPORT_SUFFIXES, check_export, export_outcome
    from workbook.topics.registry import TOPIC_ERRORS

    output.print_errors(TOPIC_ERRORS)
    with user_errors():
        selected_topic = arguments.get_topic(topic)
        check_new_path(target, EXPORT_SUFFIXES)
        check_export(target, template)
        selected_scenario = arguments.build_scenario(
            selected_topic, arguments.parse_settings(settings or []), scenario
        )
        tables = selected_topic.load_tables(selected_scenario)
    outcome = arguments.compute_outcome(selected_topic, tables, selected_scenario)
    export_outcome(selected_topic, outcome, target, template, link=link)
    typer.echo(f"Written: {target}")
