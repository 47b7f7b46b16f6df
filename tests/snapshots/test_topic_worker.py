"""What the processes of a snapshot's topics share."""

import nbformat
from nbconvert import HTMLExporter
from papermill.iorw import load_notebook_node

from tests.snapshots.example_topic import write_notebook
from workbook.snapshots.topic_worker import prepare_checks


def test_no_topic_compiles_the_checks_of_its_notebook_again(tmp_path, monkeypatch):
    prepare_checks()
    monkeypatch.setattr("fastjsonschema.compile", None)
    path = write_notebook(tmp_path)
    notebook = load_notebook_node(str(path))
    assert "Small" in HTMLExporter().from_notebook_node(notebook)[0]
    nbformat.write(notebook, path)
