"""Archives whose sealed snapshots have any figures, for the tests of the site."""

import json
import shutil
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tests.snapshots.example_topic import People
from tests.snapshots.light_snapshots import write_snapshot
from workbook.indicators import IndicatorDefinition, IndicatorValue, build_indicators
from workbook.outcome import Outcome
from workbook.snapshots.department_editions import edition_store
from workbook.snapshots.sign_off import Role, SignOff, record_sign_off
from workbook.snapshots.stored_snapshot import open_snapshot
from workbook.tables import sha256
from workbook.topic import Topic

DEFINITIONS = (
    IndicatorDefinition("waiting", "People waiting", "people"),
    IndicatorDefinition("online", "Done online", "share"),
    IndicatorDefinition("saved", "Saved & kept", "GBP"),
    IndicatorDefinition("reached", "Target reached", "quarter"),
)
FIGURES: Mapping[str, IndicatorValue] = {
    "waiting": 5_400_000.0,
    "online": 0.721,
    "saved": -85e6,
    "reached": "2015-Q4",
}
SIGNED = "2024-07-24T09:30:00Z"
"""When ``sign`` signs."""

Range = tuple[float, float]


def make_topic(
    values: Mapping[str, IndicatorValue],
    ranges: Mapping[str, Range] | None = None,
    definitions: Sequence[IndicatorDefinition] = DEFINITIONS,
    name: str = "queues",
) -> Topic:
    """A topic whose model gives these values, and a reason for each that is not known."""

    def evaluate(_: object, scenario: People) -> Outcome:
        reasons = {definition.name: "not counted" for definition in definitions}
        indicators = build_indicators(
            definitions, values, intervals=ranges or {}, missing_reasons=reasons
        )
        return Outcome(scenario, headline_of(values), indicators)

    return Topic(name, "Queues", "How many wait?", People, evaluate, indicators=definitions)


def headline_of(values: Mapping[str, IndicatorValue]) -> str:
    """The headline of a snapshot with these values."""
    return f"<{values.get('waiting')}> people wait, at −£85 million."


def add_revision(
    store: Path,
    quarter: str,
    number: int = 1,
    *,
    values: Mapping[str, IndicatorValue] = FIGURES,
    ranges: Mapping[str, Range] | None = None,
    definitions: Sequence[IndicatorDefinition] = DEFINITIONS,
    name: str = "queues",
    reason: str = "",
    department: str = "",
) -> Path:
    """Write a sealed snapshot into an archive, or into a department's, and return its folder."""
    store = Path(edition_store(str(store), department)) if department else store
    store.mkdir(parents=True, exist_ok=True)
    topic = make_topic(values, ranges, definitions, name)
    staging = store / ".staging"
    written = write_snapshot(staging, quarter, [topic]).folder
    _write_page(written, topic, headline_of(values))
    path = written / "manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    manifest |= {"snapshot": f"{quarter}/r{number}", "revisions": [{"reason": reason}]}
    manifest["department"] = department
    manifest["finished"] = f"{int(quarter[:4]) + number}-0{quarter[-1]}-20T09:30:00Z"
    path.write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    record_files(written)
    folder = store / quarter / f"r{number}"
    folder.parent.mkdir(exist_ok=True)
    written.rename(folder)
    shutil.rmtree(staging)
    return folder


def record_files(folder: Path) -> None:
    """Record the files of a snapshot in its manifest as they are now."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"] = [
        {"file": file.relative_to(folder).as_posix(), "sha256": sha256(file.read_bytes())}
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != path
    ]
    path.write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def add_comparison(store: Path, folder: str, earlier: str, later: str) -> None:
    """Write a comparison's folder into an archive."""
    path = store / "comparisons" / folder
    path.mkdir(parents=True)
    record = {"from": earlier, "to": later, "indicators": []}
    (path / "changes.json").write_text(json.dumps(record), encoding="utf-8")
    (path / "index.html").write_text("<h1>Changes</h1>", encoding="utf-8")


def sign(store: Path, *roles: Role) -> None:
    """Sign the last quarter of the archive."""
    snapshot = open_snapshot("2014-Q4", store)
    digest = sha256((snapshot.folder / "manifest.json").read_bytes())
    for role in roles:
        record_sign_off(snapshot, SignOff(role, f"The {role}", SIGNED, digest))


def _write_page(folder: Path, topic: Topic, headline: str) -> None:
    """The parts of a sealed page that the site reads: ``test_sealed_page`` has a real one."""
    (folder / topic.name / "report.html").write_text("<h1>Report</h1>", encoding="utf-8")
    page = (
        f'<section aria-labelledby="{topic.name}">\n<h2 id="{topic.name}">{topic.title}</h2>\n'
        f'<p class="wb-question">{topic.question}</p>\n'
        f'<p class="wb-headline">{escape(headline)}</p></section>'
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
