"""Check of published figures: verdicts by wording, and rows with errors."""

from dataclasses import replace
from typing import ClassVar

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.claims.check import claim_issues, verify_claims
from workbook.claims.figures import NamedFigure
from workbook.tables import TableIssue

FACTS = {
    "F01": NamedFigure("F01", "One", 100.0, "count", printed=True),
    "F02": NamedFigure("F02", "Two", 36.0, "count", "over", printed=True),
    "F03": NamedFigure("F03", "Three", None, "count", reason="F03 has two values"),
    "log.trips": NamedFigure("log.trips", "Trips", 104.0, "count", data="Log of May 2019"),
    "log.later": NamedFigure("log.later", "Trips", 98.0, "count", data="Log of July 2019"),
    "log.none": NamedFigure("log.none", "None", None, "count", reason="the log is not available"),
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
    "check": "figure",
    "formula": "F01",
    "other_formula": None,
    "due": None,
    "missing": None,
    "note": None,
}


def check_claims(*rows, quarter=""):
    """Checked claims: for each row the valid example with changed cells."""
    frame = pd.DataFrame(
        [ROW | {"id": f"C{number:02d}"} | row for number, row in enumerate(rows, 1)]
    )
    return verify_claims(frame, FACTS, quarter)


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
            ("about", 105, 10, "reproduced within rounding"),
            ("about", 106, 10, "not reproduced"),
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
            ({"check": "guess"}, "check", "guess", "must be one of figure, plan, revised data"),
            ({"check": "plan"}, "due", None, "is blank: a plan needs the month"),
            ({"check": "plan", "due": "2014-13"}, "due", "2014-13", "must be a month such as"),
            (
                {"other_formula": "F02"},
                "other_formula",
                "F02",
                'must be blank: a check of "figure" has one formula',
            ),
            ({"check": "open definition"}, "missing", None, "is blank: name what the report"),
            ({"check": "range"}, "other_formula", None, 'is blank: a check of "range" needs two'),
            (
                {"check": "range", "other_formula": "F01 /"},
                "other_formula",
                "F01 /",
                "is not a valid formula",
            ),
            ({"note": "It is {F9}"}, "note", "It is {F9}", 'Unknown figure "F9"'),
            ({"note": "{1 / 0}"}, "note", "{1 / 0}", "divides 1 by zero"),
            ({"early_note": "It is {F9}"}, "early_note", "It is {F9}", 'Unknown figure "F9"'),
            ({"conflict": "It is {F9}"}, "conflict", "It is {F9}", 'Unknown figure "F9"'),
            (
                {"check": "share of a count", "formula": "F01 / 3"},
                "formula",
                "F01 / 3",
                "cannot be tested as a share of a count: share is 100",
            ),
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


class TestKinds:
    """The kind of finding follows from what the formula names and from how it is checked."""

    @pytest.mark.parametrize(
        ("row", "kind", "verdict"),
        [
            ({"formula": "F01"}, "consistent within the report", "reproduced"),
            ({"formula": "F02 + 64"}, "consistent within the report", "reproduced"),
            ({"formula": "F01 + 1"}, "contradicted", "not reproduced"),
            ({"formula": "log.trips - 4"}, "confirmed by other data", "reproduced"),
            (  # a figure of the report itself is one of the inputs
                {"formula": "log.trips - F01 + 96.4"},
                "consistent within the report",
                "reproduced within rounding",
            ),
            ({"formula": "log.trips"}, "contradicted", "not reproduced"),
            ({"formula": "log.none"}, "not checkable", "not checkable"),
        ],
    )
    def test_only_figures_from_outside_the_report_confirm(self, row, kind, verdict):
        (actual,) = check_claims(row)
        assert (actual.kind, actual.verdict) == (kind, verdict)

    def test_the_evidence_names_the_data_from_outside_with_their_date(self):
        (inside, outside) = check_claims({}, {"formula": "log.trips - 4"})
        assert inside.evidence == "One: 100"
        assert outside.evidence == "104 − 4 = 100. Data: Log of May 2019"

    def test_a_kind_that_does_not_exist_is_rejected(self):
        with pytest.raises(ValueError, match='C01: "proven" is not a kind of finding: use one of'):
            replace(check_claims({})[0], kind="proven")

    def test_a_kind_cannot_have_the_verdict_of_another(self):
        with pytest.raises(ValueError, match='"contradicted" cannot be "reproduced"'):
            replace(check_claims({})[0], kind="contradicted")


