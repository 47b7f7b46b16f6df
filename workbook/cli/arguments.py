"""Parse and check the arguments of commands: topics, tables, settings and scenarios."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from workbook.cli.errors import InvalidRequestError
from workbook.cli.output import print_errors
from workbook.interface.topic_descriptions import find_topic
from workbook.outcome import Outcome
from workbook.scenario import (
    DEFAULT_SCENARIO_NAME,
    SCENARIO_FILE_SUFFIX,
    ParameterValue,
    Scenario,
    ScenarioError,
    open_scenario_file,
)
from workbook.tables import TableSchema
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Tables, Topic
from workbook.topics.registry import TABLE_SCHEMAS, TOPICS

Setting = tuple[str, str]


def get_topic(name: str) -> Topic:
    """Look up a topic. Raises ValueError with suggestions if the name is unknown."""
    return find_topic(name, TOPICS)


def get_table(name: str) -> TableSchema:
    """Look up a table. Raises ValueError with suggestions if the name is unknown."""
    return TABLE_SCHEMAS[check_name("table", name, TABLE_SCHEMAS)]


def select_topics(names: Sequence[str]) -> list[Topic]:
    """Look up topics, in the registry's order and without repetitions; all if there are no names.

    Args:
        names: Names of topics.

    Returns:
        The topics.

    Raises:
        ValueError: A name is unknown.
    """
    selected_names = {get_topic(name).name for name in names} or set(TOPICS)
    return [selected_topic for name, selected_topic in TOPICS.items() if name in selected_names]


def parse_settings(settings: Sequence[str]) -> list[Setting]:
    """Parse the values of ``--set``.

    Args:
        settings: Texts such as ``quarter=2014-Q2``.

    Returns:
        Names and values.

    Raises:
        ValueError: A text is not ``name=value``, or a name is repeated.
    """
    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not name or not equals:
            msg = f"--set {setting} is incomplete: write name=value, such as quarter=2014-Q2"
            raise ValueError(msg)
        if name in values:
            msg = f"--set {name} is repeated: give it once"
            raise ValueError(msg)
        values[name] = value
    return list(values.items())


def find_scenario(topic: Topic, text: str, folder: Path | None = None) -> Scenario:
    """Find the scenario that a command names, and print what has changed since it was saved.

    Args:
        topic: The topic.
        text: ``default``, the name of a scenario, or a file. A file has a path separator or ends in
            ``.toml``.
        folder: The team's folder of scenarios; by default that in ``WORKBOOK_SCENARIOS``, if any.

    Returns:
        The scenario.

    Raises:
        ScenarioError: A value in the file is invalid.
        ValueError: The name is unknown, or the file is missing, not a scenario file, or another
            topic's.
    """
    if text == DEFAULT_SCENARIO_NAME:
        return topic.Scenario()
    if "/" in text or os.sep in text or text.endswith(SCENARIO_FILE_SUFFIX):
        opened = open_scenario_file(text, topic.Scenario, topic.name)
    else:
        opened = topic.named_scenarios(folder).open(text)
    print_errors(f"{text}: {migration}" for migration in opened.migrations)
    return opened.scenario


def build_scenario(
    topic: Topic, settings: Sequence[Setting], base: str, **fixed: ParameterValue
) -> Scenario:
    """Build a scenario from another and settings.

    Args:
        topic: The topic.
        settings: Names and values that replace those of the other scenario.
        base: Name or file of the other scenario, as for ``find_scenario``; blank for the default.
        **fixed: Values that replace all others.

    Returns:
        The scenario.

    Raises:
        ScenarioError: A value is invalid.
        ValueError: There is no such scenario.
    """
    scenario = find_scenario(topic, base or DEFAULT_SCENARIO_NAME)
    return apply_settings(scenario, settings, **fixed)


def apply_settings(
    scenario: Scenario, settings: Sequence[Setting], **fixed: ParameterValue
) -> Scenario:
    """Change a scenario by settings.

    Args:
        scenario: The scenario.
        settings: Names and values of ``--set``.
        **fixed: Values that replace all others.

    Returns:
        The changed scenario.

    Raises:
        ScenarioError: A value is invalid.
    """
    parameters = scenario.parameters()
    values = {
        name: parameters[name].parse_text(text) if name in parameters else text
        for name, text in scenario.with_current_names(settings)
    }
    return scenario.replace(**{**values, **fixed})


def compute_outcome(topic: Topic, tables: Tables, scenario: Scenario) -> Outcome:
    """Run the topic's model. Raises InvalidRequestError if the tables have no data for it."""
    try:
        return topic.evaluate_model(tables, scenario)
    except ScenarioError as error:
        raise InvalidRequestError(str(error)) from error


def check_name(kind: str, name: str, names: Collection[str]) -> str:
    """Check that a name is known. Raises ValueError with suggestions if it is not."""
    if name in names:
        return name
    raise ValueError(unknown_name_message(kind, name, names))
