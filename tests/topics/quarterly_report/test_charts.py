"""The report's charts: findings of the checks, and the topics' own charts without selection."""

import pytest

from tests.result_tables import replace_frame
from tests.topics.quarterly_report.four_topics import (
    REPORTED_CHARTS,
    REPORTED_TOPICS,
    run_report,
    topic,
)
from workbook.charts.figure import Figure
from workbook.exports.static_svg import to_static_svg


@pytest.fixture(scope="module")
def outcome():
    return run_report()


def draw_chart(outcome, name="sections"):
    return topic.charts[name](outcome)


def with_counts(outcome, *figures):
    """The outcome with other numbers of figures with each finding."""
    table = outcome.frame("findings").assign(figures=figures)
    return replace_frame(outcome, "findings", table)


class TestFindings:
    def test_the_bars_are_the_counts_of_the_tiles(self, outcome):
        rows = draw_chart(outcome, "findings").data["rows"].set_index("kind")["figures"]
        assert rows.to_dict() == {
            "Confirmed by other data": outcome["claims_confirmed"].value,
            "Consistent, not confirmed": outcome["claims_consistent"].value,
            "Contradicted": outcome["claims_contradicted"].value,
            "Plan not met": 0,
            "Not checkable or within revisions": outcome["claims_unsettled"].value,
        }
        assert rows.sum() == len(outcome.frame("claims"))

    @pytest.mark.parametrize(
        ("figures", "title"),
        [
            (
                (7, 12, 6, 0, 66),
                "7 of 91 figures are confirmed; 12 are consistent but not confirmed",
            ),
            ((1, 1, 0, 0, 6), "1 of 8 figures is confirmed; 1 is consistent but not confirmed"),
            ((0, 0, 2, 0, 1), "None of 3 figures is confirmed; none is consistent"),
        ],
    )
    def test_the_title_follows_the_counts(self, outcome, figures, title):
        assert draw_chart(with_counts(outcome, *figures), "findings").title == title

    def test_the_description_gives_every_count(self, outcome):
        assert draw_chart(outcome, "findings").description == (
            "Confirmed by other data: 4. Consistent, not confirmed: 14. "
            "Contradicted: 4. Plan not met: 0. Not checkable or within revisions: 69."
        )

    def test_a_quarter_before_the_report_has_an_empty_chart(self):
        figure = draw_chart(run_report(quarter="2013-Q4"), "findings")
        assert figure.title == "No figures that can be checked had been published"
        assert figure.data["rows"].empty
        assert to_static_svg(figure)


class TestSections:
    def test_the_title_states_the_finding(self, outcome):
        assert draw_chart(outcome).title == (
            "2 of 12 sections of the report have contradicted figures"
        )

    @pytest.mark.parametrize(
        ("contradicted", "title"),
        [
            ([0] * 12, "None of 12 sections of the report has contradicted figures"),
            ([1] + [0] * 11, "1 of 12 sections of the report has contradicted figures"),
            ([1] * 12, "All 12 sections of the report have contradicted figures"),
        ],
    )
    def test_the_title_follows_the_counts(self, outcome, contradicted, title):
        table = outcome.frame("sections").assign(contradicted=contradicted)
        assert draw_chart(replace_frame(outcome, "sections", table)).title == title

    def test_bars_of_a_section_add_up_to_its_figures(self, outcome):
        table = outcome.frame("sections").set_index("section")
        rows = draw_chart(outcome).data["rows"]
        for section, bars in rows.groupby("section"):
            assert bars["start"].tolist() == [0, *bars["end"].tolist()[:-1]]
            assert bars["end"].iloc[-1] == table.loc[section].sum()
            assert bars["claims"].tolist() == (bars["end"] - bars["start"]).tolist()

    def test_the_description_has_every_section(self, outcome):
        description = draw_chart(outcome).description
        assert "Making civil servants digital: 12 not checkable." in description
        assert all(
            f"{section}: " in description for section in outcome.frame("sections")["section"]
        )

    def test_a_quarter_before_the_report_has_an_empty_chart(self):
        figure = draw_chart(run_report(quarter="2013-Q4"))
        assert figure.title == "No figures that can be checked had been published"
        assert figure.data["rows"].empty
        assert to_static_svg(figure)


def test_the_topics_charts_are_unchanged_and_select_nothing(outcome):
    for reported_topic in REPORTED_TOPICS:
        shown, own_rows = (
            draw(part)
            for draw, part in (
                (topic.charts[REPORTED_CHARTS[reported_topic.name]], outcome),
                (
                    reported_topic.charts[REPORTED_CHARTS[reported_topic.name]],
                    outcome.part_outcomes[reported_topic.name],
                ),
            )
        )
        assert isinstance(shown, Figure)
        assert shown.to_dict() == own_rows.to_dict()
        assert shown.click_target is None
