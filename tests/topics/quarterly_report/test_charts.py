"""The report's charts: findings of the checks, and the topics' own charts without selection."""

import pytest

from tests.result_tables import replace_frame
from tests.topics.quarterly_report.four_topics import REPORTED_CHARTS, REPORTED_TOPICS, topic
from workbook.charts.figure import Figure
from workbook.exports.static_svg import to_static_svg


@pytest.fixture(scope="module")
def outcome():
    return topic.run()


def draw_chart(outcome, name="sections"):
    return topic.charts[name](outcome)


def with_counts(outcome, **counts):
    """The outcome with only its first section, and other counts in it."""
    table = outcome.frame("sections").head(1).assign(**counts)
    return replace_frame(outcome, "sections", table)


class TestSections:
    def test_the_title_states_the_finding(self, outcome):
        kinds = outcome.frame("claims")["kind"].value_counts()
        assert draw_chart(outcome).title == (
            f"Of {kinds.sum()} published figures, {kinds['confirmed by other data']} are confirmed"
            f" by other data and {kinds['contradicted']} contradicted"
        )

    @pytest.mark.parametrize(
        ("contradicted", "confirmed", "title"),
        [
            (0, 1, "Of 8 published figures, 1 is confirmed by other data and none contradicted"),
            (2, 0, "Of 9 published figures, none are confirmed by other data and 2 contradicted"),
        ],
    )
    def test_the_title_follows_the_counts(self, outcome, contradicted, confirmed, title):
        counts = {"plan_not_met": 1, "within_revisions": 1, "consistent": 2, "not_checkable": 3}
        changed = with_counts(outcome, contradicted=contradicted, confirmed=confirmed, **counts)
        assert draw_chart(changed).title == title

    def test_bars_of_a_section_add_up_to_its_figures(self, outcome):
        table = outcome.frame("sections").set_index("section")
        rows = draw_chart(outcome).data["rows"]
        for section, bars in rows.groupby("section"):
            assert bars["start"].tolist() == [0, *bars["end"].tolist()[:-1]]
            assert bars["end"].iloc[-1] == table.loc[section].sum()
            assert bars["name"].tolist() == [section] + [""] * (len(bars) - 1)

    def test_the_description_has_every_section(self, outcome):
        description = draw_chart(outcome).description
        assert "Making civil servants digital: 12 not checkable." in description
        assert all(
            f"{section}: " in description for section in outcome.frame("sections")["section"]
        )

    def test_a_quarter_before_the_report_has_an_empty_chart(self):
        figure = draw_chart(topic.run(quarter="2013-Q4"))
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
