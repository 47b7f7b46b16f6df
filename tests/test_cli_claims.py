"""``workbook claims``: every figure of the July 2014 report, recomputed where that can be done."""

import csv
import io
import json
import shutil
from collections import Counter

import pytest

from workbook.cli.main import app
from workbook.resources import folder
from workbook.tables import RECORD, TableError, sha256
from workbook.topics.register import TABLES


@pytest.fixture
def command(capsys):
    """A command's exit status and what it prints."""

    def run(*words):
        try:
            app(list(words))
            status = 0
        except SystemExit as ended:
            status = ended.code or 0
        return (status, capsys.readouterr().out)

    return run


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A folder of held tables of which one can be changed, with the record or without it."""
    shutil.copytree(folder("data"), tmp_path / "data")
    monkeypatch.setattr("workbook.tables.folder", lambda _: tmp_path / "data")

    def change(name, edit, *, recorded=True):
        path = tmp_path / "data" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        path.write_text(_written(edit(rows)), encoding="utf-8", newline="")
        if recorded:
            _record(path)

    return change


def _written(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _record(path):
    package = json.loads((path.parent / RECORD).read_text("utf-8"))
    [resource] = [each for each in package["resources"] if each["name"] == path.stem]
    resource["hash"] = f"sha256:{sha256(path.read_bytes())}"
    (path.parent / RECORD).write_text(json.dumps(package), encoding="utf-8")


def cell(key, column, value):
    """An edit: another cell in the row of an identifier or a service."""
    return lambda rows: [
        row | {column: value} if key in {row.get("id"), row.get("title")} else row for row in rows
    ]


def without(column):
    """An edit: a column gone."""
    return lambda rows: [{k: v for k, v in row.items() if k != column} for row in rows]


def twice(key, **values):
    """An edit: a row once more at the end, with other values."""

    def edit(rows):
        [row, *_] = [row for row in rows if key in {row.get("id"), row.get("title")}]
        return [*rows, row | values]

    return edit


def test_it_gives_each_claim_with_its_working_and_fails_for_none(command):
    status, said = command("claims", "--json")
    assert status == 0
    found = {each["id"]: each for each in json.loads(said)}
    names = ["id", "claim", "printed", "computed", "verdict", "working", "missing"]
    assert all(list(each) == names for each in found.values())
    assert all(each["working"] or each["missing"] for each in found.values())
    third = found["C70"]
    assert third["verdict"] == "not reproduced"
    assert "17,232" in third["working"]
    assert "13,668" in third["working"]
    assert "26.1%" in third["working"]


def test_for_people_it_says_how_many_there_are_of_each_and_finds_no_fault(command):
    status, said = command("claims")
    assert status == 0
    counts = Counter(each["verdict"] for each in json.loads(command("claims", "--json")[1]))
    told = "; ".join(f"{count} {verdict}" for verdict, count in counts.items())
    assert " ".join(said.split()).endswith(f"{told}.")


class TestBad:
    """A held table with a row at fault: told by its row, and the rest is checked."""

    FAULTS = (
        ("report_facts", twice("F56", value="1"), "C70", "id: repeats the key of row"),
        ("report_facts", cell("F56", "value", "many"), "C70", "value: "),
        ("claims", cell("C70", "formula", "F56 / (F55 - F55)"), "C70", "formula: divides"),
        ("claims", cell("C70", "formula", "F56 / F999"), "C70", "formula: 'F999' is not"),
        ("claims", cell("C70", "formula", "open(F56)"), "C70", "formula: 'open' is called"),
        ("claims", cell("C70", "printed", "a third"), "C70", "printed: "),
    )

    @pytest.mark.parametrize(("table", "edit", "claim", "said"), FAULTS)
    def test_a_claim_is_not_checkable_and_every_other_is_as_before(
        self, command, held, table, edit, claim, said
    ):
        before = self.by_id(command)
        held(table, edit)
        after = self.by_id(command)
        assert after[claim]["verdict"] == "not checkable"
        assert after[claim]["missing"]
        resting = {each for each in before if before[each] != after[each]}
        assert claim in resting
        assert len(resting) <= 3
        assert self.faults(command, table, said)

    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            (cell("Passports", "phase", "gamma"), "phase: gamma must be discovery"),
            (twice("Passports"), "as_of: repeats the key of row"),
            (twice("Passports", as_of="soon"), "as_of: soon must be"),
        ],
    )
    def test_a_row_of_the_phases_is_told_and_only_what_rests_on_them_is_not_checkable(
        self, command, held, edit, said
    ):
        before = self.by_id(command)
        held("exemplar_phases", edit)
        after = self.by_id(command)
        assert self.faults(command, "exemplar_phases", said)
        changed = [each for each in before if before[each] != after[each]]
        assert 0 < len(changed) < 10
        for each in changed:
            assert after[each]["verdict"] == "not checkable"
            assert "the table exemplar_phases is at fault, row " in after[each]["missing"]

    def test_a_table_without_a_column_is_told_and_the_rest_is_checked(self, command, held):
        before = self.by_id(command)
        held("exemplar_phases", without("phase"))
        after = self.by_id(command)
        assert after["C70"] == before["C70"]
        lacking = "the table exemplar_phases lacks the column phase"
        assert any(lacking in each["missing"] for each in after.values())
        [told] = self.faults(command, "exemplar_phases", "the column phase is missing")
        assert told == "exemplar_phases, row 1, column phase: the column phase is missing"

    @pytest.mark.parametrize("column", ["formula", "id", "wording", "unit"])
    @pytest.mark.parametrize("table", ["claims", "report_facts"])
    def test_without_any_column_of_its_own_it_still_ends(self, command, held, table, column):
        if column not in TABLES[table].schema.columns:
            column = "value"
        held(table, without(column))
        assert self.faults(command, table, f"the column {column} is missing")

    def test_a_table_that_is_not_as_recorded_is_refused(self, held):
        held("report_facts", cell("F56", "value", "1"), recorded=False)
        with pytest.raises(ValueError, match=r"the hash of report_facts\.csv") as refused:
            app(["claims"], standalone_mode=False)
        assert isinstance(refused.value.__cause__, TableError)

    @staticmethod
    def by_id(command):
        status, said = command("claims", "--json")
        assert status == 0
        return {each["id"]: each for each in json.loads(said)}

    @staticmethod
    def faults(command, table, said):
        """The lines after the verdicts that tell of a table."""
        status, printed = command("claims")
        assert status == 0
        return [
            line for line in printed.splitlines() if line.startswith(f"{table},") and said in line
        ]
