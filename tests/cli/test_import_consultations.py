"""Published lists of consultations through ``check`` and ``import``."""

import json

import pytest

from tests.importers.published.test_govuk_consultations import build_item
from workbook.cli import main
from workbook.exports.datapackage import build_datapackage
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.registry import TABLE_SCHEMAS

CLOSED = build_item("closed_consultation")
ANSWERED = build_item("consultation_outcome", public_feedback_publication_date="2014-09-01")
OTHER = build_item(top={"content_id": "c2", "title": "Nets"})


@pytest.fixture(autouse=True)
def _table(monkeypatch):
    monkeypatch.setitem(TABLE_SCHEMAS, consultations_schema.name, consultations_schema)


@pytest.fixture
def run_command(tmp_path, monkeypatch, capsys):
    """Run a command in an empty folder; returns its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(list(arguments))
        return stopped.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def write_items(tmp_path):
    """Write content items to a file of that name."""
    return lambda name, *items: (tmp_path / name).write_text(json.dumps(items))


@pytest.fixture
def data_folder(tmp_path, run_command, write_items):
    """Return a data folder with one closed consultation."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_items("first.json", CLOSED)
    target = "data/consultations.csv"
    assert run_command("import", "first.json", "--as", "consultations", "-o", target)[0] == 0
    (folder / "datapackage.json").write_text(build_datapackage([consultations_schema], folder))
    return folder


def test_a_file_of_content_items_is_checked(run_command, write_items):
    write_items("items.json", CLOSED, OTHER)
    status, output, errors = run_command("check", "items.json", "--table", "consultations")
    assert (status, errors) == (0, "")
    assert output == "consultations: 2 rows, 0 errors and 0 warnings\n"


def test_another_type_of_content_is_rejected_in_one_sentence(run_command, write_items):
    write_items("items.json", CLOSED, build_item("guidance"))
    status, _, errors = run_command("check", "items.json", "--table", "consultations")
    assert status == 2
    assert errors == (
        'items.json is not a valid consultations table: row 3, column document_type: "guidance" is'
        " another type of content than a consultation: take the item out of the file.\n"
    )


def test_broken_json_is_rejected_with_line_and_column(run_command, tmp_path):
    (tmp_path / "items.json").write_text('[{"content_id": "c1",\n  "title" "Wood fires"}]')
    status, _, errors = run_command("check", "items.json", "--table", "consultations")
    assert status == 2
    assert errors == (
        "items.json: the file is not valid JSON: in line 2, column 11, a colon is missing after a"
        " name.\n"
    )


def test_the_converted_file_is_valid_and_names_its_source(run_command, write_items, tmp_path):
    write_items("items.json", CLOSED, OTHER)
    command = ["import", "items.json", "--as", "consultations", "-o", "ours.csv"]
    status, output, _ = run_command(*command)
    assert status == 0
    assert output.endswith("Written: ours.csv (2 rows)\n")
    report = consultations_schema.check_csv((tmp_path / "ours.csv").read_bytes())
    assert (report.errors, report.warnings) == ((), ())
    assert report.frame["source"].str.match(r"items\.json, SHA-256 [0-9a-f]{12}$").all()


def test_new_consultations_are_added_to_a_folder_without_a_reason(
    run_command, write_items, data_folder
):
    write_items("more.json", OTHER)
    command = ["import", "more.json", "--as", "consultations", "--into", "data"]
    status, output, errors = run_command(*command)
    assert (status, errors) == (0, "")
    assert output.endswith("New rows: 1 (c2)\n")
    frame = consultations_schema.load_table("2014-Q2", data_folder)
    assert frame["title"].tolist() == ["Wood fires", "Nets"]


def test_an_answer_since_then_needs_a_reason(run_command, write_items, data_folder):
    write_items("later.json", ANSWERED)
    command = ["import", "later.json", "--as", "consultations", "--into", "data"]
    before = (data_folder / "consultations.csv").read_bytes()
    status, output, errors = run_command(*command)
    assert status == 2
    assert "  c1: feedback_published blank → 2014-09-01\n" in output
    assert errors == (
        "later.json changes published rows of consultations: give a reason with --revise REASON."
        " Nothing was written.\n"
    )
    assert (data_folder / "consultations.csv").read_bytes() == before
    assert run_command(*command, "--revise", "Feedback is published")[0] == 0
    frame = consultations_schema.load_table("2014-Q2", data_folder)
    assert frame[["feedback_published", "answered"]].to_numpy().tolist() == [["2014-09-01", "yes"]]
    assert frame["source"].str.contains("first.json.*; later.json").all()
    record = json.loads((data_folder / "datapackage.json").read_text())
    assert record["resources"][0]["revisions"][0]["reason"] == "Feedback is published"
