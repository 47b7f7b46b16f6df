"""``workbook export``: a file in each form, and clear sentences for what is wrong."""

import zipfile
from pathlib import Path

import pytest

from workbook.cli import main

TOPIC = "digital_inclusion"


@pytest.fixture
def run_export(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder; returns its exit status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["export", TOPIC, *arguments])
        return (stopped.value.code, *capsys.readouterr())

    return run


def test_a_document_of_a_changed_scenario_is_written(run_export):
    settings = ("--set", "programme_starts=800000", "--set", "draws=100")
    assert run_export(*settings, "-o", "x.docx", "--link", "https://workbook.example/") == (
        0,
        "Written: x.docx\n",
        "",
    )
    with zipfile.ZipFile("x.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert ">800,000<" in text
    assert "https://workbook.example/" in text


def test_a_scenario_file_is_written_and_can_be_used(run_export):
    assert run_export("--set", "draws=100", "-o", "few.toml")[0] == 0
    assert run_export("--scenario", "few.toml", "-o", "again.toml")[0] == 0
    assert Path("again.toml").read_bytes() == Path("few.toml").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x.odp"], "x.odp cannot be written: its name must end in .xlsx, .ods, .docx"),
        (["-o", "missing/x.docx"], "there is no folder missing"),
        (["-o", "x.docx", "--template", "text.txt"], "text.txt cannot be used as a template"),
        (["-o", "x.zip", "--template", "text.txt"], "takes no template"),
        (["-o", "text.txt"], "must end in"),
        (["-o", "x.docx", "--set", "dropout=2"], "dropout is 2"),
    ],
)
def test_an_invalid_request_writes_nothing(run_export, tmp_path, arguments, message):
    (tmp_path / "text.txt").write_text("text", encoding="utf-8")
    status, output, errors = run_export(*arguments)
    assert (status, output) == (2, "")
    assert message in errors
    assert errors.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def test_an_existing_file_is_kept(run_export, tmp_path):
    (tmp_path / "x.toml").write_text("mine", encoding="utf-8")
    status, _, errors = run_export("-o", "x.toml")
    assert (status, errors) == (
        2,
        "x.toml already exists: delete it, or choose another name.\n",
    )
    assert (tmp_path / "x.toml").read_text(encoding="utf-8") == "mine"
