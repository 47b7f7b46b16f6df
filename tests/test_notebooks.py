"""The notebooks: short, readable, parameterised as declared, and run by papermill."""

import ast
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell
from papermill.exceptions import PapermillExecutionError

from workbook.outcome import OUTCOME_MEDIA_TYPE
from workbook.resources import resource_folder
from workbook.topics.registry import TOPICS

CELLS, LINES, LINES_A_CELL = 12, 60, 10


@pytest.fixture(params=TOPICS)
def topic_name(request: pytest.FixtureRequest) -> str:
    parameter: str = request.param
    return parameter


def code_cells(name: str) -> list[Any]:
    """A topic's notebook's code cells."""
    notebook = nbformat.read(resource_folder("notebooks") / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_parameters_cell_is_the_scenario_s_declaration(topic_name: str) -> None:
    topic = TOPICS[topic_name]
    [source] = [
        cell.source
        for cell in code_cells(topic_name)
        if "parameters" in cell.metadata.get("tags", [])
    ]
    module = topic.Scenario.__module__.removesuffix(".parameters")
    command = f'python -c "from {module} import topic; print(topic.Scenario.to_cell())"'
    remedy = f"copy the output of {command} into the cell tagged parameters of {topic_name}.ipynb"
    assert source.splitlines() == topic.Scenario.to_cell().splitlines(), remedy


def test_it_is_short_and_defines_nothing(topic_name: str) -> None:
    sources = [cell.source for cell in code_cells(topic_name)]
    lines = [len([line for line in source.splitlines() if line.strip()]) for source in sources]
    assert len(sources) <= CELLS
    assert sum(lines) <= LINES
    assert max(lines[1:]) <= LINES_A_CELL  # the first is the parameters, a line for each
    defined = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.AsyncFunctionDef)
    assert not [
        node
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, defined)
    ]


def test_jupyterlab_hides_the_whole_of_a_closed_section_and_the_parameters(topic_name: str) -> None:
    notebook = nbformat.read(resource_folder("notebooks") / f"{topic_name}.ipynb", as_version=4)
    closed = [c for c in notebook.cells if c.metadata.get("jp-MarkdownHeadingCollapsed")]
    # what stands in the heading's own cell stays in sight
    assert not [cell.source for cell in closed if "\n" in cell.source]
    [parameters] = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    assert parameters.metadata["jupyter"] == {"source_hidden": True}


def test_papermill_reads_every_parameter(topic_name: str) -> None:
    path = str(resource_folder("notebooks") / f"{topic_name}.ipynb")
    result = papermill.inspect_notebook(path)
    declared = TOPICS[topic_name].Scenario.parameters()
    assert list(result) == list(declared)
    assert all(result[inferred]["help"] == declared[inferred].label for inferred in result)


@pytest.mark.slow
def test_a_cell_beneath_has_the_outcome_s_tables_as_dataframes(tmp_path: Path) -> None:
    notebook = nbformat.read(resource_folder("notebooks") / "digital_inclusion.ipynb", as_version=4)
    notebook.cells.append(new_code_cell('study.outcome.frame("path").iloc[-1].to_dict()'))
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    parameters = {"programme_starts": 0}
    ran = papermill.execute_notebook(
        tmp_path / "mine.ipynb", tmp_path / "ran.ipynb", parameters, progress_bar=False
    )
    *_, record, mine = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert "'people_excluded': 6200000.0" in mine.outputs[0]["data"]["text/plain"]
    message = record.outputs[0]["data"][OUTCOME_MEDIA_TYPE]
    assert message["parameters"]["programme_starts"] == 0
    assert message == TOPICS["digital_inclusion"].run(programme_starts=0).as_dict()


@pytest.mark.slow
def test_a_bad_value_is_refused_by_the_first_cell(tmp_path: Path) -> None:
    path, ran = resource_folder("notebooks") / "digital_inclusion.ipynb", tmp_path / "ran.ipynb"
    with pytest.raises(PapermillExecutionError, match="programme_starts is -1") as failed:
        papermill.execute_notebook(path, ran, {"programme_starts": -1}, progress_bar=False)
    assert failed.value.exec_count == 3  # the parameters, what papermill put in, the first cell
    assert "it must be a whole number from 0 to 10,000,000" in failed.value.evalue
