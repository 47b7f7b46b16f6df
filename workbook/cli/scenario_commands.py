"""Commands on named scenarios: list, show, save, rename, delete, restore, history."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.application import JsonOption, ScenarioOption, SettingOptions, scenario_app
from workbook.cli.errors import user_errors

TopicArgument = Annotated[str, typer.Argument(metavar="TOPIC")]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the scenario.")]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="Folder of scenarios. WORKBOOK_SCENARIOS, or the bundled one."
    ),
]
AuthorOption = Annotated[
    str, typer.Option(metavar="NAME", help="Who does it. Git's user name, or the login name.")
]


@scenario_app.command("list")
def list_scenarios(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]")] = "",
    *,
    folder: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """List the named scenarios of a topic, or of all."""
    from workbook.cli import arguments, output, scenario_output

    with user_errors():
        topics = arguments.select_topics([topic] if topic else [])
    descriptions = []
    for selected_topic in topics:
        scenarios = selected_topic.named_scenarios(folder)
        output.print_errors(scenarios.errors)
        descriptions += [
            scenario_output.describe_scenario(selected_topic.name, scenarios.open(name))
            for name in scenarios
        ]
    if json:
        output.print_json(descriptions)
    else:
        scenario_output.print_scenario_list(descriptions)


@scenario_app.command("show")
def show_scenario(
    topic: TopicArgument,
    name: NameArgument,
    *,
    version: Annotated[
        int | None, typer.Option(metavar="N", help="An earlier version. The present one if none.")
    ] = None,
    folder: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show a scenario: who saved it, when and why, and what differs from the default."""
    from workbook.cli import arguments, output, scenario_output

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        scenarios = selected_topic.named_scenarios(folder).folder_of(name)
        number = version or scenarios.versions(name)[-1].number
        opened = scenarios.open(name, version)
    if json:
        description = scenario_output.describe_scenario(selected_topic.name, opened)
        output.print_json({**description, "version": number})
    else:
        scenario_output.print_scenario(opened, number)


@scenario_app.command("save")
def save_scenario(  # noqa: PLR0913  each option of the command is an argument
    topic: TopicArgument,
    name: NameArgument,
    *,
    settings: SettingOptions = None,
    scenario: ScenarioOption = "",
    author: AuthorOption = "",
    why: Annotated[
        str, typer.Option(metavar="RATIONALE", help="Why the parameters were chosen.")
    ] = "",
    publish: Annotated[
        bool | None,
        typer.Option(
            "--publish/--no-publish", help="Offer it on every page. As it was if not given."
        ),
    ] = None,
    folder: FolderOption = None,
) -> None:
    """Save a scenario under a name.

    Without --scenario, a scenario of this name is changed, and a new one begins with the defaults.
    """
    from workbook.cli import arguments
    from workbook.scenario import DEFAULT_SCENARIO_NAME

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        store = selected_topic.scenario_store(folder)
        is_known = name in selected_topic.named_scenarios(folder)
        present = name if is_known else DEFAULT_SCENARIO_NAME
        base = arguments.find_scenario(selected_topic, scenario or present, folder)
        changed = arguments.apply_settings(base, arguments.parse_settings(settings or []))
        saved = store.save(name, changed, author=author, rationale=why, published=publish)
    file = store.find_file(saved.file.name).path
    typer.echo(f"{saved.file.name} is saved as version {saved.number}: {file}")


@scenario_app.command("rename")
def rename_scenario(
    topic: TopicArgument,
    name: NameArgument,
    new_name: Annotated[str, typer.Argument(metavar="NEW_NAME")],
    *,
    author: AuthorOption = "",
    folder: FolderOption = None,
) -> None:
    """Give a scenario another name. Its history stays with it."""
    from workbook.cli import arguments

    with user_errors():
        store = arguments.get_topic(topic).scenario_store(folder)
        renamed = store.rename(name, new_name, author=author)
    typer.echo(f"{name} is now called {renamed.file.name}.")


@scenario_app.command("delete")
def delete_scenario(
    topic: TopicArgument,
    name: NameArgument,
    *,
    author: AuthorOption = "",
    why: Annotated[str, typer.Option(metavar="REASON", help="Why it is deleted.")] = "",
    folder: FolderOption = None,
) -> None:
    """Delete a scenario. "restore" brings it back."""
    from workbook.cli import arguments

    with user_errors():
        store = arguments.get_topic(topic).scenario_store(folder)
        deleted = store.delete(name, author=author, why=why)
    typer.echo(f'{deleted.file.name} is deleted. "workbook scenario restore" brings it back.')


@scenario_app.command("restore")
def restore_scenario(
    topic: TopicArgument,
    name: NameArgument,
    *,
    author: AuthorOption = "",
    folder: FolderOption = None,
) -> None:
    """Bring a deleted scenario back, with its history."""
    from workbook.cli import arguments

    with user_errors():
        store = arguments.get_topic(topic).scenario_store(folder)
        restored = store.restore(name, author=author)
    typer.echo(f"{restored.file.name} is restored as version {restored.number}.")


@scenario_app.command("history")
def show_history(
    topic: TopicArgument,
    name: NameArgument,
    *,
    folder: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Show who changed a scenario, when, why, and which parameters."""
    from workbook.cli import arguments, output, scenario_output

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        entries = selected_topic.named_scenarios(folder).folder_of(name).history(name)
    if json:
        output.print_json(scenario_output.describe_history(entries))
    else:
        scenario_output.print_history(entries, selected_topic.Scenario.parameters())
