"""The quarter before in the archive: a report says what changed since, and by which cause."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from workbook.periods import shift_quarter
from workbook.snapshots.comparison_folder import comparison_folder
from workbook.snapshots.comparison_narrative import (
    changed_indicators,
    comparison_headline,
    describe_change,
    order_note,
)
from workbook.snapshots.inputs import INPUTS_FOLDER
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.manifest import DRAFT_KEY, MANIFEST_NAME
from workbook.snapshots.page_templates import render_template
from workbook.snapshots.seal import verify_snapshot
from workbook.snapshots.snapshot_comparison import SnapshotComparison, compare_snapshots
from workbook.snapshots.stored_snapshot import StoredSnapshot, list_snapshots, open_snapshot
from workbook.tables import sha256

_MOST_CHANGES: Final = 5
"""Changes that the report tells of. The comparison's page has them all."""

_TRIAL_NAME: Final = "this trial"


class QuarterBefore(NamedTuple):
    """What a report finds of the quarter before."""

    folder: Path | None
    """Folder of the snapshot; None if there is none, or it cannot be used."""
    problem: str = ""
    """Why the snapshot cannot be used, in a sentence without its full stop; empty for no reason."""


def find_quarter_before(quarter: str, store: Path, topic: str) -> QuarterBefore:
    """Find the current snapshot of the quarter before, if it has a topic.

    Args:
        quarter: The quarter.
        store: Folder of the archive.
        topic: Name of the topic.

    Returns:
        The snapshot's folder, or why it cannot be used: it is not as it was sealed.
    """
    name = find_current_revision(shift_quarter(quarter, -1), store)
    if not name:
        return QuarterBefore(None)
    folder = store / name
    if mismatches := verify_snapshot(name, folder).mismatches:
        first = mismatches[0]
        return QuarterBefore(None, f"{name} is not as it was sealed: {first.file} {first.problem}")
    has_topic = topic in open_snapshot(name, store).topics
    return QuarterBefore(folder if has_topic else None)


def find_current_revision(quarter: str, store: Path) -> str:
    """Find a quarter's latest published revision, or its latest revision if none is published.

    Args:
        quarter: The quarter.
        store: Folder of the archive. The manifests of the quarter's revisions are enough.

    Returns:
        Name such as ``2014-Q2/r1``; empty if the archive does not have the quarter.
    """
    revisions = [name for name in list_snapshots(store) if name.startswith(f"{quarter}/")]
    published = [name for name in revisions if _is_published(name, store)]
    return [*revisions, *published][-1] if revisions else ""


def _is_published(name: str, store: Path) -> bool:
    try:
        return bool(open_snapshot(name, store).manifest.get(DRAFT_KEY))
    except ValueError:  # a damaged revision is not published
        return False


def render_changes(run: TopicRun, tables: list[dict[str, str]], folder: Path) -> str:
    """Render what changed since the quarter before, as a section of a report.

    Args:
        run: The report, whose indicators are already written.
        tables: Name and SHA-256 of each table that it read.
        folder: Folder of the unfinished snapshot, which holds them.

    Returns:
        The section; empty for a topic that is no report on the others. Without a snapshot of the
        quarter before it says so, or why that cannot be used.
    """
    if not run.topic.is_document:
        return ""
    quarter = run.scenario.quarter
    values: dict[str, Any] = {
        "quarter_before": shift_quarter(quarter, -1),
        "problem": run.earlier_problem,
    }
    if run.earlier:
        earlier, later = _open_folder(run.earlier), _describe_unfinished(run, tables, folder)
        comparison = compare_snapshots(earlier, later, {run.topic.name: run.topic})
        changes = list(_describe_changes(comparison))
        values |= {
            "earlier": earlier.name,
            "headline": comparison_headline(comparison),
            "sentences": changes[:_MOST_CHANGES],
            "count": len(changes),
            "order": order_note(),
            "address": "" if run.is_trial else _find_address(earlier, later),
        }
    return render_template("report_changes.html.j2", **values)


def _describe_changes(comparison: SnapshotComparison) -> Iterator[str]:
    """A sentence for each change, the largest first: figures of topics before the report's own."""
    changed = changed_indicators(comparison)
    for entry in sorted(changed, key=lambda entry: "." not in entry.later.name):
        title = comparison.topics[0].topic.title
        yield describe_change(comparison, entry).removeprefix(f"{title}: ")


def describe_quarter_before(runs: tuple[TopicRun, ...]) -> dict[str, str] | None:
    """Name the snapshot of the quarter before for the manifest.

    Args:
        runs: The topics.

    Returns:
        Its name, and the SHA-256 of its manifest; None if no report is compared with one.
    """
    folders = [run.earlier for run in runs if run.earlier]
    if not folders:
        return None
    digest = sha256((folders[0] / MANIFEST_NAME).read_bytes())
    return {"snapshot": _open_folder(folders[0]).name, "manifest": digest}


def list_earlier_inputs(run: TopicRun) -> Iterator[Path]:
    """List what a report takes from the quarter before: manifest, figures and tables.

    Args:
        run: The report.

    Yields:
        Files of the snapshot of the quarter before; none if there is none.
    """
    if run.earlier:
        earlier = _open_folder(run.earlier)
        yield earlier.folder / MANIFEST_NAME
        yield earlier.folder / run.topic.name / "indicators.csv"
        yield from map(earlier.input_file, earlier.table_hashes(run.topic.name).values())


def _open_folder(folder: Path) -> StoredSnapshot:
    return open_snapshot(str(folder), folder.parent)


def _describe_unfinished(
    run: TopicRun, tables: list[dict[str, str]], folder: Path
) -> StoredSnapshot:
    """The unfinished snapshot of a report, as a comparison reads it."""
    topic = run.topic.name
    manifest: Mapping[str, Any] = {
        "snapshot": run.snapshot_name,
        "quarter": run.scenario.quarter,
        "parameters": {topic: run.scenario.values()},
        "tables": {topic: tables},
        "files": [
            {"file": f"{INPUTS_FOLDER}/{path.name}", "sha256": path.stem}
            for path in (folder / INPUTS_FOLDER).iterdir()
        ],
    }
    name = _TRIAL_NAME if run.is_trial else run.snapshot_name
    return StoredSnapshot(name, folder, manifest)


def _find_address(earlier: StoredSnapshot, later: StoredSnapshot) -> str:
    """Address of the comparison's page from ``STORE/QUARTER/rN/TOPIC``."""
    return f"{comparison_folder(Path('../../..'), earlier, later).as_posix()}/index.html"
