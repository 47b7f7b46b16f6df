"""A notebook rejects what papermill sets and what is no parameter."""

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError
from papermill.translators import PythonTranslator

from tests import ROOT
from workbook.scenario import Scenario, ScenarioError, parameter
from workbook.scenario.injected_cell import injected_values


class Visits(Scenario):
    """One parameter, which had another name."""

    visits: int = parameter(
        100,
        label="Visits",
        unit="count",
        meaning="Visits a year.",
        bounds=(0, 1000),
        former_names=("calls",),
    )


def notebook_names(*cells):
    """The variables of a notebook in which these cells were run."""
    names = {}
    for cell in cells:
        exec(cell, names)
    return names | {"In": ["", *cells]}


def injected_cell(**values):
    return PythonTranslator.codify(values, "Parameters")


def test_what_papermill_sets_is_found():
    cell = injected_cell(visits=5, colour="red", depth=None)
    names = notebook_names(Visits.to_cell(), cell, "import math\nother = 3")
    assert injected_values(names) == {"visits": 5, "colour": "red", "depth": None}


@pytest.mark.parametrize(
    "cell",
    ["", "# Parameters", "colour = 3", "# Parameters\nimport math", "# Parameters\n%time x = 3"],
)
def test_another_cell_sets_no_parameters(cell):
    assert injected_values({"In": ["", cell], "colour": 3}) == {}
    assert injected_values({"colour": 3}) == {}


def test_an_unknown_parameter_is_rejected_with_a_suggestion():
    names = notebook_names(Visits.to_cell(), injected_cell(visit=5))
    with pytest.raises(ScenarioError, match=r'"?visit"?.* Did you mean "?visits"?'):
        Visits.from_cell(names)


def test_a_former_name_sets_the_parameter():
    names = notebook_names(Visits.to_cell(), injected_cell(calls=5))
    assert Visits.from_cell(names) == Visits(visits=5)


def test_variables_of_other_cells_are_no_parameters():
    names = notebook_names(Visits.to_cell(), injected_cell(visits=7), "colour = 'red'")
    assert Visits.from_cell(names) == Visits(visits=7)


@pytest.mark.slow
def test_a_misspelt_parameter_stops_a_notebook_of_ours(tmp_path):
    notebook = ROOT / "notebooks" / "digital_inclusion.ipynb"
    with pytest.raises(PapermillExecutionError, match="programme_starts"):
        papermill.execute_notebook(
            notebook,
            tmp_path / "out.ipynb",
            {"programme_stars": 0},
            progress_bar=False,
            cwd=tmp_path,
            kernel_name="python3",
        )
