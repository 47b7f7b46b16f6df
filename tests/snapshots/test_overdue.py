"""A snapshot with inputs past their review date needs a reason, and keeps it."""

import json
from dataclasses import replace

import pytest

from tests.snapshots.example_topic import (
    DISPLAY_CELL,
    DOUBLE_CELL,
    QUARTER,
    People,
    evaluate_people,
    topic,
    write_notebook,
)
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot

EXPIRED = "The rates were due for review by 1 May 2014."
REASON = "The review is <late>"


def evaluate_with_expired_rates(tables, scenario):
    """The example's outcome, with one input past its review date."""
    return replace(evaluate_people(tables, scenario), overdue_inputs=(EXPIRED,))


def prepare_overdue_snapshot(folder, reason=""):
    """Check a request for a snapshot of the topic with expired rates."""
    write_notebook(folder, DOUBLE_CELL, DISPLAY_CELL)
    overdue_topic = replace(topic, model=evaluate_with_expired_rates)
    return prepare_snapshot(
        QUARTER, [(overdue_topic, People())], folder / "store", folder, overdue_reason=reason
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_overdue_inputs_without_a_reason_are_rejected(tmp_path, reason):
    with pytest.raises(ValueError, match="--overdue REASON") as error:
        prepare_overdue_snapshot(tmp_path, reason)
    assert f"Small: {EXPIRED}" in str(error.value)
    assert not (tmp_path / "store").exists()


def test_the_reason_is_kept_in_the_manifest_and_on_the_page(tmp_path):
    folder = make_snapshot(prepare_overdue_snapshot(tmp_path, REASON))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["overdue"] == {"reason": REASON, "inputs": {"small": [EXPIRED]}}
    page = (folder / "index.html").read_text()
    assert f"Used after the review date: {EXPIRED} Reason: The review is &lt;late&gt;" in page


def test_a_reason_is_not_needed_where_nothing_is_overdue(tmp_path):
    write_notebook(tmp_path, DOUBLE_CELL, DISPLAY_CELL)
    job = prepare_snapshot(QUARTER, [(topic, People())], tmp_path / "store", tmp_path)
    folder = make_snapshot(job)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["overdue"] == {"reason": "", "inputs": {}}
    assert "Used after the review date" not in (folder / "index.html").read_text()
