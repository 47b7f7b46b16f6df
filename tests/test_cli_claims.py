"""Tests of ``workbook claims``, which recomputes the figures of the published reports."""

import csv
import io
import json
import shutil
from collections import Counter

import pytest

from workbook.cli.main import app
from workbook.resources import resource_folder
from workbook.tables import DATA_PACKAGE_FILE, TableError, sha256
from workbook.topics.registry import TABLE_SCHEMAS


@pytest.fixture
def run_command(capsys):
    """Run a command; returns its exit code and output."""

    def run(*words):
        try:
            app(list(words))
            status = 0
        except SystemExit as stopped:
            status = stopped.code or 0
        return (status, capsys.readouterr().out)

    return run


@pytest.fixture
def change_bundled_table(tmp_path, monkeypatch):
    """Change one of the bundled tables in a copy, with its recorded checksum or without."""
    shutil.copytree(resource_folder("data"), tmp_path / "data")
    monkeypatch.setattr("workbook.tables.resource_folder", lambda *_: tmp_path / "data")

    def change(name, edit, *, recorded=True):
        path = tmp_path / "data" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        path.write_text(_write_rows(edit(rows)), encoding="utf-8", newline="")
        if recorded:
            _update_record(path)

    return change


def _write_rows(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _update_record(path):
    package = json.loads((path.parent / DATA_PACKAGE_FILE).read_text("utf-8"))
    [resource] = [entry for entry in package["resources"] if entry["name"] == path.stem]
    resource["hash"] = f"sha256:{sha256(path.read_bytes())}"
    (path.parent / DATA_PACKAGE_FILE).write_text(json.dumps(package), encoding="utf-8")


def change_cell(key, column, value):
    """Make an edit: another cell in the row of an identifier or a service."""
    return lambda rows: [
        row | {column: value} if key in {row.get("id"), row.get("title")} else row for row in rows
    ]


def remove_column(column):
    """Make an edit: remove a column."""
    return lambda rows: [{k: v for k, v in row.items() if k != column} for row in rows]


def repeat_row(key, **values):
    """Make an edit: repeat a row at the end, with other values."""

    def edit(rows):
        [row, *_] = [row for row in rows if key in {row.get("id"), row.get("title")}]
        return [*rows, row | values]

    return edit


def test_the_json_output_gives_each_claim_with_its_working(run_command):
    status, output = run_command("claims", "--json")
    assert status == 0
    results = {claim_result["id"]: claim_result for claim_result in json.loads(output)}
    names = ["id", "claim", "printed", "computed", "verdict", "kind", "working", "missing"]
    assert all(list(claim_result) == names for claim_result in results.values())
    assert all(
        claim_result["working"] or claim_result["missing"] for claim_result in results.values()
    )
    claim_c70 = results["C70"]
    assert (claim_c70["verdict"], claim_c70["kind"]) == ("not reproduced", "contradicted")
    assert "17,232" in claim_c70["working"]
    assert "13,668" in claim_c70["working"]
    assert "26.1%" in claim_c70["working"]


def test_the_text_output_ends_with_the_number_of_each_finding_and_verdict(run_command):
    status, output = run_command("claims")
    assert status == 0
    assert "July 2014, with all data held to date:" in " ".join(output.split())
    assert "Findings: 4 confirmed by other data, " in " ".join(output.split())
    counts = Counter(
        claim_result["verdict"] for claim_result in json.loads(run_command("claims", "--json")[1])
    )
    reproduced = counts["reproduced"] + counts["reproduced within rounding"]
    assert " ".join(output.split()).endswith(
        f"91 figures: {reproduced} reproduced, one of them within rounding;"
        f" {counts['not reproduced']} not reproduced; {counts['not checkable']} neither, of which"
        " one within revisions."
    )


class TestErrors:
    """An error in a row of a bundled table is reported, and other claims are still checked."""

    INVALID_EDITS = (
        ("report_facts", repeat_row("F56", value="1"), "C70", "id: repeats the id of row"),
        ("report_facts", change_cell("F56", "value", "many"), "C70", "value: "),
        ("report_facts", change_cell("F56", "period", ""), "C70", "period: "),
        ("claims", change_cell("C70", "check", "guess"), "C70", 'check: "guess" must be one of'),
        ("claims", change_cell("C12", "due", ""), "C12", "due: is blank: a plan needs the month"),
        ("claims", change_cell("C43", "note", "{F99}"), "C43", 'note: Unknown figure "F99"'),
        ("claims", change_cell("C70", "formula", "F56 / (F55 - F55)"), "C70", "formula: divides"),
        (
            "claims",
            change_cell("C70", "formula", "F56 / F999"),
            "C70",
            'formula: Unknown figure "F999"',
        ),
        (
            "claims",
            change_cell("C70", "formula", "open(F56)"),
            "C70",
            'formula: contains "open(", a function call',
        ),
        ("claims", change_cell("C70", "printed", "a third"), "C70", "printed: "),
    )

    @pytest.mark.parametrize(("table", "edit", "claim", "message"), INVALID_EDITS)
    def test_an_error_in_a_claim_or_fact_makes_only_its_claims_uncheckable(
        self, run_command, change_bundled_table, table, edit, claim, message
    ):
        before = self.verdicts_by_id(run_command)
        change_bundled_table(table, edit)
        after = self.verdicts_by_id(run_command)
        assert after[claim]["verdict"] == "not checkable"
        assert after[claim]["missing"]
        changed_claims = {claim_id for claim_id in before if before[claim_id] != after[claim_id]}
        assert claim in changed_claims
        assert len(changed_claims) <= 3
        assert self.error_lines(run_command, table, message)

    @pytest.mark.parametrize(
        ("edit", "message"),
        [
            (change_cell("Passports", "phase", "gamma"), 'phase: "gamma" must be one of discovery'),
            (repeat_row("Passports"), "as_of: repeats the as_of and title of row"),
            (repeat_row("Passports", as_of="soon"), 'as_of: "soon" must be'),
        ],
    )
    def test_an_error_in_the_phases_is_reported_and_makes_only_their_claims_uncheckable(
        self, run_command, change_bundled_table, edit, message
    ):
        before = self.verdicts_by_id(run_command)
        change_bundled_table("exemplar_phases", edit)
        after = self.verdicts_by_id(run_command)
        assert self.error_lines(run_command, "exemplar_phases", message)
        changed = [claim_id for claim_id in before if before[claim_id] != after[claim_id]]
        assert 0 < len(changed) < 10
        for claim_id in changed:
            assert after[claim_id]["verdict"] == "not checkable"
            assert "the table exemplar_phases has an error, row " in after[claim_id]["missing"]

    def test_a_missing_column_is_reported_and_other_claims_are_checked(
        self, run_command, change_bundled_table
    ):
        before = self.verdicts_by_id(run_command)
        change_bundled_table("exemplar_phases", remove_column("phase"))
        after = self.verdicts_by_id(run_command)
        assert after["C70"] == before["C70"]
        missing_message = 'the table exemplar_phases has no column "phase"'
        assert any(missing_message in claim_result["missing"] for claim_result in after.values())
        [summary] = self.error_lines(
            run_command, "exemplar_phases", 'required column "phase" is missing'
        )
        assert summary == 'exemplar_phases: required column "phase" is missing'

    @pytest.mark.parametrize("column", ["formula", "id", "wording", "unit"])
    @pytest.mark.parametrize("table", ["claims", "report_facts"])
    def test_a_missing_column_in_the_claims_tables_is_reported(
        self, run_command, change_bundled_table, table, column
    ):
        if column not in TABLE_SCHEMAS[table].schema.columns:
            column = "value"
        change_bundled_table(table, remove_column(column))
        assert self.error_lines(run_command, table, f'required column "{column}" is missing')

    def test_a_table_with_the_wrong_checksum_is_rejected(self, change_bundled_table):
        change_bundled_table("report_facts", change_cell("F56", "value", "1"), recorded=False)
        with pytest.raises(ValueError, match=r"the checksum of report_facts\.csv") as caught:
            app(["claims"], standalone_mode=False)
        assert isinstance(caught.value.__cause__, TableError)

    @staticmethod
    def verdicts_by_id(command):
        status, output = command("claims", "--json")
        assert status == 0
        return {claim_result["id"]: claim_result for claim_result in json.loads(output)}

    @staticmethod
    def error_lines(command, table, message):
        """Return the lines after the verdicts that report this error in a table."""
        status, printed = command("claims")
        assert status == 0
        return [
            line
            for line in printed.splitlines()
            if line.startswith(f"{table}: ") and message in line
        ]
