"""Read what lies in an archive: quarters with their revisions, and comparisons."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from workbook.indicators import Indicator
from workbook.periods import last_day_of_quarter
from workbook.resources import is_table_name
from workbook.snapshots.comparison_folder import COMPARISONS_FOLDER
from workbook.snapshots.department_editions import list_edition_archives
from workbook.snapshots.manifest import DRAFT_KEY, MANIFEST_NAME
from workbook.snapshots.recorded_inputs import read_indicators
from workbook.snapshots.sign_off import (
    Role,
    SignOff,
    Status,
    recorded_sign_offs,
    snapshot_status,
)
from workbook.snapshots.site.sealed_page import TopicText, read_topic_texts, readable_name
from workbook.snapshots.stored_snapshot import StoredSnapshot, list_snapshots, open_snapshot
from workbook.tables import sha256
from workbook.text.dates import format_day
from workbook.topic import Topic

_DAMAGED: Final = (KeyError, TypeError, ValueError, AttributeError)
"""What reading a manifest that somebody has edited may raise."""

_TIMESTAMP: Final = "%Y-%m-%dT%H:%M:%SZ"
_UNWRITABLE: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class TopicEntry:
    """A topic in a snapshot.

    Args:
        name: Its name.
        text: Its title, question and headline.
        indicators: Its indicators by name, in their order.
    """

    name: str
    text: TopicText
    indicators: Mapping[str, Indicator]


@dataclass(frozen=True)
class Revision:
    """A sealed snapshot in the archive.

    Args:
        name: Quarter and revision, such as ``2014-Q2/r1``: also its address in the archive.
        quarter: The quarter.
        finished: When its run finished, as in its manifest.
        updated: When it was last signed, or else when its run finished.
        reason: Why it was made, for a revision of a published quarter; empty for none.
        status: Whether it is signed off: ``draft``, ``assured`` or ``published``.
        draft: Name of the draft that it is the published revision of; empty for none.
        digest: SHA-256 of its manifest.
        topics: Its topics by name.
        department: Department whose edition it is; empty for all of government.
    """

    name: str
    quarter: str
    finished: str
    updated: str
    reason: str
    status: Status
    draft: str
    digest: str
    topics: Mapping[str, TopicEntry]
    department: str = ""

    @property
    def title(self) -> str:
        """Name and status: ``2014-Q2/r1 (draft)``."""
        return f"{self.name} ({self.status})"

    @property
    def day(self) -> str:
        """The day on which it was made or published, such as ``30 June 2014``."""
        return format_day((self.updated if self.draft else self.finished)[:10])


@dataclass(frozen=True)
class Comparison:
    """A comparison in the archive.

    Args:
        address: Address of its page in the archive, percent-encoded.
        earlier: Name of the earlier snapshot.
        later: Name of the later snapshot.
    """

    address: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Archive:
    """What lies in an archive.

    Args:
        quarters: The revisions of each quarter, the earliest first, by quarter in order.
        comparisons: The comparisons, by the later and then the earlier snapshot.
        problems: A sentence for each part that cannot be read.
        editions: The departments that have editions, by the folder of their archive.
    """

    quarters: Mapping[str, tuple[Revision, ...]]
    comparisons: tuple[Comparison, ...]
    problems: tuple[str, ...]
    editions: Mapping[str, str] = field(default_factory=dict)

    @property
    def department(self) -> str:
        """Department whose archive it is; empty for that of all of government."""
        departments = {revision.department for revision in self.revisions}
        return departments.pop() if len(departments) == 1 else ""

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """Every revision, by quarter and then by number."""
        return tuple(revision for line in self.quarters.values() for revision in line)

    @property
    def current_revisions(self) -> tuple[Revision, ...]:
        """The current revision of each quarter, by quarter."""
        return tuple(map(self.current_revision, self.quarters))

    def current_revision(self, quarter: str) -> Revision:
        """A quarter's latest published revision, or its latest revision if none is published."""
        revisions = self.quarters[quarter]
        published = [revision for revision in revisions if revision.draft]
        return [*revisions[-1:], *published[-1:]][-1]

    def comparison_title(self, comparison: Comparison) -> str:
        """Title of a comparison, with the status of each snapshot that is in the archive."""
        titles = {revision.name: revision.title for revision in self.revisions}
        earlier, later = (titles.get(name, name) for name in (comparison.earlier, comparison.later))
        return f"Changes from {earlier} to {later}"


def read_archive(store: Path, topics: Mapping[str, Topic]) -> Archive:
    """Read an archive.

    Args:
        store: Its folder.
        topics: Today's topics, which say how their indicators are written.

    Returns:
        What can be read of it, and what cannot.
    """
    problems: list[str] = []
    quarters: dict[str, tuple[Revision, ...]] = {}
    for name in list_snapshots(store):
        if revision := _read_revision(name, store, topics, problems):
            line = quarters.get(revision.quarter, ())
            quarters[revision.quarter] = (*line, revision)
    comparisons = sorted(
        _read_comparisons(store, problems),
        key=lambda comparison: (comparison.later, comparison.earlier, comparison.address),
    )
    return Archive(quarters, tuple(comparisons), tuple(problems), dict(_read_editions(store)))


