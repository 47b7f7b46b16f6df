"""The named scenarios of a topic, from several folders, as a mapping."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic

from workbook.scenario.migration import AnyScenario, OpenedScenario
from workbook.scenario.scenario_names import name_key
from workbook.scenario.store.scenario_folder import ScenarioFolder
from workbook.scenario.validation import ScenarioError
from workbook.scenario.value_text import value_to_text
from workbook.text.grammar import format_count
from workbook.text.suggestions import unknown_name_message


class UnknownScenarioError(KeyError, ValueError):
    """There is no scenario of this name, or its file is none; says which names there are."""

    def __str__(self) -> str:
        return str(self.args[0])


class NamedScenarios(Mapping[str, AnyScenario], Generic[AnyScenario]):
    """The named scenarios of a topic by name.

    A name is found whatever its case and spaces. Of two scenarios of one name, that of the later
    folder counts. A file that is no scenario is left out and has a sentence in ``errors``.

    Args:
        topic: Name of the topic.
        folders: The folders, the team's after the bundled one.
    """

    def __init__(self, topic: str, folders: Iterable[ScenarioFolder[AnyScenario]]) -> None:
        self._topic = topic
        self._opened: dict[str, OpenedScenario[AnyScenario]] = {}
        self._folders = tuple(folders)
        self._errors: dict[str, str] = {}
        self._keys_by_stem: dict[str, str] = {}
        for folder in self._folders:
            self._read(folder)

    def __getitem__(self, name: str) -> AnyScenario:
        return self.open(name).scenario

    def __iter__(self) -> Iterator[str]:
        return (opened.file.name for opened in self._opened.values())

    def __len__(self) -> int:
        return len(self._opened)

    def __repr__(self) -> str:
        lines = [
            f"{opened.file.name}: {_describe_values(opened.scenario)}"
            for opened in self._opened.values()
        ]
        heading = f"{format_count(len(self), 'scenario')} of {self._topic}"
        return "\n".join([heading, *lines, *self.errors])

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    @property
    def errors(self) -> tuple[str, ...]:
        """Why files in the folders are no scenarios."""
        return tuple(self._errors.values())

    @property
    def published(self) -> dict[str, AnyScenario]:
        """The scenarios that every page offers beside the default, by name."""
        return {
            opened.file.name: opened.scenario
            for opened in self._opened.values()
            if opened.file.published and opened.scenario.non_default_values()
        }

    def open(self, name: str) -> OpenedScenario[AnyScenario]:
        """Open a scenario with its author, its rationale and what has changed since it was saved.

        Args:
            name: Name of the scenario, or of its file without extension.

        Returns:
            The scenario.

        Raises:
            UnknownScenarioError: There is no such scenario. The message suggests a name.
        """
        key = name_key(name)
        key = key if key in self._opened else self._keys_by_stem.get(name, key)
        if key in self._opened:
            return self._opened[key]
        raise self._unknown_error(name)

    def folder_of(self, name: str) -> ScenarioFolder[AnyScenario]:
        """Find the folder that has a scenario, or else the one that had it until it was deleted.

        Args:
            name: Name of the scenario.

        Returns:
            The folder.

        Raises:
            UnknownScenarioError: There is no such scenario. The message suggests a name.
        """
        folders = self._folders[::-1]
        having = [folder for folder in folders if name in folder]
        having = having or [folder for folder in folders if folder.find_deleted(name)]
        if not having:
            raise self._unknown_error(name)
        return having[0]

    def _unknown_error(self, name: str) -> UnknownScenarioError:
        message = self._errors.get(name) or unknown_name_message("scenario", name, list(self))
        return UnknownScenarioError(message)

    def _read(self, folder: ScenarioFolder[AnyScenario]) -> None:
        listing = folder.list_files()
        self._errors |= listing.errors
        for key, stored in listing.files.items():
            try:
                opened = folder.open_content(stored.content, str(stored.path))
            except ScenarioError as error:
                self._errors[stored.path.stem] = str(error)
                continue
            self._opened[key] = opened
            self._keys_by_stem[stored.path.stem] = key


def _describe_values(scenario: AnyScenario) -> str:
    """What differs from the default, as a command would set it."""
    values = scenario.non_default_values()
    settings = [f"{name}={value_to_text(value)}" for name, value in values.items()]
    return ", ".join(settings) or "the default"
