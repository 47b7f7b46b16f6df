"""A failed run reports one sentence and leaves the archive unchanged."""

from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from tests.snapshots.example_topic import DISPLAY_CELL, DOUBLE_CELL, QUARTER, snapshot_job, topic
from workbook.snapshots.archive import SnapshotFailedError
from workbook.snapshots.snapshot import make_snapshot

KILLED = "import os\nos.kill(os.getpid(), 9)"
pytestmark = pytest.mark.slow

IMPORT = DISPLAY_CELL.splitlines()[0]
WRONG = DISPLAY_CELL.replace("float(doubled)", "doubled + 1.0")
TOO_LONG = "a cell that takes too long"
FAULTS = {
    "a cell that fails": (
        [DOUBLE_CELL, "# dividing\n1 / 0", DISPLAY_CELL],
        "cell 4 (# dividing): ZeroDivisionError: division by zero",
    ),
    "a kernel that is killed": (
        [KILLED, DOUBLE_CELL, DISPLAY_CELL],
        "cell 3 (import os): its kernel stopped before the cell had finished",
    ),
    "sys.exit(0)": (
        [DOUBLE_CELL, "import sys; sys.exit(0)", DISPLAY_CELL],
        "cell 4 (import sys; sys.exit(0)): SystemExit 0 stopped the notebook",
    ),
    TOO_LONG: (
        [DOUBLE_CELL, "import time; time.sleep(60)", DISPLAY_CELL],
        "cell 4 (import time; time.sleep(60)): it did not finish within 5 seconds",
    ),
    "an outcome that is not the model's": (
        [DOUBLE_CELL, WRONG],
        f"cell 4 ({IMPORT}): the model gives 6.0 for doubled, but the notebook shows 7.0",
    ),
    "no outcome at the end": (
        [DOUBLE_CELL, DISPLAY_CELL, "doubled"],
        "cell 5 (doubled): the notebook's last cell does not show the outcome",
    ),
}


def archive_contents(folder: Path) -> dict[str, bytes]:
    """Contents of every file of the archive, except failed runs."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".failed" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def archive(tmp_path):
    """An archive with an earlier quarter."""
    earlier = tmp_path / "store" / "2014-Q1" / "r1" / "manifest.json"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("{}")
    return tmp_path / "store"


def assert_snapshot_fails(request, timeout=600) -> SnapshotFailedError:
    """Check that the snapshot fails and leaves the archive unchanged; return the error."""
    before = archive_contents(request.store)
    with pytest.raises(SnapshotFailedError) as failed:
        make_snapshot(request, timeout)
    assert archive_contents(request.store) == before
    assert {path.name for path in request.store.iterdir()} == {"2014-Q1", ".failed"}
    return failed.value


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_run_reports_the_cell_and_the_cause(archive, fault):
    cells, sentence = FAULTS[fault]
    timeout = 5 if fault == TOO_LONG else 600
    failed = assert_snapshot_fails(snapshot_job(archive.parent, cells), timeout)
    assert str(failed) == f"small failed in {sentence}. The unfinished files are in {failed.kept}"
    [kept] = (archive / ".failed").iterdir()
    assert kept == failed.kept
    assert kept.name.startswith(f"{QUARTER}-2")
    assert (
        (kept / "cause.txt").read_text(encoding="utf-8").startswith(f"small failed in {sentence}")
    )
    assert (kept / "small" / "notebook.ipynb").is_file()


def test_a_chart_that_cannot_be_drawn_fails_the_run(archive):
    elsewhere = alt.Chart("https://example.org/a.csv").mark_point().encode(x="a:Q")
    failed = assert_snapshot_fails(
        snapshot_job(
            archive.parent, topic_to_run=replace(topic, charts={"far": lambda _: elsewhere})
        )
    )
    assert "small failed: the chart far cannot be drawn: Vega-Lite to SVG conversion" in str(failed)


def test_a_model_that_fails_outside_the_notebook_fails_the_run(archive):
    def failing_model(*_):
        raise KeyError("people")

    failed = assert_snapshot_fails(
        snapshot_job(archive.parent, topic_to_run=replace(topic, model=failing_model))
    )
    assert "small failed: the model or its charts: KeyError: 'people'" in str(failed)
    assert "in failing_model" in (failed.kept / "cause.txt").read_text(encoding="utf-8")


def test_a_full_disk_fails_the_run(archive, monkeypatch):
    def raise_disk_full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbook.snapshots.outputs.render_report", raise_disk_full)
    failed = str(assert_snapshot_fails(snapshot_job(archive.parent)))
    assert failed.startswith(
        "2014-Q2 could not be written: no space left on device. The unfinished"
    )
