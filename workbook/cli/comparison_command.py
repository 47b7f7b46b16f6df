"""The command that compares scenarios."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from typing import Annotated

import typer

from workbook.cli.application import JsonOption, scenario_app
from workbook.cli.errors import user_errors


@scenario_app.command("compare")
def compare_topic_scenarios(
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO…",
            help="Two to four: default, a saved NAME or a FILE. One is compared with the default.",
        ),
    ],
    *,
    json: JsonOption = False,
) -> None:
    """Compare scenarios: what differs, what comes of it, and which parameter makes the difference.

    Each scenario is compared with the first.
    """
    from workbook.analysis.comparison import compare_scenarios
    from workbook.cli import arguments, output

    with user_errors():
        selected_topic = arguments.get_topic(topic)
        compared_scenarios = {
            name: arguments.find_scenario(selected_topic, text)
            for name, text in zip(_distinct_names(scenarios), scenarios, strict=True)
        }
        comparison = compare_scenarios(selected_topic, compared_scenarios)
    if json:
        output.print_json(comparison.as_dict())
    else:
        output.print_comparison(comparison, selected_topic.key_indicators)


def _distinct_names(texts: list[str]) -> list[str]:
    """Names of the scenarios: the texts, numbered where one is repeated."""
    names: list[str] = []
    for text in texts:
        repetitions = texts[: len(names)].count(text)
        names.append(f"{text} ({repetitions + 1})" if repetitions else text)
    return names
