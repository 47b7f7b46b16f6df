"""The two tables of a report: errors, warnings and the rows that are kept."""

import pytest

from tests.claims.ferry_report import CLAIM_CELLS, FACT_CELLS, FERRY_REPORT, to_csv
from workbook.claims.figures import collect_figures


def check_facts(*rows):
    return FERRY_REPORT.facts.check_csv(to_csv(FACT_CELLS, rows))


def check_claims(*rows):
    return FERRY_REPORT.claims.check_csv(to_csv(CLAIM_CELLS, rows))


def collect_facts(*rows):
    """Figures of a table of facts, which may have errors."""
    return collect_figures(FERRY_REPORT, {"ferry_facts": check_facts(*rows).frame})


class TestFacts:
    def test_two_values_in_a_cell_are_an_error(self):
        (issue,) = check_facts({}, {"id": "F02", "value": "4 / 5"}).errors
        assert (issue.row, issue.column, issue.value) == (3, "value", "4 / 5")

    def test_a_repeated_id_is_an_error(self):
        (issue,) = check_facts({}, {"id": "F02"}, {"value": "5"}).errors
        assert (issue.row, issue.column) == (4, "id")
        assert issue.message == "repeats the id of row 2"

    def test_a_fact_with_two_values_has_none_and_the_others_have_theirs(self):
        figures = collect_facts({}, {"id": "F02"}, {"value": "5"})
        assert (figures["F01"].value, figures["F01"].reason) == (None, "F01 has two values")
        assert figures["F02"].value == 1200

    def test_a_value_that_is_no_number_is_missing(self):
        figures = collect_facts({"value": "4 / 5"}, {"id": ""})
        assert (figures["F01"].value, figures["F01"].reason) == (None, "F01 has no value")

    def test_a_fact_without_a_date_is_an_error_and_no_claim_can_rest_on_it(self):
        (issue,) = check_facts({}, {"id": "F02", "period": ""}).errors
        assert (issue.row, issue.column) == (3, "period")
        assert "give the month in which the figure was stated" in issue.message
        figures = collect_facts({}, {"id": "F02", "period": ""})
        assert (figures["F02"].value, figures["F02"].reason) == (None, "F02 has no date")
        assert figures["F01"].value == 1200

    def test_a_fact_of_another_publication_is_not_printed_by_the_report(self):
        figures = collect_facts({}, {"id": "F02", "source": "Harbour review, May 2020"})
        assert (figures["F01"].printed, figures["F01"].data) == (True, "")
        assert (figures["F02"].printed, figures["F02"].data) == (False, "Harbour review, May 2020")

    @pytest.mark.parametrize(
        ("cells", "column"),
        [
            ({"id": "G1"}, "id"),
            ({"unit": "%"}, "unit"),
            ({"qualifier": "some"}, "qualifier"),
            ({"period": "May"}, "period"),
        ],
    )
    def test_an_invalid_cell_is_an_error_at_its_row(self, cells, column):
        (issue,) = check_facts(cells).errors
        assert (issue.row, issue.column) == (2, column)


class TestClaims:
    def test_an_invalid_formula_is_a_warning_and_the_row_is_kept(self):
        report = check_claims(
            {"formula": "F01 +"},
            {"id": "C02", "formula": "F99"},
            {"id": "C03", "formula": ""},
        )
        assert report.errors == ()
        assert [(issue.row, issue.column) for issue in report.warnings] == [
            (2, "formula"),
            (4, "formula"),
        ]
        assert report.warnings[0].message.startswith("is not a valid formula")
        assert report.warnings[1].message.startswith("is blank: give a formula")
        assert len(report.frame) == 3

    def test_invalid_formulas_of_other_columns_are_warnings(self):
        report = check_claims({"other_formula": "F01 +", "note": "It is {1 +} or {F01}"})
        assert [(issue.row, issue.column) for issue in report.warnings] == [
            (2, "note"),
            (2, "other_formula"),
        ]

    @pytest.mark.parametrize(
        ("cells", "column", "message"),
        [
            ({"id": "X1"}, "id", '"X1" must be an identifier'),
            ({"unit": "tons"}, "unit", '"tons" must be one of people'),
            ({"wording": "roughly"}, "wording", '"roughly" must be one of'),
            ({"printed": "4 / 5"}, "printed", '"4 / 5" is not a number'),
            ({"check": "guess"}, "check", '"guess" must be one of figure, plan'),
            ({"due": "soon"}, "due", '"soon" must be a month'),
        ],
    )
    def test_an_invalid_cell_is_an_error_at_its_row(self, cells, column, message):
        (issue,) = check_claims(cells).errors
        assert (issue.row, issue.column) == (2, column)
        assert issue.message.startswith(message)
