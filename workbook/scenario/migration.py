"""Open scenario files of earlier releases: what was renamed, removed or given another default."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from workbook.scenario.former_names import current_names
from workbook.scenario.scenario_file import (
    ScenarioFile,
    parse_scenario_text,
    read_scenario_file,
)
from workbook.scenario.text_files import check_text_size
from workbook.scenario.validation import ParameterError, ScenarioError
from workbook.scenario.value_text import ParameterValue
from workbook.text.quoting import quote_value

if TYPE_CHECKING:
    from workbook.scenario.scenario import Scenario

MigrationKind = Literal["renamed", "removed", "default changed", "default not allowed"]
AnyScenario = TypeVar("AnyScenario", bound="Scenario")

RENAMED: Final = "renamed"
REMOVED: Final = "removed"
DEFAULT_CHANGED: Final = "default changed"
DEFAULT_NOT_ALLOWED: Final = "default not allowed"


@dataclass(frozen=True)
class ParameterMigration:
    """What has happened to one parameter since a scenario was saved.

    Attributes:
        parameter: Name of the parameter; of one that was removed, the name that it had.
        kind: What has happened.
        old: The former name of one that was renamed, the file's value of one that was removed, or
            the default when the scenario was saved.
        new: The present name or default, None for one that was removed.
        value: The scenario's value where the default has changed, else None.
    """

    parameter: str
    kind: MigrationKind
    old: ParameterValue
    new: ParameterValue | None
    value: ParameterValue | None = None

    def __str__(self) -> str:
        old, new = quote_value(self.old), quote_value(self.new)
        if self.kind == RENAMED:
            return f"{self.old} is called {self.new} now."
        if self.kind == REMOVED:
            return f"{self.parameter} no longer exists. Its value, {old}, was left out."
        was = "which is no longer allowed" if self.kind == DEFAULT_NOT_ALLOWED else ""
        return (
            f"The default of {self.parameter} is {new} now. It was {old} when the scenario was"
            f" saved{', ' + was if was else ''}. The scenario has {quote_value(self.value)}."
        )


@dataclass(frozen=True)
class OpenedScenario(Generic[AnyScenario]):
    """A scenario from a file.

    Attributes:
        scenario: The scenario.
        migrations: What has happened to its parameters since it was saved.
        file: Content of the file.
    """

    scenario: AnyScenario
    migrations: tuple[ParameterMigration, ...]
    file: ScenarioFile


def open_scenario_file(
    path: str | Path,
    scenario_class: type[AnyScenario],
    topic: str,
    folder: Path | None = None,
) -> OpenedScenario[AnyScenario]:
    """Open a scenario file of a topic.

    Args:
        path: The file.
        scenario_class: The class of the topic's scenarios.
        topic: Name of the topic.
        folder: Folder that a symbolic link may not leave, None where it may lead anywhere.

    Returns:
        The scenario, with what has changed since the file was written. A changed default stays as
        it was, and a parameter that no longer exists is left out.

    Raises:
        ValueError: The file is missing, not a scenario file, or another topic's; or a value is
            invalid. The message names the file.
    """
    scenario_file = read_topic_file(path, topic, folder)
    return OpenedScenario(
        *migrate(scenario_file, scenario_class, topic, str(path)), file=scenario_file
    )


def open_scenario_text(
    text: str, file_name: str, label: str, scenario_class: type[AnyScenario], topic: str
) -> OpenedScenario[AnyScenario]:
    """Open the text of a scenario file, as from a visitor of a page.

    Args:
        text: The text, of any length.
        file_name: Name of the file, for a scenario without a name of its own.
        label: What an error calls the file.
        scenario_class: The class of the topic's scenarios.
        topic: Name of the topic.

    Returns:
        What ``open_scenario_file`` returns.

    Raises:
        ValueError: It is too large, not a scenario file, or another topic's; or a value is invalid.
    """
    try:
        check_text_size(text)
    except ValueError as error:
        raise ValueError(f"{label} cannot be read as a scenario: {error}") from None
    scenario_file = parse_scenario_text(text, Path(file_name).stem, label)
    _check_topic(scenario_file, topic, label)
    return OpenedScenario(*migrate(scenario_file, scenario_class, topic, label), file=scenario_file)


def read_topic_file(path: str | Path, topic: str, folder: Path | None = None) -> ScenarioFile:
    """Read a scenario file, and check that it is the topic's or gives none.

    Args:
        path: The file.
        topic: Name of the topic.
        folder: Folder that a symbolic link may not leave, None where it may lead anywhere.

    Returns:
        Its content.

    Raises:
        ValueError: The file is missing, not a scenario file, or another topic's.
    """
    scenario_file = read_scenario_file(path, folder)
    _check_topic(scenario_file, topic, str(path))
    return scenario_file


def _check_topic(scenario_file: ScenarioFile, topic: str, path: str) -> None:
    if scenario_file.topic not in {"", topic}:
        raise ValueError(
            f"{path} is a scenario of the topic {quote_value(scenario_file.topic)}, not of {topic}"
        )


def migrate(
    scenario_file: ScenarioFile, scenario_class: type[AnyScenario], topic: str, path: str
) -> tuple[AnyScenario, tuple[ParameterMigration, ...]]:
    """Make a scenario with the values that a file's scenario had when it was saved.

    Args:
        scenario_file: Content of the file.
        scenario_class: The class of the scenario.
        topic: Name of the scenario's topic. A parameter that the class does not know is left out
            only if the file is this topic's and has its default. Any other is an error.
        path: Name of the file, for errors.

    Returns:
        The scenario, and what has happened to its parameters since.

    Raises:
        ScenarioError: A value is invalid, or a parameter is unknown or repeated.
    """
    parameters = scenario_class.parameters()
    names = current_names(parameters)
    is_same_topic = bool(topic) and scenario_file.topic == topic
    removed = [name for name in scenario_file.defaults if is_same_topic and name not in names]
    try:
        values = _rename_values(scenario_file.parameters, names, removed)
        changed_defaults = {
            name: old
            for name, old in _rename_values(scenario_file.defaults, names, removed).items()
            if name not in parameters or old != parameters[name].default
        }
        scenario, rejected = _make_scenario(scenario_class, values, changed_defaults)
    except ScenarioError as error:
        raise ScenarioError(
            replace(problem, message=f"{path}: {problem.message}") for problem in error.problems
        ) from None
    renamed = [name for name in scenario_file.parameters if names.get(name, name) != name]
    return scenario, (
        *(ParameterMigration(names[name], RENAMED, name, names[name]) for name in renamed),
        *(ParameterMigration(name, REMOVED, scenario_file.values[name], None) for name in removed),
        *(
            ParameterMigration(
                name,
                DEFAULT_NOT_ALLOWED if name in rejected else DEFAULT_CHANGED,
                old,
                parameters[name].default,
                scenario.values()[name],
            )
            for name, old in changed_defaults.items()
        ),
    )


def _rename_values(
    values: Mapping[str, ParameterValue], names: Mapping[str, str], removed: Collection[str]
) -> dict[str, ParameterValue]:
    """Values by the present names of their parameters, without those that were removed."""
    renamed: dict[str, ParameterValue] = {}
    for name, value in values.items():
        present_name = names.get(name, name)
        if present_name in renamed:
            message = f"{present_name} is repeated: give it once."
            raise ScenarioError([ParameterError(present_name, value, message)])
        if name not in removed:
            renamed[present_name] = value
    return renamed


def _make_scenario(
    scenario_class: type[AnyScenario],
    values: Mapping[str, ParameterValue],
    changed_defaults: Mapping[str, ParameterValue],
) -> tuple[AnyScenario, set[str]]:
    """Make the scenario, without the former defaults that are not allowed any more."""
    try:
        return scenario_class(**{**changed_defaults, **values}), set()
    except ScenarioError as error:
        known = scenario_class.parameters().keys()
        optional = (changed_defaults.keys() & known) - values.keys()
        rejected = optional & {problem.name for problem in error.problems}
        if not rejected:
            raise
    kept_defaults = {name: old for name, old in changed_defaults.items() if name not in rejected}
    return scenario_class(**{**kept_defaults, **values}), rejected
