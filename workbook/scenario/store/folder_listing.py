"""What a folder of scenarios holds."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.scenario.migration import read_topic_file
from workbook.scenario.scenario_file import ScenarioFile
from workbook.scenario.scenario_names import SCENARIO_FILE_SUFFIX, file_stem, name_key
from workbook.text.suggestions import unknown_name_message


@dataclass(frozen=True)
class StoredFile:
    """A scenario's file in a folder.

    Attributes:
        path: The file.
        content: Its content.
    """

    path: Path
    content: ScenarioFile


@dataclass(frozen=True)
class FolderListing:
    """What a folder of scenarios holds.

    Attributes:
        files: The scenarios' files by the key of their name.
        errors: Why a file is no scenario, by the file's name without its extension.
    """

    files: Mapping[str, StoredFile]
    errors: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios, in the order of their files."""
        return tuple(stored.content.name for stored in self.files.values())

    def find(self, name: str) -> StoredFile:
        """Find a scenario's file.

        Args:
            name: Name of the scenario, or of its file without extension.

        Returns:
            The file.

        Raises:
            ValueError: There is no such scenario, or its file is none.
        """
        if stored := self.files.get(name_key(name)):
            return stored
        for stored in self.files.values():
            if stored.path.stem == name:
                return stored
        for stem in (name, file_stem(name)):
            if stem in self.errors:
                raise ValueError(self.errors[stem])
        raise ValueError(unknown_name_message("scenario", name, self.names))


def list_folder(folder: Path, topic: str) -> FolderListing:
    """List the scenarios of a folder.

    Args:
        folder: The folder. It may be missing.
        topic: Name of the topic.

    Returns:
        The scenarios, and why other files are none.
    """
    files: dict[str, StoredFile] = {}
    errors: dict[str, str] = {}
    for path in sorted(folder.glob(f"[!.]*{SCENARIO_FILE_SUFFIX}")):
        try:
            stored = StoredFile(path, _read_named_file(path, topic, folder))
        except ValueError as error:
            if os.path.lexists(path):  # not deleted meanwhile
                errors[path.stem] = str(error)
            continue
        first = files.setdefault(name_key(stored.content.name), stored)
        if first != stored:
            errors[path.stem] = f"{path} has the same name as {first.path.name}: rename it"
    return FolderListing(files, errors)


def _read_named_file(path: Path, topic: str, folder: Path) -> ScenarioFile:
    content = read_topic_file(path, topic, folder)
    if not content.name:
        raise ValueError(f'{path} has no name that a scenario can have: add name = "..."')
    return content
