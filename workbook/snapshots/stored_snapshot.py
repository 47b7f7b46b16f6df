"""Find a snapshot in an archive, and read what it recorded: manifest, indicators and inputs."""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workbook.indicators import IndicatorValue
from workbook.snapshots.manifest import MANIFEST_NAME
from workbook.text.numbers import unescape_formula
from workbook.text.quoting import quote_value
from workbook.text.suggestions import list_some

_QUARTER: Final = re.compile(r"[0-9]{4}-Q[1-4]")
_REVISION: Final = re.compile(r"r[1-9][0-9]*")
_REVISION_NAME: Final = re.compile(f"{_QUARTER.pattern}/{_REVISION.pattern}")
_QUARTER_LENGTH: Final = len("2014-Q2")
_FORM: Final = (
    "Write a quarter such as 2014-Q2, a revision such as 2014-Q2/r1, or a snapshot's folder"
)
_FIELDS: Final = ("snapshot", "quarter", "parameters", "tables", "files")
"""Fields that every manifest has."""


@dataclass(frozen=True)
class RecordedIndicator:
    """One figure of a snapshot, as exact as the model gave it.

    Args:
        name: Name of the indicator.
        label: Label that a reader sees.
        value: A number in the unit, a quarter, or None where it is not known.
        unit: Unit of the value; a share is a fraction of 1.
        low: P10 of the simulations; None where nothing is uncertain.
        high: P90 of the simulations; None where nothing is uncertain.
        reason: Why there is no value, or what a reader must know beside it.
    """

    name: str
    label: str
    value: IndicatorValue
    unit: str
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True)
class StoredSnapshot:
    """A snapshot in an archive.

    Args:
        name: Its quarter and revision, such as ``2014-Q2/r1``.
        folder: Its folder.
        manifest: Content of its ``manifest.json``.
    """

    name: str
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def quarter(self) -> str:
        """Its quarter, such as ``2014-Q2``."""
        return str(self.manifest["quarter"])

    @property
    def topics(self) -> tuple[str, ...]:
        """Names of its topics."""
        return tuple(self.manifest["parameters"])

    def parameters(self, topic: str) -> dict[str, Any]:
        """Values of a topic's parameters, by name."""
        return dict(self.manifest["parameters"][topic])

    def table_hashes(self, topic: str) -> dict[str, str]:
        """SHA-256 of each table that a topic read, by the name or path that was read."""
        return {table["name"]: table["sha256"] for table in self.manifest["tables"][topic]}

    def input_file(self, digest: str) -> Path:
        """Find the file of a table that a topic read.

        Args:
            digest: SHA-256 of the table, as in ``table_hashes``.

        Returns:
            The file in the snapshot.

        Raises:
            ValueError: The snapshot does not hold it, as those made before tables were kept.
        """
        for file in self.manifest["files"]:
            if file["sha256"] == digest:
                return self.folder / str(file["file"])
        msg = (
            f"{self.name} does not hold the table {digest[:12]}…: it was made by an earlier version"
            " of the workbook, which kept the hashes of tables and not the tables"
        )
        raise ValueError(msg)

    def read_indicators(self, topic: str) -> tuple[RecordedIndicator, ...]:
        """Read a topic's indicators.

        Args:
            topic: Name of the topic.

        Returns:
            The indicators in their order, each number exactly as the model gave it.

        Raises:
            ValueError: The snapshot does not have them.
        """
        path = self.folder / topic / "indicators.csv"
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return tuple(_parse_indicator(row) for row in csv.DictReader(file))
        except (OSError, KeyError, ValueError, csv.Error):
            msg = f"{self.name}/{topic}/indicators.csv is missing or damaged"
            raise ValueError(msg) from None


def locate_snapshot(text: str, store: Path) -> tuple[str, Path]:
    """Find a snapshot's folder.

    Args:
        text: A quarter, for its latest revision; a quarter with a revision; or a folder.
        store: Folder of the archive.

    Returns:
        The snapshot's name, such as ``2014-Q2/r1``, and its folder. The name is empty for a folder
        that has been moved, whose own name tells nothing.

    Raises:
        ValueError: There is no such snapshot. The message says what there is.
    """
    if not (_QUARTER.fullmatch(text) or _REVISION_NAME.fullmatch(text)):
        folder = Path(text)
        if not text or not folder.is_dir():
            raise ValueError(f"{quote_value(text)} is not a snapshot. {_FORM}")
        place = "/".join(folder.resolve().parts[-2:])
        return place if _REVISION_NAME.fullmatch(place) else "", folder
    names = list_snapshots(store)
    matches = [name for name in names if name == text or name.startswith(f"{text}/")]
    if not matches:
        known = f"It has {list_some(names)}" if names else "It has no snapshots"
        raise ValueError(f"{text} is not in {store}. {known}")
    return matches[-1], store / matches[-1]


def open_snapshot(text: str, store: Path) -> StoredSnapshot:
    """Find a snapshot and read its manifest. ``verify_snapshot`` checks its files.

    Args:
        text: As for ``locate_snapshot``.
        store: Folder of the archive.

    Returns:
        The snapshot.

    Raises:
        ValueError: There is no such snapshot, or its manifest is missing or damaged.
    """
    _, folder = locate_snapshot(text, store)
    try:
        content = (folder / MANIFEST_NAME).read_bytes()
    except OSError:
        msg = f"{folder} is not a snapshot: its {MANIFEST_NAME} is missing or cannot be read"
        raise ValueError(msg) from None
    try:
        manifest = json.loads(content)
        is_complete = all(field in manifest for field in _FIELDS)
    except (ValueError, TypeError):
        is_complete = False
    if not is_complete:
        msg = f"{folder / MANIFEST_NAME} is damaged: it is not the manifest of a snapshot"
        raise ValueError(msg)
    return StoredSnapshot(str(manifest["snapshot"]), folder, manifest)


def list_snapshots(store: Path) -> list[str]:
    """Names of the snapshots in an archive, by quarter and then by revision.

    Args:
        store: Folder of the archive.

    Returns:
        Names such as ``2014-Q2/r1``; none where there is no such folder.
    """
    return sort_snapshot_names(
        f"{quarter.name}/{revision.name}"
        for quarter in _list_folder(store)
        for revision in _list_folder(quarter)
    )


def sort_snapshot_names(folders: Iterable[str]) -> list[str]:
    """Sort the names of snapshots by quarter and then by revision.

    Args:
        folders: Paths of folders in an archive. Those that are no snapshot's are left out.

    Returns:
        Names such as ``2014-Q2/r1``.
    """
    names = filter(_REVISION_NAME.fullmatch, folders)
    return sorted(names, key=lambda name: (name[:_QUARTER_LENGTH], int(name.rpartition("/r")[2])))


def _list_folder(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _parse_indicator(cells: Mapping[str, str]) -> RecordedIndicator:
    row = {name: unescape_formula(text) for name, text in cells.items() if text is not None}
    text = row["value"]
    is_number = text and row["unit"] != "quarter"
    return RecordedIndicator(
        name=row["name"],
        label=row["label"],
        value=float(text) if is_number else text or None,
        unit=row["unit"],
        low=_parse_number(row["low"]),
        high=_parse_number(row["high"]),
        reason=row["reason"],
    )


def _parse_number(text: str) -> float | None:
    return float(text) if text else None
