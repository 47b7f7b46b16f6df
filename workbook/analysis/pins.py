"""Pins: records of the figures that a link gave on the day when it was copied."""

import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbook.analysis.change_attribution import Figures, RecordedRun, figures_of
from workbook.importers.catalogue import open_table, open_table_content, read_table_bytes
from workbook.outcome import Outcome
from workbook.resources import code_release, resource_folder
from workbook.scenario import ParameterValue, Scenario, ScenarioError
from workbook.scenario.migration import migrate
from workbook.scenario.scenario_file import ScenarioFile
from workbook.scenario.store import FOLDER_VARIABLE
from workbook.tables import TableError, TableSchema, sha256
from workbook.topic import Topic

_RECORDS_FOLDER: Final = ".pins"

_PIN_LENGTH: Final = 16
_PIN: Final = re.compile(rf"[0-9a-f]{{{_PIN_LENGTH}}}")
_LARGEST_RECORD: Final = 2**18
"""Bytes of a record at most."""


class PinError(ValueError):
    """There is no record of a link's figures, or it cannot be used."""


@dataclass(frozen=True)
class PinnedRun:
    """What a link gave on the day when it was first copied.

    Args:
        topic: Name of the topic.
        release: Release of the code.
        parameters: Every value of the scenario.
        data: SHA-256 of each table, by the name that the scenario gives it.
        headline: The answer.
        figures: The indicators.
        day: The day, such as ``2014-07-24``; empty until the record is kept.
    """

    topic: str
    release: str
    parameters: Mapping[str, ParameterValue]
    data: Mapping[str, str]
    headline: str
    figures: Figures
    day: str = ""

    @property
    def pin(self) -> str:
        """The record's name in a link: the first 16 digits of its hash, whatever the day."""
        return sha256(replace(self, day="").to_json().encode())[:_PIN_LENGTH]

    def to_json(self) -> str:
        """The record as JSON, the same text for the same record."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, allow_nan=False)


def record_run(topic: Topic, outcome: Outcome, data: Mapping[str, str]) -> PinnedRun:
    """Record an outcome for a link.

    Args:
        topic: The topic.
        outcome: The outcome of the link's scenario.
        data: SHA-256 of each table, by the name that the scenario gives it.

    Returns:
        The record.
    """
    return PinnedRun(
        topic.name,
        code_release(topic.package),
        outcome.scenario.values(),
        data,
        outcome.headline,
        figures_of(outcome),
    )


def read_current_run(topic: Topic, outcome: Outcome) -> RecordedRun:
    """Read what an outcome of today is based on, for ``attribute_changes``.

    Args:
        topic: The topic.
        outcome: The outcome.

    Returns:
        The run.
    """
    tables = {
        table.name: open_table(table, source).frame
        for source, table in _list_sources(topic, outcome.scenario).items()
    }
    return RecordedRun(outcome.scenario, tables, figures_of(outcome), is_current=True)


class PinStore:
    """Folder with the records of links, and with the tables that they name.

    Args:
        folder: The folder, which is made when the first record is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_writable(self) -> bool:
        """Whether records can be kept."""
        return os.access(self._folder if self._folder.exists() else self._folder.parent, os.W_OK)

    def keep(self, topic: Topic, scenario: Scenario, run: PinnedRun, day: date) -> None:
        """Keep a record with its tables. One that is kept already stays.

        Args:
            topic: The topic.
            scenario: The scenario of the link.
            run: The record.
            day: The day on which the link is copied.

        Raises:
            PinError: A table has been replaced since the run.
            OSError: The folder cannot be written, or a table cannot be read.
        """
        for source, table in _list_sources(topic, scenario).items():
            content = read_table_bytes(table, source)
            if sha256(content) != run.data[source]:
                msg = f"the table {source} has been replaced since the figures were calculated"
                raise PinError(msg)
            path = self._table_path(run.data[source])
            if not path.exists() or path.read_bytes() != content:
                _write_whole(path, content)
        path = self._record_path(run.topic, run.pin)
        if not path.exists():
            _write_whole(path, replace(run, day=day.isoformat()).to_json().encode())

    def find(self, topic: Topic, pin: str) -> PinnedRun:
        """Find a record.

        Args:
            topic: The topic.
            pin: The record's name in a link.

        Returns:
            The record.

        Raises:
            PinError: There is none, or it is damaged.
        """
        if not _PIN.fullmatch(pin):
            raise PinError("This link has no valid pin. The figures are today’s.")
        path = self._record_path(topic.name, pin)
        try:
            is_record = path.is_file() and path.stat().st_size <= _LARGEST_RECORD
            content: dict[str, Any] = json.loads(path.read_bytes()) if is_record else {}
            run = PinnedRun(**content) if content else None
        except (OSError, TypeError, ValueError):
            run = None
        if run is None:
            raise PinError(
                "This server has no record of what this link showed when it was copied."
                " The figures are today’s."
            )
        if run.pin != pin or run.topic != topic.name:
            raise PinError(
                "The record of what this link showed has been changed since."
                " The figures are today’s."
            )
        return run

    def read_run(self, topic: Topic, run: PinnedRun) -> RecordedRun:
        """Read what a record names, for ``attribute_changes``.

        Args:
            topic: The topic.
            run: The record.

        Returns:
            The run.

        Raises:
            PinError: A table is missing or damaged, or today's code cannot read it or the values.
        """
        values = ScenarioFile(topic=topic.name, defaults=run.parameters)
        try:
            scenario, _ = migrate(values, topic.Scenario, topic.name, "the record")
            tables = {
                table.name: self._read_table(table, source, run.data[source])
                for source, table in _list_sources(topic, scenario).items()
                if source in run.data
            }
        except OSError as error:
            msg = "The data of that day are no longer kept, so the cause cannot be found."
            raise PinError(msg) from error
        except (ScenarioError, TableError) as error:
            msg = "Today’s model cannot use the data of that day, so the cause cannot be found."
            raise PinError(msg) from error
        return RecordedRun(scenario, tables, run.figures)

    def _read_table(self, table: TableSchema, source: str, digest: str) -> pd.DataFrame:
        content = self._table_path(digest).read_bytes()
        if sha256(content) != digest:
            raise PinError("The data of that day were changed since, so the cause cannot be found.")
        return open_table_content(table, source, content).frame

    def _record_path(self, topic: str, pin: str) -> Path:
        return self._folder / topic / f"{pin}.json"

    def _table_path(self, digest: str) -> Path:
        return self._folder / "tables" / digest


def find_pin_store() -> PinStore:
    """Find the records of links: in the team's folder of scenarios, or beside our own data."""
    folder = os.environ.get(FOLDER_VARIABLE) or resource_folder("data").parent
    return PinStore(Path(folder) / _RECORDS_FOLDER)


def _list_sources(topic: Topic, scenario: Scenario) -> dict[str, TableSchema]:
    return {source: table for table, source in topic.table_sources(scenario).items() if source}


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, so that no reader sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
