"""Verify an executed notebook.

Papermill records cells as completed that never ran, if the kernel was killed or a cell called
``sys.exit``. So every code cell must have run without an error, and the last one must show the
outcome that the model gives for the same scenario.
"""

import json
from typing import Any

from nbformat import NotebookNode

from workbook.outcome import OUTCOME_MEDIA_TYPE, Outcome
from workbook.snapshots.errors import RunFailedError
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.notebook import locate_cell

OutcomeRecord = dict[str, Any]


def verify_notebook(notebook: NotebookNode, run: TopicRun, outcome: Outcome) -> None:
    """Check that every cell ran and that the notebook shows the model's outcome.

    Args:
        notebook: The executed notebook.
        run: The topic and scenario that it was run with.
        outcome: The model's outcome for the same scenario.

    Raises:
        RunFailedError: With the cell that did not run, failed or shows another outcome.
    """
    last = None
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        last = index
        if cell_error := _cell_error_message(cell):
            raise RunFailedError(run.topic.name, cell_error, locate_cell(notebook, index))
    if last is None:
        raise RunFailedError(run.topic.name, "its notebook has no code")
    if cell_error := _describe_difference(_shown_record(notebook.cells[last]), outcome):
        raise RunFailedError(run.topic.name, cell_error, locate_cell(notebook, last))


def _cell_error_message(cell: NotebookNode) -> str:
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename} {output.evalue}".strip() + " stopped the notebook"
    return "" if cell.execution_count is not None else "it was not run"


def _shown_record(cell: NotebookNode) -> OutcomeRecord | None:
    latest_record = None
    for output in cell.outputs:
        latest_record = output.get("data", {}).get(OUTCOME_MEDIA_TYPE, latest_record)
    return latest_record


def _describe_difference(shown: OutcomeRecord | None, outcome: Outcome) -> str:
    """Describe the first difference between the notebook's record and the model; empty if none."""
    expected_record = json.loads(json.dumps(outcome.as_dict(), allow_nan=False))
    if shown is None:
        return "the notebook's last cell does not show the outcome"
    if shown == expected_record:
        return ""
    try:
        shown_values = _flatten_record(shown)
    except (AttributeError, KeyError, TypeError):
        return "the notebook's last cell shows something other than an outcome"
    for name, value in _flatten_record(expected_record).items():
        if shown_values.get(name) != value:
            return (
                f"the model gives {value!r} for {name}, but the notebook shows"
                f" {shown_values.get(name)!r}"
            )
    return "the notebook's outcome has more entries than the model's"


def _flatten_record(record: OutcomeRecord) -> dict[str, object]:
    """Values of an outcome's record by name: parameters, indicators, headline and tables."""
    values = dict(record["parameters"])
    for indicator in record["indicators"]:
        name = indicator["name"]
        values |= {
            name if part == "value" else f"{name} ({part})": indicator[part] for part in indicator
        }
    return values | {name: record[name] for name in ("quarter", "headline", "tables")}
