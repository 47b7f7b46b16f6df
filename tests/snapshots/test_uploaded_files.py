"""A snapshot with an uploaded file keeps the file and contains no local path."""

import json
from urllib.parse import unquote

import pytest

from tests import ROOT
from workbook.resources import resource_folder
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.tables import sha256
from workbook.topics.take_up import topic


@pytest.fixture
def uploaded_file(tmp_path):
    """A copy of the bundled table in another folder."""
    path = tmp_path / "elsewhere" / "July {1} release.csv"
    path.parent.mkdir()
    path.write_bytes((resource_folder("data") / "take_up.csv").read_bytes())
    return path


def take_up_job(tmp_path, **values):
    return prepare_snapshot("2014-Q2", [(topic, topic.Scenario(**values))], tmp_path / "store")


@pytest.mark.slow
def test_an_uploaded_file_is_kept_beside_the_notebook_with_a_relative_path(
    tmp_path, uploaded_file, monkeypatch
):
    monkeypatch.chdir(uploaded_file.parent)
    revision = make_snapshot(take_up_job(tmp_path, data=f"./{uploaded_file.name}"))
    name = f"brought/{uploaded_file.name}"
    content = (revision / "take_up" / name).read_bytes()
    assert content == uploaded_file.read_bytes()
    manifest = json.loads((revision / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["take_up"]["data"] == name
    assert {"name": name, "sha256": sha256(content)} in manifest["tables"]["take_up"]
    assert f"take_up/{name}" in {file["file"] for file in manifest["files"]}
    kept = revision / "inputs" / f"{sha256(content)}.csv"
    assert kept.read_bytes() == content
    for path in revision.rglob("*"):
        if path.is_file() and path.suffix not in {".docx", ".ods", ".xlsx"}:
            text = path.read_text(encoding="utf-8")
            assert str(tmp_path) not in text, path
            assert str(ROOT) not in text, path
    report = (revision / "take_up" / "report.html").read_text("utf-8")
    assert "This scenario cannot be shared as a link" in report
    contents = (revision / "index.html").read_text("utf-8")
    assert f'href="take_up/{name}"' in unquote(contents)


def test_two_uploaded_files_with_the_same_name_are_rejected(tmp_path, uploaded_file):
    other = tmp_path / uploaded_file.name
    other.write_text("service", encoding="utf-8")
    with pytest.raises(ValueError, match="data and kpi_data name two files with the same name"):
        take_up_job(tmp_path, data=str(uploaded_file), kpi_data=str(other))
    assert not (tmp_path / "store").exists()
