"""A failed run reports one sentence and leaves the archive unchanged."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from tests.snapshots.example_topic import (
    DISPLAY_CELL,
    DOUBLE_CELL,
    QUARTER,
    People,
    snapshot_job,
    topic,
    write_notebook,
)
from workbook.cli.snapshot_scenarios import add_planned_topics
from workbook.kernels.forking import CAN_FORK
from workbook.snapshots.archive import SnapshotFailedError
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.seal import verify_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.snapshot_plan import read_plan
from workbook.snapshots.topic_processes import RunLimits

KILLED = "import os\nos.kill(os.getpid(), 9)"
TEST_PROCESS = "PROCESS_OF_THE_TEST"
"""Variable with the test's own process, which a model here does not end."""
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


def assert_snapshot_fails(request, **limits) -> SnapshotFailedError:
    """Check that the snapshot fails and leaves the archive unchanged; return the error."""
    before = archive_contents(request.store)
    with pytest.raises(SnapshotFailedError) as failed:
        make_snapshot(request, limits=RunLimits(**limits))
    assert archive_contents(request.store) == before
    assert {path.name for path in request.store.iterdir()} == {"2014-Q1", ".failed"}
    return failed.value


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_run_reports_the_cell_and_the_cause(archive, fault):
    cells, sentence = FAULTS[fault]
    limits = {"cell_seconds": 5} if fault == TOO_LONG else {}
    failed = assert_snapshot_fails(snapshot_job(archive.parent, cells), **limits)
    assert str(failed) == f"small failed in {sentence}. The unfinished files are in {failed.kept}"
    [kept] = (archive / ".failed").iterdir()
    assert kept == failed.kept
    assert kept.name.startswith(f"{QUARTER}-2")
    assert (
        (kept / "cause.txt").read_text(encoding="utf-8").startswith(f"small failed in {sentence}")
    )
    assert (kept / "small" / "notebook.ipynb").is_file()


def draw_elsewhere(_):
    """A chart of data that are on another host."""
    return alt.Chart("https://example.org/a.csv").mark_point().encode(x="a:Q")


def test_a_chart_that_cannot_be_drawn_fails_the_run(archive):
    faulty = replace(topic, charts={**topic.charts, "far": draw_elsewhere})
    failed = assert_snapshot_fails(snapshot_job(archive.parent, topic_to_run=faulty))
    assert "small failed: the chart far cannot be drawn: Vega to SVG conversion" in str(failed)


def failing_model(*_):
    raise KeyError("people")


def test_a_model_that_fails_outside_the_notebook_fails_the_run(archive):
    faulty = replace(topic, model=failing_model)
    failed = assert_snapshot_fails(snapshot_job(archive.parent, topic_to_run=faulty))
    assert "small failed: the model or its charts: KeyError: 'people'" in str(failed)
    assert "in failing_model" in (failed.kept / "cause.txt").read_text(encoding="utf-8")


def end_process(*_):
    """End the topic's own process, but not that of the check before the run."""
    if os.environ[TEST_PROCESS] != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    raise KeyError("people")


def test_a_process_that_is_killed_fails_the_run(archive, monkeypatch):
    monkeypatch.setenv(TEST_PROCESS, str(os.getpid()))
    faulty = replace(topic, model=end_process)
    failed = assert_snapshot_fails(snapshot_job(archive.parent, topic_to_run=faulty))
    assert "small failed: its process ended by the signal SIGKILL. The unfinished" in str(failed)


def test_a_topic_that_takes_too_long_is_ended(archive):
    cells = [DOUBLE_CELL, "import time; time.sleep(300)", DISPLAY_CELL]
    failed = assert_snapshot_fails(snapshot_job(archive.parent, cells), topic_seconds=6)
    assert "small failed: it did not finish within 6 seconds. The unfinished" in str(failed)


@pytest.mark.skipif(not CAN_FORK, reason="memory is limited where processes are forked")
def test_a_notebook_that_needs_too_much_memory_fails(archive):
    cells = ["# much\nmuch = bytearray(400_000_000)", DOUBLE_CELL, DISPLAY_CELL]
    failed = assert_snapshot_fails(snapshot_job(archive.parent, cells), megabytes=300)
    assert str(failed).startswith("small failed in cell 3 (# much): MemoryError")


def test_a_topic_that_cannot_be_sent_to_a_process_is_said(archive):
    faulty = replace(topic, charts={"path": lambda outcome: outcome})
    failed = assert_snapshot_fails(snapshot_job(archive.parent, topic_to_run=faulty))
    assert "it cannot be run in a process of its own. Register it, or use functions" in str(failed)


class Other(People):
    """The parameters of another topic."""


def test_one_topic_s_failure_keeps_the_others_for_the_next_try(archive):
    good = replace(topic, name="good", Scenario=Other)
    faulty = replace(topic, model=failing_model)
    (archive.parent / "good.ipynb").write_bytes(
        write_notebook(archive.parent, DOUBLE_CELL, DISPLAY_CELL).read_bytes()
    )

    def job(*topics):
        runs = [(chosen, chosen.Scenario()) for chosen in topics]
        return prepare_snapshot(QUARTER, runs, archive, archive.parent)

    with pytest.raises(SnapshotFailedError) as failed:
        make_snapshot(job(good, faulty))
    assert str(failed.value).endswith("The next run keeps what is finished: good")
    assert read_plan(archive, QUARTER) == {
        chosen.name: chosen.Scenario().values() for chosen in (good, faulty)
    }
    assert {path.name for path in failed.value.kept.iterdir()} == {"small", "cause.txt"}
    notebook = archive / ".unfinished" / QUARTER / "snapshot" / "good" / "notebook.ipynb"
    content = notebook.read_bytes()

    steps = []
    planned = add_planned_topics(
        [(topic, People())], read_plan(archive, QUARTER), {"good": good, "small": topic}
    )
    completed = prepare_snapshot(QUARTER, planned, archive, archive.parent)
    revision = make_snapshot(completed, listener=steps.append)
    assert [step.topic for step in steps if step.step == "kept"] == ["good"]
    assert {step.topic for step in steps if step.step == "started"} == {"small"}
    assert (revision / "good" / "notebook.ipynb").read_bytes() == content
    assert not verify_snapshot(f"{QUARTER}/r1", revision).mismatches
    assert read_plan(archive, QUARTER) == {}
    assert not (archive / ".unfinished").exists()


def test_a_paper_that_cannot_be_written_fails_the_run_after_its_topics(tmp_path, monkeypatch):
    def fail(_):
        raise ValueError("pandoc cannot convert the page")

    monkeypatch.setattr("workbook.snapshots.snapshot.render_record", fail)
    with pytest.raises(SnapshotFailedError, match="pandoc cannot convert the page"):
        make_snapshot(snapshot_job(tmp_path), runner=lambda *_: [])
    assert archive_contents(tmp_path / "store") == {}
