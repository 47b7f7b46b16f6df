"""The rivals: Voilà with its default settings, and a chart that is made anew at every change."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.browser.server import answering, free_port, started

JUPYTERCHART = """
import altair as alt
import ipywidgets
from workbook.topics.digital_inclusion import topic

alt.JupyterChart.enable_offline()
tables = topic.load("2014-Q2")

def drawn(starts):
    path = topic.model(tables, topic.Scenario(programme_starts=starts)).tables["path"]
    last = path.tail(1)
    base = alt.Chart(path).encode(x=alt.X("year:Q", scale=alt.Scale(zero=False)))
    people = alt.Y("people_excluded:Q", title="People")
    return alt.layer(
        base.mark_area(opacity=0.15).encode(y="people_low:Q", y2="people_high:Q"),
        base.mark_line(strokeDash=[2, 3]).encode(y="floor_people:Q"),
        base.mark_line(strokeDash=[6, 4], point=True).encode(y="target_people:Q"),
        base.mark_line(strokeWidth=3, point=True).encode(y=people),
        alt.Chart(last).mark_text(dy=-14).encode(x="year:Q", y=people, text="people_excluded"),
        alt.Chart(last).mark_text(dy=16).encode(x="year", y="target_people", text="target_people"),
    ).properties(width=720, height=320)

starts = ipywidgets.BoundedIntText(value=300_000, min=0, max=10_000_000, step=10_000)
chart = alt.JupyterChart(drawn(300_000), embed_options={"renderer": "svg", "actions": False})

def rebuild(change):
    chart.chart = drawn(change["new"])

starts.observe(rebuild, "value")
display(starts, chart)
"""
"""The path as an analyst would draw it in Altair, made anew at every change."""


@contextlib.contextmanager
def voila(notebook: Path) -> Iterator[str]:
    """A notebook served by Voilà with its default settings; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    with started(command, f"http://localhost:{port}"):
        yield answering(f"http://localhost:{port}/voila/static/voila.js").partition("voila/")[0]


def jupyterchart(folder: Path) -> Path:
    """A notebook with one number box and a JupyterChart that is rebuilt when it changes."""
    notebook = new_notebook(cells=[new_code_cell(JUPYTERCHART)])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    path = folder / "jupyterchart.ipynb"
    nbformat.write(notebook, path)
    return path
