"""Pins: records of the figures that a link gave on the day when it was copied."""

import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbook.analysis.change_attribution import EarlierRun, Figures, figures_of
from workbook.importers.catalogue import open_table_content, read_table_bytes
from workbook.outcome import Outcome
from workbook.resources import code_release, resource_folder
from workbook.scenario import ParameterValue, Scenario, ScenarioError
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
    """What a link gave on the day when it was copied.

    Args:
        topic: Name of the topic.
        day: The day, such as ``2014-07-24``.
        release: Release of the code.
        parameters: Every value of the scenario.
        data: SHA-256 of each table, by the name that the scenario gives it.
        headline: The answer.
        figures: The indicators.
    """

    topic: str
    day: str
    release: str
    parameters: Mapping[str, ParameterValue]
    data: Mapping[str, str]
    headline: str
    figures: Figures

    @property
    def pin(self) -> str:
        """The record's name in a link: the first 16 digits of its hash."""
        return sha256(self.to_json().encode())[:_PIN_LENGTH]

    def to_json(self) -> str:
        """The record as JSON, the same text for the same record."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, allow_nan=False)


def record_run(topic: Topic, outcome: Outcome, data: Mapping[str, str], day: date) -> PinnedRun:
    """Record an outcome for a link.

    Args:
        topic: The topic.
        outcome: The outcome of the link's scenario.
        data: SHA-256 of each table, by the name that the scenario gives it.
        day: The day.

    Returns:
        The record.
    """
    return PinnedRun(
        topic.name,
        day.isoformat(),
        code_release(topic.package),
        outcome.scenario.values(),
        data,
        outcome.headline,
        figures_of(outcome),
    )


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

    def keep(self, topic: Topic, scenario: Scenario, run: PinnedRun) -> None:
        """Keep a record with its tables. One that is kept already stays.

        Args:
            topic: The topic.
            scenario: The scenario of the link.
            run: The record.

        Raises:
            OSError: The folder cannot be written.
        """
        for source, table in _sources(topic, scenario).items():
            path = self._table_path(run.data[source])
            if not path.exists():
                _write_whole(path, read_table_bytes(table, source))
        path = self._record_path(run.topic, run.pin)
        if not path.exists():
            _write_whole(path, run.to_json().encode())

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

    def read_run(self, topic: Topic, run: PinnedRun) -> EarlierRun:
        """Read what a record names, for ``attribute_changes``.

        Args:
            topic: The topic.
            run: The record.

        Returns:
            The run.

        Raises:
            PinError: A table is missing or damaged, or today's code cannot read it or the values.
        """
        try:
            scenario = topic.Scenario(**run.parameters)
            tables = {
                source: self._read_table(table, source, run.data[source])
                for source, table in _sources(topic, scenario).items()
                if source in run.data
            }
        except (OSError, ScenarioError, TableError) as error:
            msg = f"Today’s code cannot use the data or the values of that day: {error}"
            raise PinError(msg) from error
        return EarlierRun(scenario, tables, run.figures)

    def _read_table(self, table: TableSchema, source: str, digest: str) -> pd.DataFrame:
        content = self._table_path(digest).read_bytes()
        if sha256(content) != digest:
            msg = f"The file that was kept of the table {source} has been changed since."
            raise PinError(msg)
        return open_table_content(table, source, content).frame

    def _record_path(self, topic: str, pin: str) -> Path:
        return self._folder / topic / f"{pin}.json"

    def _table_path(self, digest: str) -> Path:
        return self._folder / "tables" / digest


def find_pin_store() -> PinStore:
    """Find the records of links: in the team's folder of scenarios, or beside our own data."""
    folder = os.environ.get(FOLDER_VARIABLE) or resource_folder("data").parent
    return PinStore(Path(folder) / _RECORDS_FOLDER)


def _sources(topic: Topic, scenario: Scenario) -> dict[str, TableSchema]:
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