def _read_editions(store: Path) -> Iterator[tuple[str, str]]:
    """Folder and department of each department's archive that has a snapshot and its pages."""
    for address in list_edition_archives(str(store)):
        folder = Path(address.store)
        if not (folder / "index.html").is_file():
            continue
        with suppress(ValueError):
            latest = open_snapshot(list_snapshots(folder)[-1], folder)
            department = latest.manifest.get("department")
            yield folder.relative_to(store).as_posix(), _clean_text(department or address.slug)


def _read_revision(
    name: str, store: Path, topics: Mapping[str, Topic], problems: list[str]
) -> Revision | None:
    try:
        snapshot = open_snapshot(name, store)
        _check_manifest(snapshot, name)
        finished, sign_offs = (
            str(snapshot.manifest["finished"]),
            _read_sign_offs(snapshot, problems),
        )
        updated = max(finished, *(signed.signed for signed in sign_offs.values()), "")
        for moment in (finished, updated):
            datetime.strptime(moment, _TIMESTAMP)  # noqa: DTZ007  it is only checked
        revision = Revision(
            name,
            snapshot.quarter,
            finished,
            updated,
            _read_reason(snapshot),
            snapshot_status(snapshot, sign_offs),
            _clean_text(snapshot.manifest.get(DRAFT_KEY) or ""),
            sha256((snapshot.folder / MANIFEST_NAME).read_bytes()),
            _read_topics(snapshot, topics, problems),
            _clean_text(snapshot.manifest.get("department") or ""),
        )
    except _DAMAGED:
        problems.append(f"{name} is left out: its {MANIFEST_NAME} is missing or damaged.")
        return None
    return revision


def _read_reason(snapshot: StoredSnapshot) -> str:
    """Reason of a revision: the last in the manifest's line of revisions is the snapshot itself."""
    revisions = snapshot.manifest.get("revisions")
    return _clean_text(revisions[-1].get("reason", "")) if revisions else ""


def _read_sign_offs(snapshot: StoredSnapshot, problems: list[str]) -> Mapping[Role, SignOff]:
    """The signatures of a snapshot; none where one beside it is damaged."""
    try:
        return recorded_sign_offs(snapshot)
    except ValueError:
        problems.append(f"{snapshot.name} counts as a draft: a sign-off is damaged.")
        return {}


def _check_manifest(snapshot: StoredSnapshot, name: str) -> None:
    """Raise ValueError where a manifest is another snapshot's, or its names are no names."""
    last_day_of_quarter(snapshot.quarter)
    is_whole = snapshot.name == name and name.startswith(f"{snapshot.quarter}/")
    if not is_whole or not all(map(is_table_name, snapshot.topics)):
        raise ValueError(name)


def _read_topics(
    snapshot: StoredSnapshot, topics: Mapping[str, Topic], problems: list[str]
) -> dict[str, TopicEntry]:
    texts = {}
    if _is_as_sealed(snapshot, "index.html"):
        texts = read_topic_texts(snapshot.folder / "index.html")
    else:
        problems.append(
            f"{snapshot.name}: its headlines are left out, as its index.html has changed."
        )
    entries = {}
    for name in snapshot.topics:
        try:
            if not _is_as_sealed(snapshot, f"{name}/indicators.csv"):
                raise ValueError(name)
            indicators = read_indicators(snapshot, name, topics.get(name))
        except _DAMAGED:
            indicators = {}
            problems.append(
                f"{snapshot.name}: the figures of {name} are left out, as its indicators.csv is"
                " missing or has changed."
            )
        text = texts.get(name, TopicText(readable_name(name)))
        entries[name] = TopicEntry(name, text, indicators)
    return entries


def _is_as_sealed(snapshot: StoredSnapshot, file: str) -> bool:
    """Whether a file is there and as the manifest records it."""
    recorded = {entry["file"]: entry["sha256"] for entry in snapshot.manifest["files"]}
    try:
        return sha256((snapshot.folder / file).read_bytes()) == recorded.get(file)
    except OSError:
        return False


def _read_comparisons(store: Path, problems: list[str]) -> Iterator[Comparison]:
    folder = store / COMPARISONS_FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith(".") or not path.is_dir():
            continue
        try:
            record = json.loads((path / "changes.json").read_bytes())
            earlier, later = _clean_text(record["from"]), _clean_text(record["to"])
        except (OSError, *_DAMAGED):
            problems.append(f"{COMPARISONS_FOLDER}/{path.name} is left out: it is no comparison.")
            continue
        yield Comparison(f"{COMPARISONS_FOLDER}/{quote(path.name)}/index.html", earlier, later)


def _clean_text(text: object) -> str:
    """A text of a JSON file without what UTF-8 and XML cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", str(text))