class TestPlans:
    PLAN: ClassVar = {"check": "plan", "due": "2019-09", "formula": "log.trips", "missing": "trips"}

    @pytest.mark.parametrize(
        ("wording", "printed", "kind"),
        [
            ("exactly", 104, "confirmed by other data"),
            ("exactly", 90, "confirmed by other data"),  # more than planned meets the plan
            ("exactly", 105, "plan not met"),
            ("over", 103, "confirmed by other data"),
            ("over", 104, "plan not met"),
            ("fewer than", 105, "confirmed by other data"),
            ("fewer than", 104, "plan not met"),
        ],
    )
    def test_a_plan_is_met_or_not(self, wording, printed, kind):
        (actual,) = check_claims({**self.PLAN, "wording": wording, "printed": printed})
        assert actual.kind == kind
        assert actual.verdict == ("not reproduced" if kind == "plan not met" else "reproduced")

    def test_a_plan_that_is_due_later_is_not_checkable_yet(self):
        (early,) = check_claims(self.PLAN, quarter="2019-Q2")
        assert (early.kind, early.computed) == ("not checkable", None)
        assert early.missing == "the outcome (not checkable yet: due in September 2019)"
        (due,) = check_claims(self.PLAN, quarter="2019-Q3")
        assert due.kind == "confirmed by other data"

    def test_a_plan_that_was_due_names_what_is_missing(self):
        (actual,) = check_claims({**self.PLAN, "formula": None}, quarter="2019-Q4")
        assert actual.missing == "trips (due in September 2019)"


class TestTwoFormulas:
    REVISED: ClassVar = {"check": "revised data", "formula": "log.trips"}

    def test_a_figure_between_the_data_of_two_dates_is_within_revisions(self):
        (actual,) = check_claims({**self.REVISED, "other_formula": "log.later"})
        assert (actual.kind, actual.verdict) == ("within revisions", "not checkable")
        assert actual.computed == 104
        assert actual.missing == "the data as they stood when the report was written"
        assert actual.data == ("Log of May 2019", "Log of July 2019")

    @pytest.mark.parametrize(
        ("formulas", "kind"),
        [
            (("log.trips", "log.later + 5"), "contradicted"),
            (("log.trips - 4", "log.later"), "within revisions"),
            (("log.trips - 4", "log.later + 2"), "confirmed by other data"),
            (("log.trips - 4", "log.none"), "confirmed by other data"),
            (("log.trips", "log.none"), "not checkable"),
        ],
    )
    def test_both_dates_count(self, formulas, kind):
        one, other = formulas
        (actual,) = check_claims({**self.REVISED, "formula": one, "other_formula": other})
        assert actual.kind == kind

    @pytest.mark.parametrize(
        ("printed", "kind"), [(97, "confirmed by other data"), (98, "not checkable")]
    )
    def test_a_trend_must_hold_at_both_ends_of_its_range(self, printed, kind):
        (actual,) = check_claims(
            {
                "check": "range",
                "formula": "log.later",
                "other_formula": "log.trips",
                "wording": "over",
                "printed": printed,
                "precision": 10.0,
                "missing": "which trips",
            }
        )
        assert actual.kind == kind
        assert actual.missing == ("which trips" if kind == "not checkable" else "")

    def test_a_trend_that_fails_at_both_ends_is_contradicted(self):
        row = {"check": "range", "formula": "log.later", "other_formula": "log.trips"}
        (actual,) = check_claims({**row, "wording": "over", "printed": 104, "precision": 10.0})
        assert actual.kind == "contradicted"


