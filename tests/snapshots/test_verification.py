"""Verification of executed notebooks, independent of what papermill reports."""

import copy
import json

import nbformat
import pytest

from tests.snapshots.example_topic import snapshot_job
from workbook.outcome import OUTCOME_MEDIA_TYPE
from workbook.snapshots.errors import RunFailedError
from workbook.snapshots.verification import verify_notebook

INJECTED = {"tags": ["injected-parameters"], "papermill": {"status": "completed"}}


@pytest.fixture
def topic_run(tmp_path):
    return snapshot_job(tmp_path).runs[0]


@pytest.fixture
def outcome(topic_run):
    return topic_run.topic.evaluate_model({}, topic_run.scenario)


def executed_cell(source="people", count=1, outputs=(), **metadata):
    cell = nbformat.v4.new_code_cell(source, execution_count=count, metadata=metadata)
    cell.outputs = list(outputs)
    return cell


def record_cell(record, count=9):
    """A last cell with this record as its output."""
    output = nbformat.v4.new_output("display_data", data={OUTCOME_MEDIA_TYPE: record})
    return executed_cell("study.outcome", count, [output])


def executed_notebook(*cells):
    title = nbformat.v4.new_markdown_cell("# Small")
    return nbformat.v4.new_notebook(
        cells=[title, executed_cell(), executed_cell("# Parameters", 2, **INJECTED), *cells]
    )


def error_output(name, value):
    return nbformat.v4.new_output("error", ename=name, evalue=value, traceback=[])


def verification_error(notebook, run, outcome):
    with pytest.raises(RunFailedError) as failed:
        verify_notebook(notebook, run, outcome)
    return str(failed.value)


def test_a_notebook_that_shows_the_models_outcome_is_verified(topic_run, outcome):
    record = json.loads(json.dumps(outcome.as_dict()))
    blank = nbformat.v4.new_code_cell("  \n")
    verify_notebook(
        executed_notebook(executed_cell(count=3), blank, record_cell(record)), topic_run, outcome
    )


def test_a_cell_that_was_not_run_is_reported_with_its_number_in_the_original_notebook(
    topic_run, outcome
):
    notebook = executed_notebook(
        executed_cell("\n# Why\nstudy", None, papermill={"status": "completed"})
    )
    assert (
        verification_error(notebook, topic_run, outcome)
        == "small failed in cell 3 (# Why): it was not run"
    )


def test_an_error_output_fails_even_if_it_was_expected(topic_run, outcome):
    notebook = executed_notebook(
        executed_cell("1 / 0", 3, [error_output("ZeroDivisionError", "division by zero")])
    )
    assert "cell 3 (1 / 0): ZeroDivisionError division by zero stopped" in verification_error(
        notebook, topic_run, outcome
    )


def test_the_last_cell_must_show_the_outcome(topic_run, outcome):
    notebook = executed_notebook(record_cell(outcome.as_dict()), executed_cell("study.form", 10))
    assert "cell 4 (study.form): the notebook's last cell does not show" in verification_error(
        notebook, topic_run, outcome
    )


def test_a_notebook_without_code_fails(topic_run, outcome):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Small")])
    assert (
        verification_error(notebook, topic_run, outcome) == "small failed: its notebook has no code"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r["parameters"].update(people=4), "3 for people, but the notebook shows 4"),
        (lambda r: r["indicators"][0].update(value=7), "6.0 for doubled, but the notebook shows 7"),
        (lambda r: r["indicators"][0].update(low=1), "None for doubled (low), but the notebook"),
        (lambda r: r["indicators"].clear(), "'doubled' for doubled (name), but the notebook"),
        (lambda r: r.update(quarter="2013-Q1"), "'2014-Q2' for quarter, but the notebook"),
        (lambda r: r.update(tables=[]), "['path'] for tables, but the notebook shows []"),
        (lambda r: r.update(more=1), "the notebook's outcome has more entries than the model's"),
        (lambda r: r.pop("indicators"), "last cell shows something other than an outcome"),
    ],
    ids=["parameter", "value", "range", "indicators", "quarter", "tables", "more", "shape"],
)
def test_the_message_names_the_difference_from_the_models_outcome(
    topic_run, outcome, change, message
):
    record = copy.deepcopy(json.loads(json.dumps(outcome.as_dict())))
    change(record)
    assert message in verification_error(executed_notebook(record_cell(record)), topic_run, outcome)


@pytest.mark.parametrize("record", [[], "text", {"parameters": 1, "indicators": 2}])
def test_an_invalid_record_fails(topic_run, outcome, record):
    assert "something other than an outcome" in verification_error(
        executed_notebook(record_cell(record)), topic_run, outcome
    )
