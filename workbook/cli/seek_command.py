"""The command that seeks a goal."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from typing import Annotated

import typer

from workbook.cli.application import JsonOption, ScenarioOption, SettingOptions, app
from workbook.cli.errors import user_errors


@app.command("seek")
def seek_goal(  # noqa: PLR0913  each option of the command is an argument
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    *,
    indicator: Annotated[str, typer.Option(metavar="NAME", help="Indicator with a target.")],
    reach: Annotated[
        str, typer.Option(metavar="VALUE", help="Target, in the indicator's unit; 30% is 0.3.")
    ],
    by: Annotated[str, typer.Option(metavar="PARAMETER", help="Parameter that may change.")],
    probability: Annotated[
        str | None,
        typer.Option(metavar="P", help="Share of simulations that must reach it, such as 0.8."),
    ] = None,
    settings: SettingOptions = None,
    scenario: ScenarioOption = "",
    json: JsonOption = False,
) -> None:
    """Seek a goal: the value of a parameter at which an indicator reaches a target."""
    from workbook.analysis.goal_seek import seek
    from workbook.cli import arguments, output
    from workbook.interface.topic_answers import parse_number
    from workbook.topics.registry import TOPIC_ERRORS

    output.print_errors(TOPIC_ERRORS)
    with user_errors():
        selected_topic = arguments.get_topic(topic)
        selected_scenario = arguments.build_scenario(
            selected_topic, arguments.parse_settings(settings or []), scenario
        )
        result = seek(
            selected_topic,
            selected_scenario,
            indicator=indicator,
            reach=parse_number("--reach", reach),
            by=by,
            probability=None if probability is None else parse_number("--probability", probability),
        )
    if json:
        output.print_json(result.as_dict())
    else:
        output.print_lines(result.sentences)