class TestOpenDefinitions:
    @pytest.mark.parametrize(
        ("formula", "verdict", "computed"),
        [
            ("log.trips", "not reproduced", 104),
            ("log.trips - 4", "reproduced", 100),
            ("log.none", "not checkable", None),
        ],
    )
    def test_one_reading_neither_confirms_nor_refutes(self, formula, verdict, computed):
        (actual,) = check_claims(
            {"check": "open definition", "formula": formula, "missing": "what a trip is"}
        )
        assert (actual.kind, actual.verdict) == ("not checkable", verdict)
        assert actual.computed == computed
        assert actual.is_undefined is (verdict != "not checkable")
        missing = "the log is not available" if computed is None else "what a trip is"
        assert actual.missing == missing


class TestSharesOfACount:
    @pytest.mark.parametrize(
        ("total", "share", "kind"),
        [
            ("7", 0.43, "consistent within the report"),  # 3 of 7 is 42.9%
            ("7", 0.44, "contradicted"),  # 3 of 7 is 42.9% and 4 of 7 is 57.1%
            ("F01", 0.44, "not checkable"),  # 44 of 100; every percentage is possible
        ],
    )
    def test_a_whole_number_must_give_the_share(self, total, share, kind):
        row = {"check": "share of a count", "unit": "share", "precision": 0.01, "missing": "a list"}
        (actual,) = check_claims({**row, "formula": total, "printed": share})
        assert actual.kind == kind
        assert "hole number of" in actual.working


class TestWorking:
    def test_a_figure_below_zero_has_its_own_label(self):
        fall = NamedFigure("log.fall", "Fall", -5.0, "count", negative_label="Rise")
        figures = FACTS | {"log.fall": fall}
        (actual,) = verify_claims(pd.DataFrame([ROW | {"formula": "log.fall"}]), figures)
        assert (actual.working, actual.computed) == ("Rise: 5", -5.0)

    @pytest.mark.parametrize(("printed", "result"), [(20.0, "20 months"), (1.0, "1 month")])
    def test_a_duration_has_its_unit(self, printed, result):
        (actual,) = check_claims(
            {"unit": "months", "printed": printed, "formula": f"F01 * {printed} / 100"}
        )
        assert actual.working.endswith(f"= {result}")

    @pytest.mark.parametrize(
        ("formula", "is_repetition"),
        [("F01", True), ("F02 + 64", False), ("log.trips - 4", False), ("log.trips", False)],
    )
    def test_one_figure_of_the_report_alone_is_a_repetition(self, formula, is_repetition):
        assert check_claims({"formula": formula})[0].is_repetition is is_repetition


class TestNotes:
    def test_formulas_in_braces_are_replaced_by_their_results(self):
        (actual,) = check_claims({"note": "There were {log.trips - F01} more than {F01}"})
        assert actual.note == "There were 4 more than 100"

    def test_a_conflict_stands_beside_the_working(self):
        (actual,) = check_claims({"conflict": "The strategy has {F01}"})
        assert actual.conflict == "The strategy has 100"
        assert "The strategy has 100" in actual.explanation

    @pytest.mark.parametrize(
        ("name", "note"), [("log.trips", "Later 104"), ("log.none", "As yet 100")]
    )
    def test_the_early_note_stands_where_a_figure_of_the_note_is_not_known(self, name, note):
        (actual,) = check_claims({"note": f"Later {{{name}}}", "early_note": "As yet {F01}"})
        assert actual.note == note

    def test_a_large_figure_is_given_in_millions(self):
        figures = FACTS | {"F05": replace(FACTS["F01"], name="F05", value=5_100_000.0)}
        frame = pd.DataFrame([ROW | {"note": "There are {F05}"}])
        assert verify_claims(frame, figures)[0].note == "There are 5.1 million"

    def test_a_share_from_a_table_is_rounded_as_a_result_is(self):
        share = NamedFigure("log.share", "Share", 0.21306, "share")
        frame = pd.DataFrame([ROW | {"precision": 0.01, "note": "It is {log.share}"}])
        assert verify_claims(frame, FACTS | {"log.share": share})[0].note == "It is 21.3%"

    def test_a_note_whose_figure_is_missing_is_left_out(self):
        assert check_claims({"note": "There were {log.none}"})[0].note == ""
