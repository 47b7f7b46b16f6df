"""The published savings: what adds up, what is computed and labelled so, what stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.savings.held import held
from workbook.topics.savings.published import COLUMNS, RESIDUAL, SUM, latest, published
from workbook.topics.savings.tables import COMPONENT, NARROW, TOTAL, published_savings

WIDE = "Digital and technology transformation against 2009-10"
HEADER = "financial_year,period,definition,role,component,savings,source"


def rows(year, definition=NARROW, quarter="2015-Q2"):
    frame = published(held(published_savings, quarter))
    return frame[(frame["financial_year"] == year) & (frame["definition"] == definition)]


def table(*cells):
    report = published_savings.check("\n".join([HEADER, *cells]).encode())
    assert not report.errors
    return report.frame


class TestResidual:
    def test_210_less_91_and_62_leaves_57_million(self):
        found = rows("2013-14")
        assert list(zip(found["component"], found["value"], found["role"], strict=True)) == [
            ("Spend controls", 91e6, COMPONENT),
            ("Moving websites to GOV.UK", 62e6, COMPONENT),
            ("Residual, computed here and not published", 57e6, RESIDUAL),
            ("Total", 210e6, TOTAL),
        ]

    def test_its_note_says_from_what_and_its_source_that_it_is_ours(self):
        (found,) = rows("2013-14").query("role == 'residual'").itertuples()
        assert found.note == (
            "What is left of the published total of £210.0 million without £91.0 million and "
            "£62.0 million."
        )
        assert found.source == "Computed here"


class TestSum:
    def test_the_components_of_2014_15_add_up_to_599_6_beside_the_599_published(self):
        found = rows("2014-15")
        parts = found[found["role"] == COMPONENT]["value"].tolist()
        assert parts == [391e6, 103.8e6, 61.5e6, 36e6, 7.3e6]
        assert found["role"].tolist()[-2:] == [SUM, TOTAL]
        assert found["value"].tolist()[-2:] == [599.6e6, 599e6]

    def test_the_difference_is_said(self):
        (found,) = rows("2014-15").query("role == 'sum'").itertuples()
        assert found.component == "Sum of the components, computed here"
        assert found.note == "£600,000 more than the published total of £599.0 million."

    def test_where_they_add_up_nothing_is_computed(self):
        found = published(
            table(
                f"2013-14,2014-03,{NARROW},component,A,0.1,S",
                f"2013-14,2014-03,{NARROW},component,B,0.2,S",
                f"2013-14,2014-03,{NARROW},total,Total,0.3,S",
            )
        )
        assert found["role"].tolist() == [COMPONENT, COMPONENT, TOTAL]

    def test_without_a_total_nothing_is_computed(self):
        found = published(table(f"2013-14,2014-03,{NARROW},component,A,1,S"))
        assert found["role"].tolist() == [COMPONENT]

    def test_a_total_that_was_published_twice_leaves_nothing_that_could_be_told(self):
        found = published(
            table(
                f"2013-14,2014-03,{NARROW},component,A,1,S",
                f"2013-14,2014-03,{NARROW},total,Total,3,S",
                f"2013-14,2014-03,{NARROW},total,Total as revised,4,S",
            )
        )
        assert found["role"].tolist() == [COMPONENT, TOTAL, TOTAL]


class TestDefinitions:
    def test_the_wider_ones_are_kept_apart(self):
        found = [rows(year, WIDE) for year in ("2012-13", "2013-14", "2014-15")]
        assert [each["value"].tolist() for each in found] == [[891e6], [978e6], [1.7e9]]
        assert {each["role"].item() for each in found} == {TOTAL}

    def test_and_it_is_said(self):
        assert rows("2013-14", WIDE)["note"].item() == (
            "Another definition, never added to that of GDS and departments."
        )

    def test_what_is_computed_of_another_definition_says_so_too(self):
        found = published(
            table(
                "2013-14,2014-03,Wide,component,A,1,S",
                "2013-14,2014-03,Wide,total,Total,3,S",
            )
        )
        (residual,) = found.query("role == 'residual'").itertuples()
        assert residual.note == (
            "What is left of the published total of £3.00 without £1.00. "
            "Another definition, never added to that of GDS and departments."
        )

    def test_the_narrow_one_comes_first(self):
        found = published(held(published_savings))["definition"].tolist()
        assert found == [NARROW] * 11 + [WIDE] * 3

    @given(
        st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5),
        st.integers(-(10**12), 10**12),
    )
    def test_components_and_residual_or_sum_always_agree_with_the_total(self, parts, total):
        """To the penny: components + residual = total, or the sum is that of the components."""
        cells = [
            f"2013-14,2014-03,{NARROW},component,{name},{part / 100},S"
            for name, part in enumerate(parts)
        ]
        found = published(table(*cells, f"2013-14,2014-03,{NARROW},total,Total,{total / 100},S"))
        values = found.groupby("role")["value"].sum()
        added = sum(parts) / 100
        residual = values.get(RESIDUAL, 0.0)
        assert residual == pytest.approx(max(total / 100 - added, 0.0), abs=0.006)
        assert values.get(SUM, total / 100) == pytest.approx(max(added, total / 100), abs=0.006)


class TestLatest:
    def test_210_million_is_what_2014_q2_sees(self):
        assert latest(held(published_savings, "2014-Q2")) == (
            "2013-14",
            210e6,
            "Government Digital Strategy quarterly progress report, July 2014",
        )

    def test_599_million_from_2015_q1_on(self):
        found = latest(held(published_savings, "2015-Q1"))
        assert (found.financial_year, found.value) == ("2014-15", 599e6)

    def test_before_the_first_there_is_none_though_a_wider_one_is_held(self):
        seen = held(published_savings, "2013-Q2")
        assert seen["savings"].tolist() == [891e6]
        assert latest(seen) is None

    def test_nothing_published_gives_a_table_without_rows(self):
        found = published(held(published_savings, "2012-Q4"))
        assert found.empty
        assert tuple(found.columns) == COLUMNS
