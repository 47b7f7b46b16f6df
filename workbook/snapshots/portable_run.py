"""A topic's run and its files as values, which another machine can be sent and can send back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from workbook.scenario import ParameterValue
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.quarter_before import list_earlier_inputs
from workbook.snapshots.topic_worker import resolve_topic, topic_reference
from workbook.topic import Topic

FileContents = Mapping[str, bytes]
"""The content of each file by its path within a folder."""


@dataclass(frozen=True)
class PortableRun:
    """A topic's run without a path of this machine.

    Args:
        topic: The topic, or its name if it is registered.
        name: Name of the topic.
        values: The scenario's values by name.
        notebook: Name and content of its notebook.
        files: Name and content of each file that the user supplied, by the parameter that names it.
        is_trial: Whether the snapshot is a what-if.
        earlier: What a report takes from the snapshot of the quarter before; None for none.
        earlier_problem: Why that snapshot cannot be used; empty for no reason.
        snapshot_name: Name of the snapshot, for a report.
    """

    topic: Topic | str
    name: str
    values: Mapping[str, ParameterValue]
    notebook: tuple[str, bytes]
    files: Mapping[str, tuple[str, bytes]]
    is_trial: bool
    earlier: FileContents | None
    earlier_problem: str
    snapshot_name: str

    @classmethod
    def pack(cls, run: TopicRun) -> Self:
        """Read the files of a run.

        Args:
            run: The run.

        Returns:
            The run with the contents of its files.

        Raises:
            OSError: A file cannot be read.
        """
        return cls(
            topic=topic_reference(run.topic),
            name=run.topic.name,
            values=run.scenario.values(),
            notebook=(run.notebook.name, run.notebook.read_bytes()),
            files={name: (path.name, path.read_bytes()) for name, path in run.files.items()},
            is_trial=run.is_trial,
            earlier=_read_earlier(run, run.earlier) if run.earlier else None,
            earlier_problem=run.earlier_problem,
            snapshot_name=run.snapshot_name,
        )

    def unpack(self, folder: Path) -> TopicRun:
        """Write the files into a folder.

        Args:
            folder: An empty folder.

        Returns:
            The run with the paths of the files.

        Raises:
            KeyError: No topic of this name is registered here.
            OSError: A file cannot be written.
        """
        name, content = self.notebook
        notebook = folder / name
        notebook.write_bytes(content)
        files = {}
        for parameter, (name, content) in self.files.items():
            files[parameter] = folder / "files" / name
            files[parameter].parent.mkdir(exist_ok=True)
            files[parameter].write_bytes(content)
        earlier = folder / "earlier"
        if self.earlier is not None:
            write_files(earlier, self.earlier)
        topic = resolve_topic(self.topic)
        return TopicRun(
            topic,
            topic.Scenario(**self.values),
            notebook,
            files,
            is_trial=self.is_trial,
            earlier=None if self.earlier is None else earlier,
            earlier_problem=self.earlier_problem,
            snapshot_name=self.snapshot_name,
        )


def _read_earlier(run: TopicRun, folder: Path) -> FileContents:
    """Read what a report takes from the snapshot of the quarter before, by its path there."""
    paths = list_earlier_inputs(run)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def read_files(folder: Path) -> dict[str, bytes]:
    """Read every file in a folder, which may be missing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_files(folder: Path, contents: FileContents) -> None:
    """Write files into a new folder.

    Args:
        folder: The folder.
        contents: The content of each file by its path.

    Raises:
        OSError: They cannot be written.
    """
    folder.mkdir()
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
