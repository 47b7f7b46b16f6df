"""Named scenarios of one topic in a folder, as a reader sees them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic

from workbook.scenario.migration import AnyScenario, OpenedScenario, migrate
from workbook.scenario.scenario_file import ScenarioFile
from workbook.scenario.scenario_names import SCENARIO_FILE_SUFFIX, name_key
from workbook.scenario.store.folder_listing import FolderListing, StoredFile, list_folder
from workbook.scenario.store.history import HistoryEntry, history_entries
from workbook.scenario.store.version import (
    CHANGED_ELSEWHERE,
    Version,
    modified_time,
    read_version,
    version_paths,
)
from workbook.text.quoting import quote_value

HISTORY_FOLDER: Final = ".history"


@dataclass(frozen=True)
class ScenarioFolder(Generic[AnyScenario]):
    """The named scenarios of one topic in a folder, and their histories.

    A scenario is ``FOLDER/TOPIC/NAME.toml``. Its versions are kept beside, as
    ``FOLDER/TOPIC/.history/NAME/0001.toml``. So the folder can be a git repository and needs none.
    Names that differ only in case, spaces or Unicode forms are the same name.

    Args:
        root: The folder. A topic's scenarios are in a folder of its name inside it.
        topic: Name of the topic.
        scenario_class: The class of the topic's scenarios.
    """

    root: Path
    topic: str
    scenario_class: type[AnyScenario]

    @property
    def folder(self) -> Path:
        """Folder of the topic's scenarios, where a link to it leads."""
        return Path(os.path.realpath(self.root / self.topic))

    def __contains__(self, name: str) -> bool:
        try:
            return bool(self.find_file(name))
        except ValueError:
            return False

    def list_files(self) -> FolderListing:
        """List the scenarios of the folder.

        Returns:
            The scenarios, and why other files are none. Both are empty for a missing folder.
        """
        return list_folder(self.folder, self.topic)

    def find_file(self, name: str) -> StoredFile:
        """Find a scenario's file.

        Args:
            name: Name of the scenario, or of its file without extension.

        Returns:
            The file.

        Raises:
            ValueError: There is no such scenario, or its file is none.
        """
        return self.list_files().find(name)

    def open(self, name: str, version: int | None = None) -> OpenedScenario[AnyScenario]:
        """Open a scenario.

        Args:
            name: Name of the scenario. With a version, it may have been deleted.
            version: Number of an earlier version, None for the present one.

        Returns:
            The scenario, with what has happened to its parameters since it was saved.

        Raises:
            ValueError: There is no such scenario or version, or a value is invalid.
        """
        if version is None:
            stored = self.find_file(name)
            content, label = stored.content, str(stored.path)
        else:
            content, label = self._find_version(name, version).file, f"Version {version} of {name}"
        return self.open_content(content, label)

    def open_content(self, content: ScenarioFile, label: str) -> OpenedScenario[AnyScenario]:
        """Make the scenario of a file's content.

        Args:
            content: The content.
            label: What an error calls the file.

        Returns:
            The scenario.

        Raises:
            ScenarioError: A value is invalid.
        """
        migrated = migrate(content, self.scenario_class, self.topic, label)
        return OpenedScenario(*migrated, file=content)

    def history(self, name: str) -> tuple[HistoryEntry, ...]:
        """Who changed a scenario, when, why, and which parameters.

        Args:
            name: Name of the scenario. It may have been deleted.

        Returns:
            An entry for each version, the oldest first.

        Raises:
            ValueError: There is no such scenario, or a version's file is damaged.
        """
        return history_entries(self.versions(name), self.scenario_class.parameters())

    def versions(self, name: str) -> tuple[Version, ...]:
        """Versions of a scenario.

        Args:
            name: Name of the scenario. It may have been deleted.

        Returns:
            The versions, the oldest first. The last is the present file, also where something else
            than this store has written it.

        Raises:
            ValueError: There is no such scenario, or a version's file is damaged.
        """
        if stem := self.find_deleted(name):
            return self._saved_versions(stem)
        stored = self.find_file(name)
        saved = self._saved_versions(stored.path.stem)
        if saved and saved[-1].file == stored.content:
            return saved
        return (*saved, self.unsaved_version(stored, saved[-1].number + 1 if saved else 1))

    def find_deleted(self, name: str) -> str:
        """Find the history of a deleted scenario.

        Args:
            name: Name of the scenario.

        Returns:
            Name of the history's folder; empty if no such scenario was deleted, or there is one.
        """
        listing = self.list_files()
        if name_key(name) in listing.files:
            return ""
        deleted = [
            (last.time, stem)
            for stem, last in self._last_versions().items()
            if name_key(last.file.name) == name_key(name)
            and not os.path.lexists(self.file_path(stem))
        ]
        return max(deleted, default=(None, ""))[1]

    @property
    def deleted_names(self) -> tuple[str, ...]:
        """Names of the scenarios that can be restored."""
        names = {
            name_key(last.file.name): last.file.name for last in self._last_versions().values()
        }
        return tuple(name for name in names.values() if self.find_deleted(name))

    @staticmethod
    def unsaved_version(stored: StoredFile, number: int) -> Version:
        """A version for a file that something else than this store has written.

        Args:
            stored: The file.
            number: Number of the version.

        Returns:
            The version, with the author and the reason in the file.
        """
        author, why = stored.content.author, stored.content.rationale
        time = modified_time(stored.path)
        return Version(number, CHANGED_ELSEWHERE, author, time, why, stored.content)

    def last_version(self, stem: str) -> Version | None:
        """The newest version in a history; None if there is none or its file is damaged."""
        for path in version_paths(self.history_folder(stem))[-1:]:
            try:
                return read_version(path, self.topic, self.folder)
            except ValueError:
                break
        return None

    def file_path(self, stem: str) -> Path:
        """Path of the file with a name."""
        return self.folder / f"{stem}{SCENARIO_FILE_SUFFIX}"

    def history_folder(self, stem: str = "") -> Path:
        """Folder of the histories, or of the history of one file."""
        return self.folder / HISTORY_FOLDER / stem

    def version_path(self, stem: str, version: Version) -> Path:
        """Path of the file of a version."""
        return self.history_folder(stem) / version.file_name

    def _last_versions(self) -> dict[str, Version]:
        stems = [path.name for path in sorted(self.history_folder().glob("*")) if path.is_dir()]
        last_versions = {stem: self.last_version(stem) for stem in stems}
        return {stem: version for stem, version in last_versions.items() if version}

    def _saved_versions(self, stem: str) -> tuple[Version, ...]:
        paths = version_paths(self.history_folder(stem))
        return tuple(read_version(path, self.topic, self.folder) for path in paths)

    def _find_version(self, name: str, number: int) -> Version:
        versions = self.versions(name)
        for version in versions:
            if version.number == number:
                return version
        raise ValueError(
            f"{quote_value(name)} has no version {number}. It has the versions"
            f" {versions[0].number} to {versions[-1].number}"
        )
