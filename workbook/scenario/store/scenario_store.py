"""Named scenarios of one topic in a folder: save, rename, delete and restore them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook.scenario.migration import AnyScenario
from workbook.scenario.scenario_file import ScenarioFile, format_scenario_file
from workbook.scenario.scenario_names import check_scenario_name, file_stem, name_key
from workbook.scenario.store.author import default_author
from workbook.scenario.store.folder_listing import StoredFile
from workbook.scenario.store.lock import locked_folder
from workbook.scenario.store.scenario_folder import ScenarioFolder
from workbook.scenario.store.version import (
    DELETED,
    RENAMED,
    RESTORED,
    SAVED,
    NewerVersionError,
    Version,
    VersionEvent,
    version_paths,
)
from workbook.scenario.text_files import replace_files
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names


@dataclass(frozen=True)
class ScenarioStore(ScenarioFolder[AnyScenario]):
    """A folder of one topic's named scenarios that can be written.

    Every change is a new version. Processes that write at once take turns, so that each change has
    the one before as its predecessor. A change that fails leaves every file as it was.

    Args:
        root: The folder. A topic's scenarios are in a folder of its name inside it.
        topic: Name of the topic.
        scenario_class: The class of the topic's scenarios.
    """

    @property
    def is_writable(self) -> bool:
        """Whether the folder, or the nearest one around it that exists, can be written."""
        folders = (self.folder, *self.folder.parents)
        return os.access(next(folder for folder in folders if folder.exists()), os.W_OK)

    def save(  # noqa: PLR0913  what a version is made of
        self,
        name: str,
        scenario: AnyScenario,
        *,
        author: str = "",
        rationale: str = "",
        published: bool | None = None,
        follows: int | None = None,
    ) -> Version:
        """Save a scenario under a name.

        Args:
            name: The name. A scenario that has it keeps it as it is written, and is given a new
                version.
            scenario: The scenario.
            author: Who saves it. By default the name that git has, else the login name.
            rationale: Why the parameters were chosen. By default it stays as it was.
            published: Whether every page offers it. By default that stays as it was.
            follows: Number of the version that the new one follows, 0 where there should be none.
                By default it follows whichever there is.

        Returns:
            The new version, or the present one where nothing but its author would differ.

        Raises:
            NewerVersionError: The scenario has another version than the one to follow.
            ScenarioFolderError: The folder cannot be written.
            ValueError: The name is not allowed, or the file would be too large.
        """
        headers: dict[str, Any] = {
            "name": check_scenario_name(name),
            "topic": self.topic,
            "author": self._author(author),
            "date": datetime.now().astimezone().date(),
        }
        rationale = rationale.strip()
        draft = scenario.as_file(**headers, rationale=rationale)
        Version(1, SAVED, headers["author"], datetime.now(UTC), rationale, draft).to_toml()
        with self._lock():
            stored = self.list_files().files.get(name_key(name))
            if follows is not None:
                self._check_present(stored, follows)
            before = stored.content if stored else ScenarioFile()
            content = scenario.as_file(
                **(headers | ({"name": before.name} if stored else {})),
                rationale=rationale or before.rationale,
                published=before.published if published is None else published,
            )
            last = self.last_version(stored.path.stem) if stored else None
            unchanged = replace(content, author=before.author, date=before.date)
            if last and last.file == before == unchanged:
                return last
            stem = stored.path.stem if stored else self._free_stem(name, may_continue=True)
            path = stored.path if stored else self.file_path(stem)
            return self._add_version(stem, stored, path, SAVED, content, content.author, rationale)

    def rename(self, name: str, new_name: str, *, author: str = "") -> Version:
        """Give a scenario another name, with its history.

        Args:
            name: Its name.
            new_name: Its new name.
            author: Who renames it, as for ``save``.

        Returns:
            The new version.

        Raises:
            ScenarioFolderError: The folder cannot be written.
            ValueError: There is no such scenario, or the new name is taken or not allowed.
        """
        composed_name, author = check_scenario_name(new_name), self._author(author)
        self._check_rename(name, composed_name)
        with self._lock():
            stored = self._check_rename(name, composed_name)
            content = replace(stored.content, name=composed_name, topic=self.topic)
            old_stem = stored.path.stem
            is_same_file = file_stem(composed_name) == old_stem
            stem = old_stem if is_same_file else self._free_stem(composed_name)
            path = stored.path if is_same_file else self.file_path(stem)
            version = self._add_version(old_stem, stored, path, RENAMED, content, author)
            if not is_same_file:
                _remove_file(stored.path, self.version_path(old_stem, version), path)
                self.history_folder(old_stem).rename(self.history_folder(stem))
            return version

    def delete(self, name: str, *, author: str = "", why: str = "") -> Version:
        """Delete a scenario. Its history stays, and ``restore`` brings it back.

        Args:
            name: Its name.
            author: Who deletes it, as for ``save``.
            why: The reason.

        Returns:
            The version that records it.

        Raises:
            ScenarioFolderError: The folder cannot be written.
            ValueError: There is no such scenario.
        """
        author = self._author(author)
        self.find_file(name)
        with self._lock():
            stored = self.find_file(name)
            stem = stored.path.stem
            version = self._add_version(stem, stored, None, DELETED, stored.content, author, why)
            _remove_file(stored.path, self.version_path(stem, version))
            return version

    def restore(self, name: str, *, author: str = "") -> Version:
        """Bring a deleted scenario back as it was.

        Args:
            name: Its name.
            author: Who restores it, as for ``save``.

        Returns:
            The version that records it.

        Raises:
            ScenarioFolderError: The folder cannot be written.
            ValueError: No such scenario was deleted.
        """
        author = self._author(author)
        self._check_deleted(name)
        with self._lock():
            stem = self._check_deleted(name)
            content = self._saved_versions(stem)[-1].file
            path = self.file_path(stem)
            return self._add_version(stem, None, path, RESTORED, content, author)

    def _author(self, author: str) -> str:
        return author.strip() or default_author(self.root)

    def _check_present(self, stored: StoredFile | None, number: int) -> None:
        """Raise NewerVersionError unless this is the number of the present version."""
        present = self.versions(stored.content.name)[-1] if stored else None
        if (present.number if present else 0) != number:
            raise NewerVersionError(present)

    def _check_rename(self, name: str, new_name: str) -> StoredFile:
        stored = self.find_file(name)
        other = self.list_files().files.get(name_key(new_name), stored)
        if other.path != stored.path:
            raise ValueError(
                f"There is already a scenario {quote_value(other.content.name)}: choose another"
                " name, or delete it first"
            )
        return stored

    def _check_deleted(self, name: str) -> str:
        if stem := self.find_deleted(name):
            return stem
        reason = suggest_names(name, self.deleted_names)
        raise ValueError(f"No scenario {quote_value(name)} was deleted. {reason}")

    def _free_stem(self, name: str, *, may_continue: bool = False) -> str:
        """Name for a new file, or with ``may_continue`` of a deleted scenario of the same name."""
        if may_continue and (deleted := self.find_deleted(name)):
            return deleted
        stem = file_stem(name)
        folders = (self.folder, self.history_folder())
        taken = {path.name.lower() for folder in folders for path in folder.glob("*")}
        candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        return next(
            candidate
            for candidate in candidates
            if taken.isdisjoint({candidate, self.file_path(candidate).name})
        )

    def _add_version(  # noqa: PLR0913, PLR0917  what a version is made of
        self,
        stem: str,
        stored: StoredFile | None,
        path: Path | None,
        event: VersionEvent,
        content: ScenarioFile,
        author: str,
        why: str = "",
    ) -> Version:
        """Write a version, after one of the file before if something else has written that.

        Args:
            stem: Name of the history's folder.
            stored: The scenario's file before, None if it has none.
            path: File to write the scenario to, None for none.
            event: What was done.
            content: Content of the scenario's file.
            author: Who did it.
            why: The reason.

        Returns:
            The version.
        """
        history, last = self.history_folder(stem), self.last_version(stem)
        number = max((int(file.stem) for file in version_paths(history)), default=0) + 1
        versions: list[Version] = []
        if stored and (last is None or last.file != stored.content):
            versions.append(self.unsaved_version(stored, number))
        now = datetime.now(UTC).replace(microsecond=0)
        versions.append(Version(number + len(versions), event, author, now, why, content))
        texts = {self.version_path(stem, version): version.to_toml() for version in versions}
        if path:
            texts[path] = format_scenario_file(content)
        history.mkdir(exist_ok=True)
        try:
            replace_files(texts)
        except OSError:
            with suppress(OSError):
                history.rmdir()  # unless it has earlier versions
            raise
        return versions[-1]

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with locked_folder(self.folder, self.history_folder()):
            yield


def _remove_file(path: Path, *new_files: Path) -> None:
    """Remove a scenario's file; where that fails, the new files that say it was removed."""
    try:
        path.unlink()
    except OSError:
        for new_file in new_files:
            new_file.unlink()
        raise
