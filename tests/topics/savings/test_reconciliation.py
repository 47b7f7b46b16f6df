"""Published savings: sums, labelled residuals, and definitions that are never added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.savings.bundled_tables import load_bundled
from workbook.topics.savings.data import (
    COMPONENT_ROLE,
    NARROW_DEFINITION,
    TOTAL_ROLE,
    published_savings,
)
from workbook.topics.savings.reconciliation import (
    PUBLISHED_SAVINGS_COLUMNS,
    RESIDUAL_ROLE,
    SUM_ROLE,
    latest_published_total,
    reconcile_published_savings,
)

WIDE = "Digital and technology transformation against 2009-10"
HEADER = "financial_year,period,definition,role,component,savings,source"


def published_rows(year, definition=NARROW_DEFINITION, quarter="2015-Q2"):
    frame = reconcile_published_savings(load_bundled(published_savings, quarter))
    return frame[(frame["financial_year"] == year) & (frame["definition"] == definition)]


def published_table(*cells):
    report = published_savings.check_csv("\n".join([HEADER, *cells]).encode())
    assert not report.errors
    return report.frame


class TestResidual:
    def test_210_less_91_and_62_leaves_57_million(self):
        result = published_rows("2013-14")
        assert list(zip(result["component"], result["value"], result["role"], strict=True)) == [
            ("Spend controls", 91e6, COMPONENT_ROLE),
            ("Moving websites to GOV.UK", 62e6, COMPONENT_ROLE),
            ("Residual, calculated here and not published", 57e6, RESIDUAL_ROLE),
            ("Total", 210e6, TOTAL_ROLE),
        ]

    def test_the_residual_has_a_note_and_its_own_source(self):
        (result,) = published_rows("2013-14").query("role == 'residual'").itertuples()
        assert result.note == (
            "The published total of £210 million less £91 million and £62 million."
        )
        assert result.source == "Calculated here"


class TestSum:
    def test_the_components_of_2014_15_add_up_to_599_6_against_599_published(self):
        result = published_rows("2014-15")
        parts = result[result["role"] == COMPONENT_ROLE]["value"].tolist()
        assert parts == [391e6, 103.8e6, 61.5e6, 36e6, 7.3e6]
        assert result["role"].tolist()[-2:] == [SUM_ROLE, TOTAL_ROLE]
        assert result["value"].tolist()[-2:] == [599.6e6, 599e6]

    def test_the_note_gives_the_difference(self):
        (result,) = published_rows("2014-15").query("role == 'sum'").itertuples()
        assert result.component == "Sum of the components, calculated here"
        assert result.note == (
            "£600,000 more than the published total of £599 million. That may be rounding of the "
            "published figures."
        )

    def test_a_difference_beyond_rounding_is_not_explained_by_it(self):
        # Three amounts rounded to a million differ by at most 1.5 million.
        for part, is_rounding in ((50_000_000, True), (51_000_000, False)):
            table = published_table(
                f"2013-14,2014-03,{NARROW_DEFINITION},component,A,50000000,S",
                f"2013-14,2014-03,{NARROW_DEFINITION},component,B,{part},S",
                f"2013-14,2014-03,{NARROW_DEFINITION},total,Total,99000000,S",
            )
            (row,) = reconcile_published_savings(table).query("role == 'sum'").itertuples()
            assert ("rounding" in row.note) == is_rounding

    def test_nothing_is_calculated_if_components_add_up(self):
        result = reconcile_published_savings(
            published_table(
                f"2013-14,2014-03,{NARROW_DEFINITION},component,A,0.1,S",
                f"2013-14,2014-03,{NARROW_DEFINITION},component,B,0.2,S",
                f"2013-14,2014-03,{NARROW_DEFINITION},total,Total,0.3,S",
            )
        )
        assert result["role"].tolist() == [COMPONENT_ROLE, COMPONENT_ROLE, TOTAL_ROLE]

    def test_nothing_is_calculated_without_a_total(self):
        result = reconcile_published_savings(
            published_table(f"2013-14,2014-03,{NARROW_DEFINITION},component,A,1,S")
        )
        assert result["role"].tolist() == [COMPONENT_ROLE]

    def test_nothing_is_calculated_if_there_are_two_totals(self):
        result = reconcile_published_savings(
            published_table(
                f"2013-14,2014-03,{NARROW_DEFINITION},component,A,1,S",
                f"2013-14,2014-03,{NARROW_DEFINITION},total,Total,3,S",
                f"2013-14,2014-03,{NARROW_DEFINITION},total,Total as revised,4,S",
            )
        )
        assert result["role"].tolist() == [COMPONENT_ROLE, TOTAL_ROLE, TOTAL_ROLE]


class TestDefinitions:
    def test_wider_definitions_are_separate(self):
        actual = [published_rows(year, WIDE) for year in ("2012-13", "2013-14", "2014-15")]
        assert [definition["value"].tolist() for definition in actual] == [
            [891e6],
            [978e6],
            [1.7e9],
        ]
        assert {each["role"].item() for each in actual} == {TOTAL_ROLE}

    def test_the_note_says_that_definitions_are_never_added(self):
        assert published_rows("2013-14", WIDE)["note"].item() == (
            "A different definition, never added to figures for GDS and departments."
        )

    def test_residuals_of_other_definitions_say_so(self):
        result = reconcile_published_savings(
            published_table(
                "2013-14,2014-03,Wide,component,A,1,S",
                "2013-14,2014-03,Wide,total,Total,3,S",
            )
        )
        (residual,) = result.query("role == 'residual'").itertuples()
        assert residual.note == (
            "The published total of £3.00 less £1.00. "
            "A different definition, never added to figures for GDS and departments."
        )

    def test_the_narrow_definition_comes_first(self):
        result = reconcile_published_savings(load_bundled(published_savings))["definition"].tolist()
        assert result == [NARROW_DEFINITION] * 11 + [WIDE] * 3

    @given(
        st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5),
        st.integers(-(10**12), 10**12),
    )
    def test_components_and_residual_or_sum_agree_with_the_total(self, parts, total):
        """To the penny, components and residual add up to the total, or the sum is shown."""
        cells = [
            f"2013-14,2014-03,{NARROW_DEFINITION},component,{name},{part / 100},S"
            for name, part in enumerate(parts)
        ]
        result = reconcile_published_savings(
            published_table(
                *cells, f"2013-14,2014-03,{NARROW_DEFINITION},total,Total,{total / 100},S"
            )
        )
        values = result.groupby("role")["value"].sum()
        added = sum(parts) / 100
        residual = values.get(RESIDUAL_ROLE, 0.0)
        assert residual == pytest.approx(max(total / 100 - added, 0.0), abs=0.006)
        assert values.get(SUM_ROLE, total / 100) == pytest.approx(
            max(added, total / 100), abs=0.006
        )


class TestLatest:
    def test_the_total_at_2014_q2_is_210_million(self):
        assert latest_published_total(load_bundled(published_savings, "2014-Q2")) == (
            "2013-14",
            210e6,
            "Government Digital Strategy quarterly progress report, July 2014",
        )

    def test_the_total_from_2015_q1_is_599_million(self):
        result = latest_published_total(load_bundled(published_savings, "2015-Q1"))
        assert (result.financial_year, result.value) == ("2014-15", 599e6)

    def test_there_is_no_total_before_the_first_narrow_one(self):
        seen = load_bundled(published_savings, "2013-Q2")
        assert seen["savings"].tolist() == [891e6]
        assert latest_published_total(seen) is None

    def test_nothing_published_gives_a_table_without_rows(self):
        result = reconcile_published_savings(load_bundled(published_savings, "2012-Q4"))
        assert result.empty
        assert tuple(result.columns) == PUBLISHED_SAVINGS_COLUMNS
