"""JupyterLab opens the project's notebooks, with links to those of installed packages."""

from dataclasses import replace

import pytest

from tests.snapshots.example_topic import topic as small_topic
from workbook.cli import lab
from workbook.cli.lab import prepare_notebooks_folder


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Return the folder of notebooks, with a topic from another package registered."""
    notebooks_folder, package = tmp_path / "ours", tmp_path / "package"
    for folder in (notebooks_folder, package):
        folder.mkdir()
    (package / "small.ipynb").write_text("{}")
    monkeypatch.setattr(lab, "resource_folder", lambda _: notebooks_folder)
    monkeypatch.setattr("workbook.topic.resource_folder", lambda *_: package)
    topics = {"small": replace(small_topic, package="vouchers"), "bundled": small_topic}
    monkeypatch.setattr(lab, "TOPICS", topics)
    return notebooks_folder


def test_a_notebook_of_another_package_is_linked(notebooks, tmp_path):
    assert prepare_notebooks_folder() == notebooks
    [link] = (notebooks / "installed").iterdir()
    assert link.resolve() == tmp_path / "package" / "small.ipynb"
    prepare_notebooks_folder()
    assert list((notebooks / "installed").iterdir()) == [link]


def test_a_link_to_an_uninstalled_package_is_removed(notebooks, tmp_path, monkeypatch):
    prepare_notebooks_folder()
    (tmp_path / "package" / "small.ipynb").unlink()
    monkeypatch.setattr(lab, "TOPICS", {})
    prepare_notebooks_folder()
    assert list(notebooks.iterdir()) == []


def test_other_files_in_the_folder_are_kept(notebooks, monkeypatch):
    (notebooks / "installed").mkdir()
    (notebooks / "installed" / "small.ipynb").write_text("mine")
    prepare_notebooks_folder()
    monkeypatch.setattr(lab, "TOPICS", {})
    prepare_notebooks_folder()
    assert (notebooks / "installed" / "small.ipynb").read_text() == "mine"


def test_no_folder_is_made_without_other_packages(notebooks, monkeypatch):
    monkeypatch.setattr(lab, "TOPICS", {"bundled": small_topic})
    prepare_notebooks_folder()
    assert list(notebooks.iterdir()) == []


def test_a_notebook_is_copied_where_links_are_not_allowed(notebooks, monkeypatch):
    def deny_permission(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.symlink_to", deny_permission)
    prepare_notebooks_folder()
    assert (notebooks / "installed" / "small.ipynb").read_text() == "{}"


def test_a_folder_that_cannot_be_written_is_reported(notebooks, monkeypatch, capsys):
    def deny_permission(*_, **__):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.mkdir", deny_permission)
    assert prepare_notebooks_folder() == notebooks
    assert "cannot be written. Other notebooks: " in capsys.readouterr().err
