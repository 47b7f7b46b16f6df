"""Baselines: Voilà with default settings, and a chart that is rebuilt at every change."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.browser.server import free_port, run_server, wait_for_answer

JUPYTERCHART_CELL = """
import altair as alt
import ipywidgets
from workbook.charts.theme import CHART_THEME
from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.charts import exclusion_path

alt.JupyterChart.enable_offline()
tables = topic.load_tables(topic.Scenario())

def build_chart(starts):
    outcome = topic.evaluate_model(tables, topic.Scenario(programme_starts=starts))
    figure = exclusion_path.draw_exclusion_path(outcome)
    chart = exclusion_path._build_template.__wrapped__().chart  # layers rebuilt by Altair
    chart.title, chart.config = figure.title, CHART_THEME
    chart.datasets = alt.Datasets(**figure.dataset_rows)
    return chart.properties(width=720, height=320)

starts = ipywidgets.BoundedIntText(value=300_000, min=0, max=10_000_000, step=10_000)
chart = alt.JupyterChart(build_chart(300_000), embed_options={"renderer": "svg", "actions": False})

def rebuild(change):
    chart.chart = build_chart(change["new"])

starts.observe(rebuild, "value")
display(starts, chart)
"""
"""The same chart, rebuilt by Altair and redrawn by Vega at every change."""


@contextlib.contextmanager
def serve_with_voila(notebook: Path) -> Iterator[str]:
    """Serve a notebook with Voilà's default settings; yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    with run_server(command, f"http://localhost:{port}"):
        yield wait_for_answer(f"http://localhost:{port}/voila/static/voila.js").partition("voila/")[
            0
        ]


def write_jupyterchart_notebook(folder: Path) -> Path:
    """Write a notebook with a number box and a JupyterChart that is rebuilt at each change."""
    notebook = new_notebook(cells=[new_code_cell(JUPYTERCHART_CELL)])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    path = folder / "jupyterchart.ipynb"
    nbformat.write(notebook, path)
    return path
