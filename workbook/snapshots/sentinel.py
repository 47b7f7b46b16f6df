"""Whether an executed notebook can be believed.

Papermill's own record says "completed" of cells that were never run, when a kernel was killed or a
cell has called ``sys.exit``. So every code cell must have been run, none may show an error, and the
last one must show the outcome that the model gives for the same scenario.
"""

import json
from typing import Any

from nbformat import NotebookNode

from workbook.outcome import RECORD, Outcome
from workbook.snapshots.failure import RunFailedError
from workbook.snapshots.notebook import place
from workbook.snapshots.request import Run

Record = dict[str, Any]


def check(notebook: NotebookNode, run: Run, outcome: Outcome) -> None:
    """Raise RunFailedError where a cell was not run, failed, or the outcome is not the model's."""
    last = None
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        last = index
        if fault := _fault(cell):
            raise RunFailedError(run.topic.name, fault, place(notebook, index))
    if last is None:
        raise RunFailedError(run.topic.name, "its notebook has no code to run")
    if fault := _difference(_shown(notebook.cells[last]), outcome):
        raise RunFailedError(run.topic.name, fault, place(notebook, last))


def _fault(cell: NotebookNode) -> str:
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename} {output.evalue}".strip() + " ended the notebook before its end"
    return "" if cell.execution_count is not None else "it was never run"


def _shown(cell: NotebookNode) -> Record | None:
    found = None
    for output in cell.outputs:
        found = output.get("data", {}).get(RECORD, found)
    return found


def _difference(shown: Record | None, outcome: Outcome) -> str:
    """What the record shows otherwise than the model, in words; empty where they agree."""
    wanted = json.loads(json.dumps(outcome.as_dict(), allow_nan=False))
    if shown is None:
        return "the notebook's last cell must show the outcome, and it does not"
    if shown == wanted:
        return ""
    try:
        found = _flat(shown)
    except (AttributeError, KeyError, TypeError):
        return "what the notebook's last cell shows is no outcome"
    for name, value in _flat(wanted).items():
        if found.get(name) != value:
            return (
                f"the model gives {value!r} for {name}, and the notebook shows {found.get(name)!r}"
            )
    return "the notebook's outcome holds more than the model's"


def _flat(record: Record) -> dict[str, object]:
    """Everything that an outcome's record says, by what it is said of."""
    said = dict(record["parameters"])
    for indicator in record["indicators"]:
        name = indicator["name"]
        said |= {
            name if part == "value" else f"{name} ({part})": indicator[part] for part in indicator
        }
    return said | {name: record[name] for name in ("quarter", "headline", "tables")}
