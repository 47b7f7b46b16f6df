"""Check of published figures: verdicts by wording, and rows with errors."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.claims.check import claim_issues, verify_claims
from workbook.claims.figures import NamedFigure
from workbook.tables import TableIssue

FACTS = {
    "F01": NamedFigure("F01", "One", 100.0, "count"),
    "F02": NamedFigure("F02", "Two", 36.0, "count", "over"),
    "F03": NamedFigure("F03", "Three", None, "count", reason="F03 has two values"),
}
ROW = {
    "id": "C01",
    "section": "Foreword",
    "claim": "Something",
    "printed_as": "100",
    "printed": 100.0,
    "unit": "count",
    "wording": "exactly",
    "precision": 1.0,
    "formula": "F01",
    "missing": None,
}


def check_claims(*rows):
    """Checked claims: for each row the valid example with changed cells."""
    frame = pd.DataFrame(
        [ROW | {"id": f"C{number:02d}"} | row for number, row in enumerate(rows, 1)]
    )
    return verify_claims(frame, FACTS)


def verdict_on(**row):
    return check_claims(row)[0].verdict


class TestWording:
    @pytest.mark.parametrize(
        ("wording", "printed", "precision", "result"),
        [
            ("exactly", 100, 1, "reproduced"),
            ("exactly", 100.4, 1, "reproduced within rounding"),
            ("exactly", 99.5, 1, "reproduced within rounding"),
            ("exactly", 100.6, 1, "not reproduced"),
            ("about", 100, 10, "reproduced"),
            ("about", 110, 10, "reproduced within rounding"),
            ("about", 111, 10, "not reproduced"),
            ("over", 99, 10, "reproduced"),
            ("over", 100, 10, "not reproduced"),
            ("over", 101, 10, "not reproduced"),
            ("over", 90, 10, "not reproduced"),
            ("fewer than", 101, 10, "reproduced"),
            ("fewer than", 100, 10, "not reproduced"),
            ("fewer than", 110, 10, "not reproduced"),
        ],
    )
    def test_the_tolerance_depends_on_the_wording_and_the_precision(
        self, wording, printed, precision, result
    ):
        assert verdict_on(wording=wording, printed=printed, precision=precision) == result

    def test_a_figure_quoted_from_a_report_must_be_equal(self):
        over = {"formula": "F02", "wording": "over", "precision": 10.0}
        assert verdict_on(**over, printed=36) == "reproduced"
        assert verdict_on(**over, printed=35) == "not reproduced"
        assert verdict_on(**over | {"formula": "F02 + 0"}, printed=35) == "reproduced"

    @given(st.floats(-1e9, 1e9), st.floats(0.001, 1e6))
    def test_a_figure_cannot_be_reproduced_as_over_and_as_fewer_than(self, printed, precision):
        verdicts = [
            verdict_on(printed=printed, precision=precision, wording=w)
            for w in ("over", "fewer than")
        ]
        assert "not reproduced" in verdicts


class TestNotCheckable:
    def test_a_claim_without_a_formula_names_the_missing_data(self):
        (actual,) = check_claims({"formula": None, "missing": "the list"})
        assert (actual.verdict, actual.missing, actual.computed) == (
            "not checkable",
            "the list",
            None,
        )
        assert actual.issue is None

    def test_a_fact_with_two_values_is_named_and_other_claims_are_checked(self):
        first, second = check_claims({"formula": "F03 + F01"}, {})
        assert (first.verdict, first.missing) == ("not checkable", "F03 has two values")
        assert second.verdict == "reproduced"


class TestRowsWithErrors:
    @pytest.mark.parametrize(
        ("row", "column", "value", "message"),
        [
            ({"formula": "F9"}, "formula", "F9", 'Unknown figure "F9"'),
            (
                {"formula": "F01 / (F01 - 100)"},
                "formula",
                "F01 / (F01 - 100)",
                "divides 100 by zero",
            ),
            ({"formula": "open(F01)"}, "formula", "open(F01)", 'contains "open(", a function call'),
            ({"formula": "F01 ** F01 ** F01"}, "formula", "F01 ** F01 ** F01", "raises 100 to the"),
            ({"formula": "F03 +"}, "formula", "F03 +", "is not a valid formula"),
            ({"formula": None}, "formula", None, "is blank"),
            ({"printed": None}, "printed", None, "is blank or not a number"),
            ({"precision": 0.0}, "precision", "0.0", "must be above 0"),
        ],
    )
    def test_an_error_is_reported_at_its_row_and_other_claims_are_checked(
        self, row, column, value, message
    ):
        actual = check_claims({}, row, {})
        (issue,) = claim_issues(actual)
        assert (issue.row, issue.column, issue.value) == (
            3,
            column,
            value or ("nan" if column == "printed" else None),
        )
        assert issue.message.startswith(message)
        assert [checked_claim.verdict for checked_claim in actual] == [
            "reproduced",
            "not checkable",
            "reproduced",
        ]
        assert actual[1].missing == str(issue)


def test_only_rows_with_errors_have_issues():
    assert claim_issues(check_claims({}, {"formula": None, "missing": "a list"})) == ()
    assert isinstance(claim_issues(check_claims({"formula": "F9"}))[0], TableIssue)


def test_an_unknown_wording_is_an_error_and_other_claims_are_checked():
    actual = check_claims({}, {"wording": "roughly"}, {})
    assert [checked_claim.verdict for checked_claim in actual] == [
        "reproduced",
        "not checkable",
        "reproduced",
    ]
    (issue,) = claim_issues(actual)
    assert (issue.row, issue.column, issue.value) == (3, "wording", "roughly")
