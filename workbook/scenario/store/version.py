"""Versions of a scenario: one TOML file each, which no later version changes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, get_args

from workbook.scenario.migration import read_topic_file
from workbook.scenario.scenario_file import ScenarioFile, check_text, format_scenario_file
from workbook.scenario.scenario_names import SCENARIO_FILE_SUFFIX
from workbook.text.quoting import quote_value

VersionEvent = Literal["saved", "renamed", "deleted", "restored", "changed elsewhere"]

SAVED: Final = "saved"
RENAMED: Final = "renamed"
DELETED: Final = "deleted"
RESTORED: Final = "restored"
CHANGED_ELSEWHERE: Final = "changed elsewhere"
"""The file was written by hand, by git or by another program."""


@dataclass(frozen=True)
class Version:
    """One version of a scenario.

    Attributes:
        number: Number of the version, from 1.
        event: What was done.
        author: Who did it.
        time: When, in UTC.
        why: The reason given for it, empty for none.
        file: Content of the scenario's file at that time.
    """

    number: int
    event: VersionEvent
    author: str
    time: datetime
    why: str
    file: ScenarioFile

    @property
    def file_name(self) -> str:
        """Name of its file, such as ``0003.toml``."""
        return f"{self.number:04}{SCENARIO_FILE_SUFFIX}"

    def to_toml(self) -> str:
        """Text of its file: the scenario's, with a table ``[version]``.

        Raises:
            ValueError: The file would be too large, or a text has a character that cannot be seen.
        """
        details = {
            "event": self.event,
            "author": check_text("author", self.author),
            "time": self.time,
            "why": check_text("rationale", self.why),
        }
        return format_scenario_file(replace(self.file, version=details))


class NewerVersionError(ValueError):
    """A scenario has another version than the one that a new version should follow.

    Args:
        present: The version that it has; None where it has none.
    """

    def __init__(self, present: Version | None) -> None:
        name = quote_value(present.file.name) if present else ""
        super().__init__(
            f"{name} was saved by {present.author or 'somebody'} as version {present.number}"
            if present
            else "The scenario was deleted"
        )
        self.present = present


def read_version(path: Path, topic: str, folder: Path) -> Version:
    """Read the file of a version.

    Args:
        path: The file.
        topic: Name of the topic.
        folder: Folder that a symbolic link may not leave.

    Returns:
        The version.

    Raises:
        ValueError: The file is missing or not a scenario file. The message names it.
    """
    scenario_file = read_topic_file(path, topic, folder)
    details = scenario_file.version
    event, time = details.get("event"), details.get("time")
    known_events = {known: known for known in get_args(VersionEvent)}
    return Version(
        int(path.stem),
        known_events.get(str(event), CHANGED_ELSEWHERE),
        _make_printable(details.get("author", scenario_file.author)),
        time.astimezone(UTC) if isinstance(time, datetime) else modified_time(path),
        _make_printable(details.get("why", "")),
        scenario_file,
    )


def modified_time(path: Path) -> datetime:
    """When a file was written last, in UTC to the second."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def version_paths(history: Path) -> list[Path]:
    """Files of a scenario's versions, the oldest first.

    Args:
        history: Folder of the versions. It may be missing.

    Returns:
        The paths.
    """
    paths = [path for path in history.glob(f"*{SCENARIO_FILE_SUFFIX}") if path.stem.isdecimal()]
    return sorted(paths, key=lambda path: int(path.stem))


def _make_printable(value: object) -> str:
    """A text from a file, without what could change the terminal that it is printed on."""
    return "".join(letter if letter.isprintable() else " " for letter in str(value))
