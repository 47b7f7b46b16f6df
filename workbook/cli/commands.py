"""Commands, with their options and help texts."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import (
    AcceptOption,
    FileArgument,
    HeadingOptions,
    JsonOption,
    NewOptions,
    SameOptions,
    ScenarioOption,
    SettingOptions,
    app,
)
from workbook.cli.errors import user_errors


@app.command("list")
def list_topics(*, json: JsonOption = False) -> None:
    """List the topics with their parameters and indicators."""
    from workbook.cli import output
    from workbook.interface.topic_descriptions import describe_topic
    from workbook.topics.registry import TOPIC_ERRORS, TOPICS

    descriptions = [describe_topic(topic) for topic in TOPICS.values()]
    output.print_errors(TOPIC_ERRORS)
    if json:
        output.print_json(descriptions)
        return
    for description in descriptions:
        output.print_topic(description)


@app.command("run")
def run_topic(
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    *,
    settings: SettingOptions = None,
    scenario: ScenarioOption = "",
    json: JsonOption = False,
) -> None:
    """Run a topic's model on a scenario, without a notebook."""
    from workbook.cli import arguments, output
    from workbook.exports.run_record import build_run_record
    from workbook.topics.registry import TOPIC_ERRORS

    output.print_errors(TOPIC_ERRORS)
    with user_errors():
        selected_topic = arguments.get_topic(topic)
        selected_scenario = arguments.build_scenario(
            selected_topic, arguments.parse_settings(settings or []), scenario
        )
        tables = selected_topic.load_tables(selected_scenario)
    outcome = arguments.compute_outcome(selected_topic, tables, selected_scenario)
    if json:
        output.print_json(build_run_record(selected_topic, outcome))
    else:
        output.print_outcome(outcome)


@app.command("check")
def check_file(
    file: FileArgument,
    *,
    table: Annotated[str, typer.Option(metavar="TABLE", help="Table to check it against.")],
    headings: HeadingOptions = None,
    accept_readings: AcceptOption = False,
    json: JsonOption = False,
) -> None:
    """Check a file as a table: list every error and warning with its row and column."""
    from workbook.cli import arguments, data, output, own_tables
    from workbook.importers.read_file import read_table_file

    with user_errors():
        table_schema = arguments.get_table(table)
        content = data.file_content(file)
        corrections = own_tables.collect_corrections(
            table_schema, headings or [], None, accept_readings=accept_readings
        )
    report = read_table_file(table_schema, content, file.name, corrections)
    if json:
        output.print_json(report.as_dict())
    else:
        output.print_report(report)
        output.print_lines(output.describe_corrections(report))
    data.raise_for_errors(report, file)


@app.command("import")
def import_file(  # noqa: PLR0913  each option of the command is an argument
    file: FileArgument,
    *,
    table: Annotated[str, typer.Option("--as", metavar="TABLE", help="Table to read it as.")],
    target: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="Write to a new file, CSV or Parquet.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Merge into the table in this folder, or begin one."),
    ] = None,
    headings: HeadingOptions = None,
    accept_readings: AcceptOption = False,
    same: SameOptions = None,
    new: NewOptions = None,
    revise: Annotated[
        str, typer.Option(metavar="REASON", help="Why published figures change.")
    ] = "",
) -> None:
    """Convert a file to a workbook table, or merge it into a folder's table."""
    from workbook.cli import arguments, data, output, own_tables
    from workbook.importers.read_file import read_table_file

    with user_errors():
        table_schema = arguments.get_table(table)
        if (target is None) == (into is None):
            msg = "Give either -o FILE or --into FOLDER"
            raise ValueError(msg)
        content = data.file_content(file)
        corrections = own_tables.collect_corrections(
            table_schema,
            headings or [],
            into,
            accept_readings=accept_readings,
            same=same or [],
            new=new or [],
        )
    is_partial = into is not None and not own_tables.begins_table(table_schema, into)
    report = read_table_file(table_schema, content, file.name, corrections, is_partial=is_partial)
    output.print_report(report)
    output.print_lines(output.describe_corrections(report))
    data.raise_for_errors(report, file)
    with user_errors():
        if target:
            typer.echo(data.write_imported_table(table_schema, report, file, content, target))
        elif into and is_partial:
            changes = data.compare_with_folder(table_schema, report, file, content, into)
            output.print_lines(changes.describe_lines())
            own_tables.require_names(table_schema, changes, corrections)
            data.merge_into_folder(table_schema, changes, file, into, revise, corrections)
        elif into:
            typer.echo(
                own_tables.begin_table(table_schema, report, file, content, into, corrections)
            )


@app.command("new-topic")
def create_topic(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The topic's name, such as broadband_vouchers.")
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="An empty or new folder for an installable package."
        ),
    ] = None,
) -> None:
    """Write a small working topic to start from, in the project or as a package."""
    from workbook.cli import output
    from workbook.cli.new_topic import write_bundled_topic, write_package
    from workbook.snapshots.signals import interrupt_on_signals

    with user_errors(), interrupt_on_signals():
        paths = write_package(name, folder) if folder else write_bundled_topic(name)
    output.print_lines(f"Written: {path}" for path in paths)
    if folder:
        next_step = f"pip install --no-deps --no-build-isolation --editable {folder}"
    else:
        output.print_lines(["Updated: data/datapackage.json, tests/golden/quarterly_report"])
        next_step = f"workbook run {name}"
    output.print_lines([f"Next: {next_step}"])


@app.command("lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def open_lab(context: typer.Context) -> None:
    """Open JupyterLab on the notebooks. Other options are passed to JupyterLab."""
    from workbook.cli.lab import prepare_notebooks_folder
    from workbook.scenario.store.locations import make_team_folder_absolute

    make_team_folder_absolute()
    root_option = f"--ServerApp.root_dir={prepare_notebooks_folder()}"
    command = [sys.executable, "-m", "jupyterlab", root_option, *context.args]
    if os.name == "nt":  # on Windows a replaced process would lose its terminal
        raise typer.Exit(subprocess.call(command))  # noqa: S603
    os.execv(sys.executable, command)  # noqa: S606
