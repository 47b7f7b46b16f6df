"""Example topic with a notebook that tests run, break, delay and kill."""

from collections.abc import Sequence
from pathlib import Path

import altair as alt
import nbformat
import pandas as pd

from workbook.charts.figure import make_figure
from workbook.indicators import IndicatorDefinition, build_indicators
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.scenario import Scenario, parameter
from workbook.snapshots.jobs import SnapshotJob, prepare_snapshot
from workbook.topic import Topic

QUARTER = "2014-Q2"
DOUBLED = IndicatorDefinition("doubled", "Twice as many", "people")
PATH_COLUMNS = {"year": Column("Year"), "people": Column("People", "people")}
DOUBLE_CELL = "doubled = people * 2"
DISPLAY_CELL = """from IPython.display import display
record = {
    "quarter": quarter,
    "parameters": {"quarter": quarter, "department": "", "people": people},
    "headline": f"{people} people.",
    "indicators": [
        {"name": "doubled", "label": "Twice as many", "value": float(doubled), "unit": "people",
         "low": None, "high": None, "reason": ""},
    ],
    "tables": ["path"],
}
bundle = {"application/vnd.workbook.outcome+json": record, "text/html": "<p>The outcome.</p>"}
display(bundle, raw=True)"""


class People(Scenario):
    """One parameter."""

    people: int = parameter(
        3, label="People", unit="people", meaning="How many there are.", bounds=(0, 100)
    )


def evaluate_people(_, scenario):
    """Twice as many people."""
    path = pd.DataFrame({"year": [2014, 2015], "people": [scenario.people, 0]})
    return Outcome(
        scenario,
        f"{scenario.people} people.",
        build_indicators((DOUBLED,), {"doubled": float(scenario.people * 2)}),
        (ResultTable("path", "People by year", path, PATH_COLUMNS),),
    )


def draw_path(outcome):
    """People by year."""
    base = alt.Chart(outcome.frame("path")).mark_line().encode(x="year:Q", y="people:Q")
    return make_figure(base, title="People go", subtitle="Number", description="To none.")


topic = Topic(
    "small",
    "Small",
    "How many is twice as many?",
    People,
    evaluate_people,
    {"path": draw_path},
    indicators=(DOUBLED,),
)


def write_notebook(
    folder: Path, *cells: str, parameters: str = "quarter: str = '2014-Q2'\npeople: int = 3"
) -> Path:
    """Write a notebook of the topic: its title, parameters, then these code cells."""
    first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    rest = [nbformat.v4.new_code_cell(cell) for cell in cells]
    title = nbformat.v4.new_markdown_cell("# Small\n\nHow many?")
    notebook_node = nbformat.v4.new_notebook(cells=[title, first, *rest])
    nbformat.write(notebook_node, folder / "small.ipynb")
    return folder / "small.ipynb"


def snapshot_job(
    folder: Path,
    cells: Sequence[str] = (DOUBLE_CELL, DISPLAY_CELL),
    topic_to_run: Topic = topic,
    people: int = 3,
) -> SnapshotJob:
    """A request for a snapshot into ``folder/store`` with a notebook of these cells."""
    write_notebook(folder, *cells)
    return prepare_snapshot(
        QUARTER, [(topic_to_run, People(people=people))], folder / "store", folder
    )
